"""奖扶: the yearly allowance for rural parents of one child or two daughters, from sixty."""

from chengnuo.core.rules import (
    JANUARY,
    YEAR_ASKED,
    Programme,
    Rounding,
    accrued,
    chosen,
    dated,
    dated_day,
    met,
    most,
    when,
)
from chengnuo.policies.counting import last_month
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.bereaved import Bereaved
from chengnuo.policies.national.programmes.complications import Complications
from chengnuo.policies.national.programmes.disabled_child import DisabledChild
from chengnuo.policies.words import beside

age, a_year = dated("incentive.age", "years"), dated("incentive.a_year", "fen a year")
first = when(chosen("incentive.age_counts", "whole_year"), JANUARY, most(JANUARY, person.born.month + age.in_months))
last = last_month("incentive.year_of_end", person.died, person.ended)
months = most(last - first + 1, 0).named("months")
national = a_year.for_months(months, Rounding.DOWN)
local = accrued("incentive.local_a_month", first, last)

lost = (person.children_living == 0) & (person.child_died.applies | chosen("incentive.never_had_a_child", "included"))
special = met(Bereaved) | met(DisabledChild)
beside_complications = chosen("incentive.beside_complications", "barred") & met(Complications)


class Incentive(Programme):
    words = beside(__file__)
    who = person.PERSON
    stands = "incentive.a_year"
    conditions = {
        "rural": person.rural
        & (chosen("incentive.whose_registration", "own") | person.spouse_rural.otherwise(default=True)),
        "born_from": person.born >= dated_day("incentive.born_from"),
        "age": person.born.year + age <= YEAR_ASKED,
        "children": (person.children_living == 1) | ((person.children_living == 2) & person.two_daughters) | lost,
        "no_double": ~(special | beside_complications),
    }
    exits = {"death": person.died, "statement": person.ended}
    amount = when(
        chosen("incentive.local_rate", "instead"),
        local,
        when(chosen("incentive.local_rate", "besides"), national + local, national),
    )
