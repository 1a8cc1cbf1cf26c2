"""退休职工独生子女父母奖励: a share of the pension for holders of the certificate who retired from a public body."""

from chengnuo.core.rules import DECEMBER, JANUARY, YEARS_END, Programme, Rounding, dated, most, share
from chengnuo.policies.counting import last_month
from chengnuo.policies.facts import person
from chengnuo.policies.words import beside

first = most(JANUARY, person.retired.otherwise(YEARS_END).month)
last = last_month("retirement.year_of_end", person.died)
months = most(last - first + 1, 0).named("months")


class RetirementBonus(Programme):
    words = beside(__file__)
    who = person.PERSON
    stands = "retirement.percent"
    conditions = {
        "certificate": person.certificate,
        "retired": person.retired.applies & (person.retired.otherwise(YEARS_END).month <= DECEMBER),
        "public_body": person.public_body,
    }
    exits = {"death": person.died}
    amount = share(person.pension * months, dated("retirement.percent", "percent"), Rounding.DOWN)
