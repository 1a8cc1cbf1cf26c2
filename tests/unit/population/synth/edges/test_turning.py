"""Values at which a result may turn, from the law itself."""

from datetime import date

import pytest

from chengnuo.core.rules import NOT_APPLICABLE, Fact
from chengnuo.core.text3 import Text3
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.population.synth.edges.turning import rows, turning

NOW = 2026
LABEL = Text3("问", "問", "a question")
KNOWN = {each.words.key: each for each in programmes()}


def values(kind, name="fact", *, perhaps=False, programme="special-bereaved"):
    fact = Fact("person", name, kind, perhaps, LABEL)
    return list(turning(fact, rows(KNOWN[programme], parameters()), NOW))


def test_a_truth_is_told_both_ways():
    assert values("truth") == [False, True]


@pytest.mark.parametrize("kind", ["truth", "day", "count", "grade", "year", "fen"])
def test_what_may_not_apply_does_not_once(kind):
    assert values(kind, perhaps=True)[0] is NOT_APPLICABLE
    assert NOT_APPLICABLE not in values(kind)


def test_counts_are_small():
    assert values("count") == [0, 1, 2, 3, 4]


def test_years_are_those_around():
    assert values("year") == [2023, 2024, 2025, 2026]


def test_money_does_not_divide_evenly():
    assert {0, 1, 99, 100_001} == set(values("fen a month"))


@pytest.mark.parametrize(
    "born",
    [
        date(1976, 12, 31),  # reaches 49 in the year before: the last who did not wait
        date(1977, 1, 1),
        date(1977, 12, 31),  # reaches 49 on the last day of the year
        date(1978, 1, 1),  # one day too late
        date(1932, 12, 31),  # one day too early for the programme
        date(1933, 1, 1),
        date(2024, 2, 29),
        date(2026, 12, 31),
    ],
)
def test_births_turn_with_the_ages_and_dates_of_the_law(born):
    assert born in values("day", "born")
    assert born in values("day", "wife_born")


@pytest.mark.parametrize(
    "day",
    [
        date(2022, 6, 30),
        date(2022, 7, 1),
        date(2018, 7, 31),
        date(2018, 8, 1),
        date(2025, 12, 31),
        date(2026, 1, 1),
        date(2026, 7, 1),
        date(2026, 12, 31),
    ],
)
def test_other_days_turn_with_the_rates_and_the_year(day):
    assert day in values("day", "died")


def test_days_come_in_order_and_once():
    for name in ("born", "died"):
        days = values("day", name)
        assert days == sorted(set(days))


def test_only_the_law_of_the_programme_counts():
    assert date(2022, 9, 22) in values("day", "born", programme="yichang-birth-grant")
    assert date(2022, 9, 22) not in values("day", "born", programme="tianmen-birth-grant")


def test_no_day_lies_after_the_year():
    for programme in KNOWN:
        assert max(values("day", "died", programme=programme)) <= date(NOW, 12, 31)


def test_rows_are_of_every_parameter_that_a_programme_reads():
    names = {row.name for row in rows(KNOWN["rural-incentive"], parameters())}
    assert {"incentive.a_year", "incentive.age", "special.bereaved", "complications.least_grade"} <= names
    assert "childcare.a_year" not in names
