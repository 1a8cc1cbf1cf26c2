"""The monthly idiom, as a country package is written: what is due for one month; a year is the sum of its months."""

from __future__ import annotations

from datetime import date

from numpy import minimum, where
from openfisca_core.periods import ETERNITY, MONTH, YEAR
from openfisca_core.populations import ADD
from openfisca_core.variables import Variable

from bench.rules.peer.entities import Person
from bench.rules.peer.facts import NEVER, NO_YEAR
from bench.rules.peer.months import BEFORE, YEAR_ZERO, day, month


class until(Variable):
    value_type = date
    entity = Person
    definition_period = ETERNITY
    label = "The day on which the person died or the conditions ended"

    def formula(person, period):
        return minimum(person("died", period), person("ended", period))


class special_bereaved(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Special assistance for parents whose only child died: from the month after, in fen"

    def formula_2008(person, period, parameters):
        law, first_day = parameters(period).special, day(period.start)
        bereaved = (person("children_living", period) == 0) & (person("child_died", period) < first_day)
        lasts = (person("until", period) >= first_day) & person("claim_counts", period.this_year)
        rate = where(person("rural", period), law.bereaved_rural, law.bereaved)
        return rate * (bereaved & lasts & person("of_special_age", period.this_year))


class special_disabled_child(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Special assistance for parents of a disabled only child: as long as the child lives, in fen"

    def formula_2008(person, period, parameters):
        law, first_day = parameters(period).special, day(period.start)
        disabled = (person("child_grade", period) <= law.grade) & (person("child_died", period) >= first_day)
        lasts = (person("until", period) >= first_day) & person("claim_counts", period.this_year)
        rate = where(person("rural", period), law.disabled_rural, law.disabled)
        return rate * (disabled & lasts & person("of_special_age", period.this_year))


class special_complications(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Support for those with a certified complication, in fen"

    def formula_2012(person, period, parameters):
        law, grade = parameters(period).complications, person("complication_grade", period)
        rate = where(grade == 1, law.grade1, where(grade == 2, law.grade2, law.grade3))
        lasts = (person("until", period) >= day(period.start)) & person("claim_counts", period.this_year)
        return rate * ((grade <= law.least_grade) & lasts)


class of_incentive_family(Variable):
    value_type = bool
    entity = Person
    definition_period = YEAR
    label = "A rural parent of one child or two daughters who is old enough in the year"

    def formula_2004(person, period, parameters):
        law = parameters(period.stop).incentive
        born, living = person("born", period), person("children_living", period)
        of_age = (born >= day(law.born_from)) & (born <= day(date(period.start.year - law.age, 12, 31)))
        lost = (living == 0) & (person("child_died", period) != day(NEVER))
        children = (living == 1) | ((living == 2) & person("two_daughters", period)) | lost
        rural = person("rural", period) & person("spouse_rural", period)
        lasts = (person("until", period) >= day(period.start)) & person("claim_counts", period)
        return of_age & children & rural & lasts


class without_special_until(Variable):
    value_type = date
    entity = Person
    definition_period = YEAR
    label = (
        "Until when nothing else is paid: for ever, until a child's death within the year, or not at all in the year"
    )

    def formula_2004(person, period):
        bereaved = person("special_bereaved", period, [ADD]) > 0
        disabled = person("special_disabled_child", period, [ADD]) > 0
        child_died = person("child_died", period)
        moves = bereaved & ~disabled & (child_died >= day(period.start))
        return where(moves, child_died, where(bereaved | disabled, day(BEFORE), day(NEVER)))


class rural_incentive(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "The allowance for rural parents of one child or two daughters: a twelfth, in fen"

    def formula_2004(person, period, parameters):
        year = period.this_year
        alone = person("without_special_until", year) >= day(period.start)
        return parameters(period).incentive.a_year // 12 * (person("of_incentive_family", year) & alone)


class childcare_payments(Variable):
    value_type = bool
    entity = Person
    definition_period = YEAR
    label = "Whether one of three yearly payments falls into the year, for a child born since the subsidy began"

    def formula_2025(person, period):
        year, claimed = period.start.year, person("first_claimed", period)
        first = where(claimed == NO_YEAR, year, claimed)
        born_in = person("birth_month", period) // 12 + YEAR_ZERO
        return (first >= year - 2) & (first <= year) & (first <= born_in + 1)


class of_childcare(Variable):
    value_type = bool
    entity = Person
    definition_period = YEAR
    label = "A child for whom the subsidy can be claimed in the year"

    def formula_2025(person, period, parameters):
        law, born = parameters(period.stop).childcare, person("born", period)
        of_age = (born >= day(law.born_from)) & (born <= day(period.stop))
        living = person("died", period) >= day(period.start)
        return of_age & living & person("chinese", period) & person("guardian_claims", period)


class childcare_subsidy(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "The national subsidy for children under three, in fen"

    def formula_2025(person, period, parameters):
        law = parameters(period).childcare
        under_three = month(day(period.start)) - person("birth_month", period) <= 36
        early = law.a_month * under_three
        since = law.a_year // 12 * person("childcare_payments", period.this_year)
        amount = where(person("born", period) < day(law.starts), early, since)
        return amount * person("of_childcare", period.this_year)


class only_child_allowance(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "The allowance for holders of the only-child certificate: until the month of the birthday, in fen"

    def formula_2016(person, period, parameters):
        law = parameters(period).only_child
        young = month(day(period.start)) <= person("birth_month", period) + 12 * law.age
        living = person("died", period) >= day(period.start)
        of_the_law = person("certificate", period) & (person("born", period) <= day(law.born_until))
        return law.a_month * (young & living & of_the_law)


VARIABLES = (
    until,
    special_bereaved,
    special_disabled_child,
    special_complications,
    of_incentive_family,
    without_special_until,
    rural_incentive,
    childcare_payments,
    of_childcare,
    childcare_subsidy,
    only_child_allowance,
)
