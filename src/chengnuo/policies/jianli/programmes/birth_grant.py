"""监利生育补贴: once for a second, more for a third child; claimed in the first months of the year after birth, or a year later."""

from chengnuo.core.rules import YEAR_ASKED, YEARS_END, Programme, dated, dated_day, most, when
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside

first = child.born.year + 1
last_month = dated("jianli.last_month", "months")


class JianliBirthGrant(Programme):
    words = beside(__file__)
    who = child.CHILD
    stands = "jianli.second_child"
    conditions = {
        "born_from": child.born >= dated_day("jianli.born_from"),
        "second_child": child.which_child >= 2,
        "begun": first <= YEAR_ASKED,
        "not_over": first + 1 >= YEAR_ASKED,
        "not_received": ~child.once_received,
    }
    amount = when(child.which_child >= 3, dated("jianli.third_child", "fen"), dated("jianli.second_child", "fen"))
    # of this year, or of the first in which it can be claimed
    closes = YEARS_END.after_months(last_month - 12 + most(first - YEAR_ASKED, 0).in_months)
