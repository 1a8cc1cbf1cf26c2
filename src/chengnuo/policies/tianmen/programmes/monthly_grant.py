"""天门育儿补助: a monthly sum for a second or third child until it is three, while the policy stands."""

from chengnuo.core.rules import Programme, accrued, dated, dated_day, least, when
from chengnuo.policies.counting import last_month
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside

until = child.born.after_months(dated("tianmen.age", "years").in_months).month - 1
last = least(last_month("tianmen.year_of_end", child.died), until)


class TianmenMonthlyGrant(Programme):
    words = beside(__file__)
    who = child.CHILD
    stands = "tianmen.second_a_month"
    conditions = {
        "born_from": child.born >= dated_day("tianmen.born_from"),
        "born_until": child.born <= dated_day("tianmen.until"),
        "second_child": child.which_child >= 2,
    }
    exits = {"death": child.died}
    amount = when(
        child.which_child >= 3,
        accrued("tianmen.third_a_month", child.born.month, last),
        accrued("tianmen.second_a_month", child.born.month, last),
    )
