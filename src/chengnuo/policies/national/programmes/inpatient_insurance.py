"""住院护理补贴保险: the premium that the county pays, where it has such an insurance, for whoever receives special assistance."""

from chengnuo.core.rules import Gives, Programme, dated, met
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.bereaved import Bereaved
from chengnuo.policies.national.programmes.complications import Complications
from chengnuo.policies.national.programmes.disabled_child import DisabledChild
from chengnuo.policies.words import beside


class InpatientInsurance(Programme):
    words = beside(__file__)
    who = person.PERSON
    gives = Gives.INSURANCE
    stands = "special_families.premium"
    conditions = {"special": met(Bereaved) | met(DisabledChild) | met(Complications)}
    amount = dated("special_families.premium", "fen")
