"""贷款优先: priority in loans and projects for rural families on low income, by the law; the sums are for each place to say."""

from chengnuo.core.rules import Gives, Programme
from chengnuo.policies.facts import person
from chengnuo.policies.words import beside


class LoanPriority(Programme):
    words = beside(__file__)
    who = person.PERSON
    gives = Gives.PRIORITY
    stands = "law.loan_priority"
    conditions = {"rural": person.rural, "low_income": person.low_income}
