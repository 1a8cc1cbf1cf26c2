"""老年人护理假: days of leave a year to care for a parent; more for an only child."""

from chengnuo.core.rules import YEAR_ASKED, YEARS_END, Gives, Programme, dated, when
from chengnuo.policies.facts import person
from chengnuo.policies.words import beside

parent_born = person.parent_born.otherwise(YEARS_END)


class ElderCareLeave(Programme):
    words = beside(__file__)
    who = person.PERSON
    gives = Gives.LEAVE
    stands = "leave.elder_care"
    conditions = {
        "employed": person.employed,
        "parent_aged": parent_born.year + dated("leave.elder_age", "years") <= YEAR_ASKED,
    }
    amount = when(person.only_child, dated("leave.elder_care_only_child", "days"), dated("leave.elder_care", "days"))
