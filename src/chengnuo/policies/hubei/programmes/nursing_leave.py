"""护理假: days of leave for the other parent of a child born in the year."""

from chengnuo.core.rules import YEAR_ASKED, Gives, Programme, dated
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside


class NursingLeave(Programme):
    words = beside(__file__)
    who = child.CHILD
    gives = Gives.LEAVE
    stands = "leave.nursing"
    conditions = {"employed": child.parent_employed, "born_this_year": child.born.year == YEAR_ASKED}
    amount = dated("leave.nursing", "days")
