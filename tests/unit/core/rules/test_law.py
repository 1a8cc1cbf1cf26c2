"""The law of one question: on a day, as known on a day, at a place."""

from datetime import date

import pytest

from chengnuo.core.rules import (
    DECEMBER,
    JANUARY,
    NEW_YEARS_DAY,
    TODAY,
    YEAR_ASKED,
    YEARS_END,
    Asked,
    NoValue,
    accrued,
    chosen,
    dated,
    dated_day,
    in_force,
)
from chengnuo.core.rules.parameters import UNFOUND
from tests.unit.core.rules.law import DAY, PERSON, RATES, missing, row, said, value

rate = dated("x.rate", "fen a month")
rural = PERSON.truth("rural", said("rural"))
month = PERSON.day("from", said("from")).month
LOCAL = [*RATES, row("x.rate", 500, date(2026, 3, 1), place="4205")]
YICHANG, BEIJING = "420526000000", "110101000000"

ON_A_DAY = [
    # sentence, rule, asked, value
    ("before it changes", rate, Asked(date(2026, 6, 30)), 100),
    ("on the day it changes", rate, Asked(date(2026, 7, 1)), 200),
    ("as known before the notice", rate, Asked(date(2026, 7, 1), known=date(2026, 5, 9)), 100),
    ("as known on its day", rate, Asked(date(2026, 7, 1), known=date(2026, 5, 10)), 200),
    ("a year, each month at its rate", accrued("x.rate"), Asked(date(2026, 1, 1)), 6 * 100 + 6 * 200),
    ("a year, as known before the notice", accrued("x.rate"), Asked(date(2026, 12, 31), known=date(2026, 5, 9)), 1200),
    ("the next year", accrued("x.rate"), Asked(date(2027, 5, 5)), 2400),
    ("in June and July", accrued("x.rate", JANUARY + 5, JANUARY + 6), Asked(date(2026, 5, 5)), 300),
    ("to before the year", accrued("x.rate", JANUARY, JANUARY - 1), Asked(date(2026, 5, 5)), 0),
    ("from far before to far after", accrued("x.rate", JANUARY - 99, DECEMBER + 99), Asked(date(2026, 5, 5)), 1800),
    ("from the year after", accrued("x.rate", DECEMBER + 1, DECEMBER + 5), Asked(date(2026, 5, 5)), 0),
    ("backwards", accrued("x.rate", DECEMBER, JANUARY), Asked(date(2026, 5, 5)), 0),
    ("today", TODAY, Asked(date(2026, 5, 5)), date(2026, 5, 5)),
    ("this year", YEAR_ASKED, Asked(date(2026, 5, 5)), 2026),
    ("its ends", NEW_YEARS_DAY < YEARS_END, Asked(date(2026, 5, 5)), True),
    ("a year has twelve months", DECEMBER - JANUARY, Asked(date(2026, 5, 5)), 11),
    ("in force", in_force("x.rate"), Asked(date(2000, 1, 1)), True),
    ("not yet", in_force("x.rate"), Asked(date(1999, 12, 31)), False),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "rule", "asked", "wanted"), ON_A_DAY, ids=[row[0] for row in ON_A_DAY])
def test_on_a_day(sentence, rule, asked, wanted):
    assert value(rule, asked=asked) == wanted


def test_at_a_place_its_own_value_counts_and_without_a_place_it_is_asked_for():
    there, elsewhere, nowhere = (Asked(date(2026, 6, 1), place=place) for place in (YICHANG, BEIJING, None))
    rules = (rate, in_force("x.rate"), accrued("x.rate"))
    assert [value(rule, rows=LOCAL, asked=there) for rule in rules] == [500, True, 2 * 100 + 10 * 500]
    assert [value(rule, rows=LOCAL, asked=elsewhere) for rule in rules] == [100, True, 1800]
    assert [value(rule, rows=LOCAL, asked=nowhere) for rule in rules] == [None] * 3
    assert [missing(rule, rows=LOCAL, asked=nowhere) for rule in rules] == [["household.place"]] * 3


def test_the_beginning_of_a_code_leaves_open_what_a_place_in_it_tells_otherwise():
    rules = (rate, in_force("x.rate"), accrued("x.rate"))
    on = date(2026, 6, 1)
    for place, known in (("42", False), ("4205", True), ("420526", True), ("11", True), ("", True)):
        found = [value(rule, rows=LOCAL, asked=Asked(on, place=place)) for rule in rules]
        assert (None not in found) is known, place
    local = row("x.whose", "own", unit="reading", options=("own", "both"), place="4205")
    for rule, rows in ((rate, LOCAL), (chosen("x.whose", "own"), [local])):
        assert missing(rule, rows=rows, asked=Asked(on, place="42")) == ["household.place"]


def test_what_is_repealed_stands_for_the_months_before():
    rows = [row("x.rate", 100, date(2000, 1, 1)), row("x.rate", None, date(2026, 5, 1))]
    in_june, next_year = Asked(date(2026, 6, 30)), Asked(date(2027, 1, 1))
    assert value(accrued("x.rate"), rows=rows, asked=in_june) == 400
    assert value(rate, rows=rows, asked=in_june) == 100, "the last of the year"
    assert [value(in_force("x.rate"), rows=rows, asked=asked) for asked in (in_june, next_year)] == [True, False]


def test_a_value_that_is_not_there_is_an_error_only_where_the_answer_hangs_on_it():
    before = Asked(date(1999, 1, 1))
    with pytest.raises(NoValue, match="first value begins on 2000-01-01"):
        missing(rural & (rate > 0), {"rural": True}, asked=before)
    assert missing(rural & (rate > 0), {"rural": False}, asked=before) == []
    assert value(in_force("x.rate") & (rate > 0), asked=before) is False


def test_a_name_that_does_not_exist_is_said_with_its_neighbours():
    with pytest.raises(NoValue, match=r"x.rat: is no parameter(?s:.)*x.rate"):
        missing(dated("x.rat", "fen a month") > 0)


def test_a_reading_is_one_of_its_options_and_a_day_is_a_day():
    rows = [
        row("x.whose", "own", unit="reading", options=("own", "both")),
        row("x.from", date(1933, 1, 1), unit="date"),
    ]
    assert value(chosen("x.whose", "own"), rows=rows) is True
    assert value(chosen("x.whose", "both") & rural, rows=rows) is False
    assert value(dated_day("x.from"), rows=rows) == date(1933, 1, 1)


def test_what_the_law_rules_out_is_not_asked_for():
    rows = [row("x.whose", "own", unit="reading", options=("own", "both"))]
    both, own = chosen("x.whose", "both"), chosen("x.whose", "own")
    assert missing(own & rural, rows=rows) == ["person.rural"]
    assert missing(rural | own, rows=rows) == missing(both & rural, rows=rows) == []
    assert missing(both | rural, rows=rows) == ["person.rural"]
    assert value(accrued("x.rate", month), {"from": date(2026, 12, 5)}) == 200


def test_what_stands_without_a_known_figure_is_in_force_and_asked_for():
    """Neither nothing nor not in force: the office is asked, whether the rate is read as it stands or by its months."""
    rows = [row("x.rate", UNFOUND, date(2000, 1, 1)), row("x.rate", 100, date(2026, 7, 1))]
    then, now, later = (Asked(day) for day in (date(2020, 6, 1), date(2026, 12, 31), date(2027, 1, 1)))
    assert [value(rate, rows=rows, asked=asked) for asked in (then, now, later)] == [None, 100, 100]
    assert [value(accrued("x.rate"), rows=rows, asked=asked) for asked in (then, now, later)] == [None, None, 1200]
    assert value(in_force("x.rate"), rows=rows, asked=then) is True
    for rule in (rate, accrued("x.rate"), accrued("x.rate", month)):
        assert missing(rule, {"from": date(2020, 5, 1)}, rows=rows, asked=then) == ["household.figure"]
    assert missing(rural & (rate > 0), {"rural": False}, rows=rows, asked=then) == []


def test_a_figure_that_was_found_nearby_counts_there_and_without_a_place_that_is_asked_for_first():
    rows = [row("x.rate", UNFOUND, place="42"), row("x.rate", 500, place="4205")]
    there, elsewhere, nowhere = (Asked(DAY, place=place) for place in (YICHANG, "420106000000", None))
    assert [value(rate, rows=rows, asked=asked) for asked in (there, elsewhere, nowhere)] == [500, None, None]
    assert [missing(rate, rows=rows, asked=asked) for asked in (elsewhere, nowhere)] == [
        ["household.figure"],
        ["household.place"],
    ]
