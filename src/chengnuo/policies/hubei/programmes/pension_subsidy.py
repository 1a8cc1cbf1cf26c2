"""缴费补贴: what the government adds to a resident's yearly contribution to the pension."""

from chengnuo.core.rules import Gives, Programme, dated
from chengnuo.policies.facts import person
from chengnuo.policies.hubei.programmes.contributing import old_enough, young_enough
from chengnuo.policies.words import beside


class PensionSubsidy(Programme):
    words = beside(__file__)
    who = person.PERSON
    gives = Gives.INSURANCE
    stands = "pension.subsidy"
    conditions = {
        "insured": person.resident_pension,
        "old_enough": old_enough,
        "young_enough": young_enough,
        "contributes": person.pension_contribution >= dated("pension.lowest_step", "fen"),
    }
    exits = {"death": person.died}
    amount = dated("pension.subsidy", "fen")
