"""育儿假: days of leave a year for each parent until the child is three."""

from chengnuo.core.rules import NEW_YEARS_DAY, TODAY, YEAR_ASKED, Gives, Programme, chosen, dated, when
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside

age = dated("leave.parental_age", "years")
# a year of age belongs to the calendar year in which it begins
under_three = when(
    chosen("leave.parental_year", "of_age"),
    child.born.year + age > YEAR_ASKED,
    child.born.after_months(age.in_months) > NEW_YEARS_DAY,
)


class ParentalLeave(Programme):
    words = beside(__file__)
    who = child.CHILD
    gives = Gives.LEAVE
    stands = "leave.parental"
    conditions = {
        "employed": child.parent_employed,
        "born_by": child.born <= TODAY,
        "under_three": under_three,
    }
    exits = {"death": child.died}
    amount = dated("leave.parental", "days")
