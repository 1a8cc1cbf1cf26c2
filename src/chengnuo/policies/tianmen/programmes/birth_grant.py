"""天门生育奖励: once for a second, more for a third child, while the policy stands."""

from chengnuo.core.rules import TODAY, Programme, dated, dated_day, when
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside


class TianmenBirthGrant(Programme):
    words = beside(__file__)
    who = child.CHILD
    stands = "tianmen.second_child"
    conditions = {
        "born_from": child.born >= dated_day("tianmen.born_from"),
        "born_until": child.born <= dated_day("tianmen.until"),
        "born": child.born <= TODAY,
        "second_child": child.which_child >= 2,
        "not_received": ~child.once_received,
    }
    amount = when(child.which_child >= 3, dated("tianmen.third_child", "fen"), dated("tianmen.second_child", "fen"))
