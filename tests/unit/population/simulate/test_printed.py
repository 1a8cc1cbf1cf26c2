"""A simulation in the terminal, in three languages."""

from dataclasses import replace

import pytest

from chengnuo.population.changes import Change
from chengnuo.population.simulate.printed import printed
from chengnuo.population.simulate.report import report
from chengnuo.population.simulate.words import LANGUAGES
from tests.unit.population.simulate.test_report import found_with


@pytest.fixture
def found(tmp_path):
    return found_with(tmp_path, 40, 30, 20)


def block(text, head):
    """The lines of one programme."""
    lines = text.splitlines()
    start = lines.index(head)
    return lines[start : lines.index("", start)]


def test_each_programme_says_who_gains_who_loses_and_what_it_costs(found):
    assert block(printed(found, "en"), "Special assistance for bereaved parents of an only child") == [
        "Special assistance for bereaved parents of an only child",
        "  Gain: 90",
        "  Lose: 0",
        "    Newly entitled: 0",
        "    Receive more: 90",
        "    Receive less: 0",
        "    No longer entitled: 0",
        "    Receive the same: 0",
        "    Not yet decided: 0",
        "  637,200 yuan → 745,200 yuan (+108,000 yuan)",
    ]


def test_a_service_says_no_money(found):
    text = block(printed(found, "en"), "Two contacts, a family doctor and priority in hospital for special families")
    assert not [line for line in text if "yuan" in line]


def test_households_come_last(found):
    assert block(printed(found, "en"), "Households")[1] == "  Gain: 90"


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "  得益：90"), ("zh-hant", "  得益：90"), ("en", "  Gain: 90")],
)
def test_it_speaks_the_language(found, language, said):
    assert said in printed(found, language).splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_was_withheld_and_why(found, language):
    assert "5" in printed(found, language).splitlines()[-1]


def test_it_says_when_nobody_is_concerned(tmp_path):
    assert "changes nobody" in printed(found_with(tmp_path, 0, 0, 0), "en")
    assert "changes nobody" not in printed(found_with(tmp_path, 2, 0, 0), "en")


def opened(found, count):
    """The same, with so many of the first programme not decided."""
    key = found.programmes[0].words.key
    table = found.tables[key]
    kinds = [*table.total.kinds]
    kinds[Change.UNDECIDED] = count
    return replace(found, tables={**found.tables, key: replace(table, total=replace(table.total, kinds=tuple(kinds)))})


@pytest.mark.parametrize(("count", "says"), [(0, False), (7, True), (None, True)])
@pytest.mark.parametrize("form", [printed, report])
def test_what_is_not_decided_is_said_to_be_in_no_sum(found, form, count, says):
    assert ("its money is in no sum" in form(opened(found, count), "en")) is says
