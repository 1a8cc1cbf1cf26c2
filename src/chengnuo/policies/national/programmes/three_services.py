"""三个全覆盖: two named contacts, a family doctor and a way past the queue, for families of the bereaved and of a disabled child."""

from chengnuo.core.rules import Gives, Programme, any_of, met
from chengnuo.policies.facts.household import HOUSEHOLD
from chengnuo.policies.facts.person import PERSON
from chengnuo.policies.national.programmes.bereaved import Bereaved
from chengnuo.policies.national.programmes.disabled_child import DisabledChild
from chengnuo.policies.words import beside


class ThreeServices(Programme):
    words = beside(__file__)
    who = HOUSEHOLD
    gives = Gives.SERVICE
    stands = "special_families.contacts"
    conditions = {"special": any_of(PERSON, met(Bereaved) | met(DisabledChild))}
