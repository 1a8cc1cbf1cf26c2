"""产假: days of leave for the mother of a child born in the year."""

from chengnuo.core.rules import YEAR_ASKED, Gives, Programme, dated
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside


class MaternityLeave(Programme):
    words = beside(__file__)
    who = child.CHILD
    gives = Gives.LEAVE
    stands = "leave.maternity"
    conditions = {"employed": child.parent_employed, "born_this_year": child.born.year == YEAR_ASKED}
    amount = dated("leave.maternity", "days")
