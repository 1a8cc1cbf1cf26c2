"""农村独生女高考加分: history. It was repealed, is offered to nobody and asks nobody anything; a day before the repeal shows it."""

from chengnuo.core.rules import YEAR_ASKED, Gives, Programme, dated
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside


class EntranceBonus(Programme):
    words = beside(__file__)
    who = child.CHILD
    gives = Gives.PRIORITY
    stands = "history.entrance_bonus"
    conditions = {
        "certificate": child.certificate,
        "rural_daughter": child.rural_daughter,
        "sits_this_year": child.exam_year.applies & (child.exam_year.otherwise(YEAR_ASKED) == YEAR_ASKED),
    }
    amount = dated("history.entrance_bonus", "marks")
