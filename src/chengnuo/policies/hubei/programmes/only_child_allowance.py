"""独生子女父母奖励: the monthly allowance for holders of the certificate, until the child is fourteen. It ends by itself in 2029."""

from chengnuo.core.rules import Programme, accrued, chosen, dated, dated_day, least, when
from chengnuo.policies.counting import last_month
from chengnuo.policies.facts import child
from chengnuo.policies.words import beside

birthday = child.born.after_months(dated("only_child.age", "years").in_months)
until_age = when(chosen("only_child.last_month", "paid"), birthday.month, birthday.month - 1)
last = least(last_month("only_child.year_of_end", child.died), until_age)
for_one = accrued("only_child.a_month", last=last)


class OnlyChildAllowance(Programme):
    words = beside(__file__)
    who = child.CHILD
    stands = "only_child.a_month"
    conditions = {
        "certificate": child.certificate,
        "born_until": child.born <= dated_day("only_child.born_until"),
    }
    exits = {"death": child.died}
    amount = when(chosen("only_child.for_whom", "each_parent"), for_one * 2, for_one)
