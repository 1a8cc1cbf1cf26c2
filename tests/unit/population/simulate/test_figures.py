"""Which charts a simulation has, and what their bars are."""

import pytest

from chengnuo.population.simulate.figures import MOST, charts
from chengnuo.population.simulate.words import LANGUAGES
from chengnuo.population.withholding import Row, Table
from tests.unit.population.simulate.test_report import found_with


def drawn(found, key, language="en"):
    return next((each for each in charts(found, language) if each.key == key), None)


def bars(chart):
    return {each.label: each.numbers for each in chart.bars}


@pytest.fixture
def found(tmp_path):
    return found_with(tmp_path, 40, 30, 20)


def test_cost_is_drawn_for_what_is_money(found):
    labels = [each.label for each in drawn(found, "cost").bars]
    assert "Special assistance for bereaved parents of an only child" in labels
    assert not [each for each in labels if "family doctor" in each]


def test_cost_stands_before_and_after(found):
    chart = drawn(found, "cost")
    assert chart.series == ("Before", "After")
    assert bars(chart)["Special assistance for bereaved parents of an only child"] == (90 * 708_000, 90 * 828_000)


def test_who_gains_and_loses_is_drawn_for_all_and_for_households(found):
    chart = drawn(found, "winners")
    assert len(chart.bars) == len(found.programmes) + 1
    assert bars(chart)["Households"] == (90, 0)


def test_places_stand_the_largest_change_first(found):
    chart = drawn(found, "places")
    assert [each.label for each in chart.bars] == ["Xingshan County 420526", "429006", "not known where"]
    assert [each.written for each in chart.bars] == [("+48,000 yuan",), ("+36,000 yuan",), ("+24,000 yuan",)]


def test_places_that_are_withheld_are_not_drawn(tmp_path):
    chart = drawn(found_with(tmp_path, 40, 3, 2), "places")
    assert [each.label for each in chart.bars] == ["Xingshan County 420526"]


def test_no_places_are_drawn_where_nothing_changes(tmp_path):
    assert drawn(found_with(tmp_path, 0, 0, 0), "places") is None


def test_no_more_places_are_drawn_than_can_be_read(found):
    rows = tuple(Row(f"42{number:04}", 900, (0, 50, 0, 0, 0, 0, 850), number, 3 * number) for number in range(1, 60))
    many = Table(rows, Row(None, 53_100, (0, 2_950, 0, 0, 0, 0, 50_150), 1_770, 5_310))
    found.tables["families"] = many
    chart = drawn(found, "places")
    assert len(chart.bars) == MOST
    assert chart.bars[0].numbers == (118,)
    assert str(MOST) in chart.says


def test_a_loss_is_as_large_as_a_gain(found):
    rows = (Row("4201", 900, (0,) * 7, 500, 100), Row("4202", 900, (0,) * 7, 100, 300))
    found.tables["families"] = Table(rows, Row(None, 1_800, (0,) * 7, 600, 400))
    chart = drawn(found, "places")
    assert [each.numbers for each in chart.bars] == [(-400,), (200,)]
    assert chart.bars[0].written == ("−4 yuan",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_speaks_the_language(found, language):
    for chart in charts(found, language):
        assert chart.title
        assert chart.title.isascii() == (language == "en")
