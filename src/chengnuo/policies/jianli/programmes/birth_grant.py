"""监利生育补贴: once for a second, more for a third child; claimed in the first months of the year after birth, or a year later."""

from chengnuo.core.rules import TODAY, YEAR_ASKED, YEARS_END, Programme, dated, dated_day, when
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside

after = YEAR_ASKED - child.born.year


class JianliBirthGrant(Programme):
    words = beside(__file__)
    who = child.CHILD
    stands = "jianli.second_child"
    conditions = {
        "born_from": child.born >= dated_day("jianli.born_from"),
        "second_child": child.which_child >= 2,
        "window": ((after == 1) | (after == 2))
        & (TODAY.month <= YEARS_END.month - dated("jianli.closed_months", "months")),
        "not_received": ~child.once_received,
    }
    amount = when(child.which_child >= 3, dated("jianli.third_child", "fen"), dated("jianli.second_child", "fen"))
