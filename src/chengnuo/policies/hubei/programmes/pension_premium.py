"""代缴养老保险费: the lowest contribution to the residents' pension, paid for a severely disabled person."""

from chengnuo.core.rules import Gives, Programme, dated
from chengnuo.policies.facts import person
from chengnuo.policies.hubei.programmes.contributing import old_enough, young_enough
from chengnuo.policies.words import beside

NO_GRADE = 99


class PensionPremium(Programme):
    words = beside(__file__)
    who = person.PERSON
    gives = Gives.INSURANCE
    stands = "pension.lowest_step"
    conditions = {
        "insured": person.resident_pension,
        "old_enough": old_enough,
        "young_enough": young_enough,
        "severe": person.disability_grade.otherwise(NO_GRADE) <= dated("pension.severe", "grade"),
    }
    exits = {"death": person.died}
    amount = dated("pension.lowest_step", "fen")
