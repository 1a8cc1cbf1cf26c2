"""What would change a result: another reading, and only one that would."""

from datetime import date

from chengnuo.core.rules import (
    YEAR_ASKED,
    Asked,
    Bound,
    Household,
    Outcome,
    Parameters,
    Programme,
    accrued,
    chosen,
    when,
)
from chengnuo.core.rules.outlook import otherwise
from tests.unit.core.rules.law import DAY, PERSON, RATES, row, said, words

born, rural = PERSON.day("born", said("born")), PERSON.truth("rural", said("rural"))
OPTIONS = {"unit": "reading", "options": ("once", "twice", "never")}
ROWS = [*RATES, row("x.often", "once", **OPTIONS), row("x.idle", "once", **OPTIONS)]


class Allowance(Programme):
    words = words(["old"], key="allowance")
    who = PERSON
    stands = "x.rate"
    conditions = {"old": born.year + 60 <= YEAR_ASKED}
    amount = when(
        chosen("x.often", "twice") & rural,
        accrued("x.rate") * 2,
        when(chosen("x.idle", "never") & ~rural, 0, accrued("x.rate")),
    )


def ahead(facts, programme=Allowance, rows=ROWS, asked=None):
    asked = asked or Asked(DAY)
    household = Household({}, {"person": [{}, facts]})
    _, found = Bound([programme], Parameters(rows), asked).determine(household)

    def bind(programme, asked, readings):
        return Bound([programme], Parameters(rows).with_readings(dict(readings)), asked)

    return tuple(otherwise(found, household, asked, bind))


def test_only_readings_that_make_a_difference_to_this_result():
    found = ahead({"born": date(1960, 1, 1), "rural": True})
    assert [(each.question.name, each.option, each.found.amount) for each in found] == [("x.often", "twice", 3600)]
    found = ahead({"born": date(1960, 1, 1), "rural": False})
    assert [(each.question.name, each.option, each.found.outcome) for each in found] == [
        ("x.idle", "never", Outcome.NOT_ENTITLED)
    ]


def test_none_for_whoever_is_not_entitled_anyway():
    assert ahead({"born": date(1990, 1, 1), "rural": True}) == ()
