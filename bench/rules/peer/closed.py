"""The closed form: each amount of a year by one formula of the year. It is the quicker idiom, and less like the law."""

from __future__ import annotations

from datetime import date

from numpy import maximum, minimum, where
from openfisca_core.periods import YEAR
from openfisca_core.variables import Variable

from bench.rules.peer.entities import Person
from bench.rules.peer.facts import NEVER, NO_YEAR
from bench.rules.peer.months import YEAR_ZERO, day, january, month, overlap, stretches


class last_month(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "The last month of the year in which nothing has ended, from 1 to 12; before the year: below 1"

    def formula(person, period):
        ended = minimum(person("died", period), person("ended", period))
        return minimum(month(ended) - january(period) + 1, 12)


class month_of_loss(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "The month in which the child died, counted from January of the year, which is 1"

    def formula(person, period):
        return month(person("child_died", period)) - january(period) + 1


class special_bereaved(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "Special assistance for parents whose only child died, in fen"

    def formula_2008(person, period, parameters):
        first, last = person("month_of_loss", period) + 1, person("last_month", period)
        none_left = person("children_living", period) == 0
        rural, amount = person("rural", period), 0
        for begins, ends, law in stretches(period, parameters, "special", "bereaved", "bereaved_rural"):
            amount += where(rural, law.bereaved_rural, law.bereaved) * overlap(first, last, begins, ends)
        return amount * (none_left & person("of_special_age", period) & person("claim_counts", period))


class special_disabled_child(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "Special assistance for parents of a disabled only child, in fen"

    def formula_2008(person, period, parameters):
        last = minimum(person("last_month", period), person("month_of_loss", period))
        disabled = person("child_grade", period) <= parameters(period.stop).special.grade
        rural, amount = person("rural", period), 0
        for begins, ends, law in stretches(period, parameters, "special", "disabled", "disabled_rural"):
            amount += where(rural, law.disabled_rural, law.disabled) * overlap(1, last, begins, ends)
        return amount * (disabled & person("of_special_age", period) & person("claim_counts", period))


class special_complications(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "Support for those with a certified complication, in fen"

    def formula_2012(person, period, parameters):
        grade, last = person("complication_grade", period), person("last_month", period)
        amount = 0
        for begins, ends, law in stretches(period, parameters, "complications", "grade1", "grade2", "grade3"):
            rate = where(grade == 1, law.grade1, where(grade == 2, law.grade2, law.grade3))
            amount += rate * overlap(1, last, begins, ends)
        certified = grade <= parameters(period.stop).complications.least_grade
        return amount * (certified & person("claim_counts", period))


class rural_incentive(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "The yearly allowance for rural parents of one child or two daughters, in fen"

    def formula_2004(person, period, parameters):
        law = parameters(period.stop).incentive
        born, living = person("born", period), person("children_living", period)
        of_age = (born >= day(law.born_from)) & (born <= day(date(period.start.year - law.age, 12, 31)))
        lost = (living == 0) & (person("child_died", period) != day(NEVER))
        children = (living == 1) | ((living == 2) & person("two_daughters", period)) | lost
        rural = person("rural", period) & person("spouse_rural", period)
        bereaved, disabled = person("special_bereaved", period) > 0, person("special_disabled_child", period) > 0
        moves = bereaved & ~disabled & (person("child_died", period) >= day(period.start))
        months = where(moves, person("month_of_loss", period), 12 * ~(bereaved | disabled))
        lasts = (person("last_month", period) >= 1) & person("claim_counts", period)
        return law.a_year * months // 12 * (of_age & children & rural & lasts)


class childcare_subsidy(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "The national subsidy for children under three, in fen"

    def formula_2025(person, period, parameters):
        law, year = parameters(period.stop).childcare, period.start.year
        born, births = person("born", period), person("birth_month", period)
        owed = births - month(day(law.born_from)) + 1 - (january(period) - month(day(law.starts)))
        early = law.a_month * minimum(maximum(owed, 0), 12)
        claimed = person("first_claimed", period)
        first = where(claimed == NO_YEAR, year, claimed)
        in_time = (first >= year - 2) & (first <= year) & (first <= births // 12 + YEAR_ZERO + 1)
        here = person("chinese", period) & person("guardian_claims", period)
        living = person("died", period) >= day(period.start)
        of_age = (born >= day(law.born_from)) & (born <= day(period.stop))
        return where(born < day(law.starts), early, law.a_year * in_time) * (here & living & of_age)


class only_child_allowance(Variable):
    value_type = int
    entity = Person
    definition_period = YEAR
    label = "The monthly allowance for holders of the only-child certificate, in fen"

    def formula_2016(person, period, parameters):
        law = parameters(period.stop).only_child
        birthday = person("birth_month", period) + 12 * law.age
        last = minimum(birthday, month(person("died", period))) - january(period) + 1
        amount = sum(
            rates.a_month * overlap(1, last, begins, ends)
            for begins, ends, rates in stretches(period, parameters, "only_child", "a_month")
        )
        return amount * (person("certificate", period) & (person("born", period) <= day(law.born_until)))


VARIABLES = (
    last_month,
    month_of_loss,
    special_bereaved,
    special_disabled_child,
    special_complications,
    rural_incentive,
    childcare_subsidy,
    only_child_allowance,
)
