"""育儿假: days of leave a year for each parent until the child is three."""

from chengnuo.core.rules import NEW_YEARS_DAY, YEARS_END, Gives, Programme, dated
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside


class ParentalLeave(Programme):
    words = beside(__file__)
    who = child.CHILD
    gives = Gives.LEAVE
    stands = "leave.parental"
    conditions = {
        "employed": child.parent_employed,
        "born_by": child.born <= YEARS_END,
        "under_three": child.born.after_months(dated("leave.parental_age", "years").in_months) > NEW_YEARS_DAY,
    }
    exits = {"death": child.died}
    amount = dated("leave.parental", "days")
