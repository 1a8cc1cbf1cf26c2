"""What hidden fields hold, read again: what fits is taken in its order, and what does not is left out and noticed."""

import pytest

from chengnuo.core.rules import NOT_APPLICABLE
from chengnuo.web.entitlements.answers import Answers, Slot, answers_from
from chengnuo.web.entitlements.values import Unreadable
from tests.unit.web.entitlements.asked import HERE, TODAY, answers

PLACES = (HERE, "elsewhere", "?")


def test_the_answers_come_back_in_their_order():
    lines = [
        f"place={HERE}",
        "who=both",
        "children=2",
        "child.2.born=2024-01-02",
        "person.1.rural=?",
        "more=loss disability",
    ]
    found, whole = answers_from(lines, TODAY, PLACES)
    assert whole
    assert list(found.fields()) == lines


@pytest.mark.parametrize(
    "line",
    [
        "place=110000",
        "who=everybody",
        "children=0",
        "children=10",
        "children=x",
        "more=grief",
        "more=loss none",
        "only=nothing-of-the-kind",
        "child.0.born=2024-01-02",
        "child.10.born=2024-01-02",
        "child.1.name=x",
        "child.born=2024-01-02",
        "household.1.place=x",
        "child.1.born=2024-02-30",
        "child.1.died=?=",
        "stamp=x",
        "",
        "=",
        "\0",
    ],
)
def test_what_does_not_fit_is_left_out_and_noticed(line):
    found, whole = answers_from([f"place={HERE}", line], TODAY, PLACES)
    assert (dict(found.said), whole) == ({"place": HERE}, False)


def test_more_lines_than_any_form_has_are_not_read():
    found, whole = answers_from([f"place={HERE}"] * 301, TODAY, PLACES)
    assert (len(found.said), whole) == (1, False)


@pytest.mark.parametrize(
    ("who", "children", "members"),
    [
        ("me", "1", {"person": 1, "child": 0}),
        ("child", "3", {"person": 0, "child": 3}),
        ("both", "2", {"person": 1, "child": 2}),
    ],
)
def test_whom_the_questions_are_about(who, children, members):
    assert answers(who=who, children=children).members == members


@pytest.mark.parametrize(
    ("place", "asked"), [("?", None), ("elsewhere", ""), (HERE, "420500000000"), ("429006000000", "429006000000")]
)
def test_the_law_is_asked_where_the_household_is_registered(place, asked):
    assert answers(place=place).asked.place == asked
    assert answers(place=place).asked.day == TODAY


def test_an_answer_that_was_not_given_is_not_known():
    said = answers(who="me", person_1_spouse_rural="none", person_1_rural="?")
    assert said.value(Slot("person", 1, "spouse_rural")) is NOT_APPLICABLE
    assert said.value(Slot("person", 1, "rural")) is None
    assert said.value(Slot("person", 1, "born")) is None


def test_one_answer_more_leaves_the_others_as_they_were():
    before = answers(who="me")
    after = before.put("who", "child")
    assert (before.said["who"], after.said["who"]) == ("me", "child")
    assert list(after.said) == ["place", "who"], "a change keeps its place"


def test_a_slot_is_read_by_its_name():
    assert Slot.of("child.2.born") == Slot("child", 2, "born")
    assert str(Slot("child", 2, "born")) == "child.2.born"
    with pytest.raises(Unreadable):
        Slot.of("child")


def test_without_a_choice_every_programme_is_asked_about():
    assert len(Answers(TODAY, {}).chosen) > 20
    assert [each.words.key for each in answers(only="childcare-subsidy").chosen] == ["childcare-subsidy"]
