"""What both idioms have in common."""

from __future__ import annotations

from datetime import date

from numpy import where
from openfisca_core.periods import ETERNITY, YEAR
from openfisca_core.variables import Variable

from bench.rules.peer.entities import Person
from bench.rules.peer.facts import NEVER
from bench.rules.peer.months import day, month


class birth_month(Variable):
    value_type = int
    entity = Person
    definition_period = ETERNITY
    label = "The calendar month of birth, counted from January 1970"

    def formula(person, period):
        return month(person("born", period))


class of_special_age(Variable):
    value_type = bool
    entity = Person
    definition_period = YEAR
    label = "Born since 1933, parent of one child, and by the wife's age, if there is one, old enough in the year"

    def formula_2008(person, period, parameters):
        law = parameters(period.stop).special
        born, wife_born = person("born", period), person("wife_born", period)
        whose = where(wife_born == day(NEVER), born, wife_born)
        old_enough = whose <= day(date(period.start.year - law.age, 12, 31))
        return (born >= day(law.born_from)) & old_enough & (person("children_ever", period) == 1)


class claim_counts(Variable):
    value_type = bool
    entity = Person
    definition_period = YEAR
    label = "First claimed in the year or before; whoever has not claimed yet does so in the year"

    def formula(person, period):
        return person("first_claimed", period) <= period.start.year


VARIABLES = (birth_month, of_special_age, claim_counts)
