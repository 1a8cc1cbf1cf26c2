"""What would change a result: other readings, other years; and only what would."""

from datetime import date

from chengnuo.core.rules import (
    NOT_APPLICABLE,
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
from chengnuo.core.rules.outlook import FAR, outlook
from tests.unit.core.rules.law import DAY, PERSON, RATES, row, said, words

born, rural = PERSON.day("born", said("born")), PERSON.truth("rural", said("rural"))
retired = PERSON.perhaps_day("retired", said("retired"))
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
    return outlook(found, household, Parameters(rows), asked)


def test_only_readings_that_make_a_difference_to_this_result():
    found = ahead({"born": date(1960, 1, 1), "rural": True})
    assert [(each.question.name, each.option, each.found.amount) for each in found.otherwise] == [
        ("x.often", "twice", 3600)
    ]
    found = ahead({"born": date(1960, 1, 1), "rural": False})
    assert [(each.question.name, each.option, each.found.outcome) for each in found.otherwise] == [
        ("x.idle", "never", Outcome.NOT_ENTITLED)
    ]


def test_none_for_whoever_is_not_entitled_anyway():
    assert ahead({"born": date(1990, 1, 1), "rural": True}).otherwise == ()


def test_the_first_year_of_another_answer():
    found = ahead({"born": date(1970, 1, 1), "rural": False})
    assert (found.year, found.then.outcome, found.then.amount) == (2030, Outcome.ENTITLED, 2400)
    found = ahead({"born": date(1960, 1, 1), "rural": False})
    assert (found.year, found.then.amount) == (2027, 2400), "the year that has the new rate from January on"


def test_a_change_that_is_far_away_is_not_told():
    asked = Asked(date(2030, 12, 31))
    assert ahead({"born": date(2030 + FAR - 60, 1, 1)}, asked=asked).year is None
    assert ahead({"born": date(2030 + FAR - 61, 1, 1), "rural": False}, asked=asked).year == 2030 + FAR - 1
    assert ahead({"born": date(1960, 1, 1), "rural": False}, asked=asked).year is None


def test_at_the_end_of_all_years_nothing_comes():
    assert ahead({"born": date(1960, 1, 1), "rural": False}, asked=Asked(date(9998, 12, 31))).year is None


def test_what_does_not_apply_stays_so():
    class Retired(Programme):
        words = words(["retired"], key="retired")
        who = PERSON
        stands = "x.rate"
        conditions = {"retired": retired.applies}

    found = ahead({"retired": NOT_APPLICABLE}, Retired)
    assert (found.year, found.then, found.otherwise) == (None, None, ())
