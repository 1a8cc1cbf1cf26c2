"""养老服务优先: priority in welfare and care for the old, for whoever the rural family allowance or special assistance is owed to."""

from chengnuo.core.rules import Gives, Programme, met
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.incentive import Incentive
from chengnuo.policies.national.programmes.transfer import special
from chengnuo.policies.words import beside


class ElderPriority(Programme):
    words = beside(__file__)
    who = person.PERSON
    gives = Gives.PRIORITY
    stands = "law.elder_priority"
    conditions = {"allowance": met(Incentive) | special}
