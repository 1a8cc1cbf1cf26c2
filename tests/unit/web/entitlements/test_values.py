"""One answer in a hidden field: written, read back, and refused where it could not have been typed."""

from datetime import date

import pytest

from chengnuo.core.rules import NOT_APPLICABLE
from chengnuo.web.entitlements.answers import Slot
from chengnuo.web.entitlements.values import Unreadable, misfit, read, written
from tests.unit.web.entitlements.asked import TODAY


def fact(name: str):
    return Slot.of(name).fact


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("person.1.born", date(1966, 10, 20), "1966-10-20"),
        ("person.1.rural", True, "yes"),
        ("person.1.rural", False, "no"),
        ("person.1.spouse_rural", NOT_APPLICABLE, "none"),
        ("person.1.rural", None, "?"),
        ("person.1.children_living", 0, "0"),
        ("person.1.pension", 350_050, "350050"),
        ("child.1.first_claimed", 2025, "2025"),
    ],
)
def test_an_answer_goes_and_comes_back(name, value, text):
    assert written(value) == text
    assert read(fact(name), text, TODAY) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("person.1.born", "1966-13-40"),
        ("person.1.born", "1899-12-31"),
        ("person.1.born", "2026-11-27"),
        ("person.1.born", "none"),
        ("person.1.born", "20 October"),
        ("person.1.rural", "true"),
        ("person.1.rural", ""),
        ("person.1.children_living", "31"),
        ("person.1.children_living", "-1"),
        ("person.1.children_living", "٣"),
        ("person.1.children_living", "9" * 4000),
        ("person.1.pension", "10000001"),
        ("person.1.complication_grade", "0"),
        ("person.1.complication_grade", "5"),
        ("child.1.first_claimed", "2027"),
        ("child.1.first_claimed", "1999"),
    ],
)
def test_what_could_not_have_been_typed_is_not_read(name, text):
    with pytest.raises(Unreadable):
        read(fact(name), text, TODAY)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("person.1.born", date(66, 10, 20), "four digits"),
        ("person.1.born", date(2027, 1, 1), "still to come"),
        ("person.1.children_ever", 31, "from 0 to 30"),
        ("person.1.pension", 10_000_001, "from 0 to 100000"),
        ("child.1.first_claimed", 2027, "from 2000 to 2026"),
        ("person.1.child_grade", 0, "from 1 to 4"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_a_sentence(name, value, said):
    assert said in misfit(fact(name), value, TODAY)


def test_today_itself_is_no_mistake():
    assert misfit(fact("child.1.born"), TODAY, TODAY) == ""
