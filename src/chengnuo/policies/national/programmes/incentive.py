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
    in_force,
    least,
    met,
    most,
    when,
)
from chengnuo.policies.counting import last_month, reaches
from chengnuo.policies.facts import person
from chengnuo.policies.national.programmes.complications import Complications
from chengnuo.policies.national.programmes.transfer import special, until_transfer, within_the_year
from chengnuo.policies.words import beside

age, a_year = dated("incentive.age", "years"), dated("incentive.a_year", "fen a year")
first = when(chosen("incentive.age_counts", "whole_year"), JANUARY, most(JANUARY, person.born.month + age.in_months))
last = least(last_month("incentive.year_of_end", person.died, person.ended), until_transfer)
months = most(last - first + 1, 0).named("months")
national = a_year.for_months(months, Rounding.DOWN)
local = accrued("incentive.local_a_month", first, last)

# whatever the day of the death: before it the child was the one living child
lost = (person.children_living == 0) & (person.child_died.applies | chosen("incentive.never_had_a_child", "included"))
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
        "no_double": ~((special & ~within_the_year) | beside_complications),
    }
    exits = {"death": person.died, "statement": person.ended}
    claimed = reaches("incentive.years_made_up", person.first_claimed)
    amount = when(
        chosen("incentive.local_rate", "instead") & in_force("incentive.local_a_month"),
        local,
        when(chosen("incentive.local_rate", "besides"), national + local, national),
    )
