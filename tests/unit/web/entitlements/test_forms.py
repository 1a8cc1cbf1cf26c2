"""The form of each question: what people type is taken, and what cannot be is refused with one clear sentence."""

import pytest

from chengnuo.web.entitlements.answers import Slot
from chengnuo.web.entitlements.forms import FactForm
from chengnuo.web.entitlements.general import GENERAL
from tests.unit.web.entitlements.asked import TODAY, answers

pytestmark = pytest.mark.django_db


def form(name: str, said=None, kept: str = "", **parts) -> FactForm:
    return FactForm(Slot.of(name), TODAY, parts or ({"said": said} if said is not None else None), kept=kept)


def day(year, month, of_month) -> dict[str, str]:
    return {"said_year": year, "said_month": month, "said_day": of_month}


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("child.1.born", day("2025", "3", "2"), "2025-03-02"),
        ("child.1.born", day("２０２５", "０３", "２"), "2025-03-02"),
        ("child.1.born", day("2025年", "3月", "2日"), "2025-03-02"),
        ("person.1.born", day("一九六四", "五", "8号"), "1964-05-08"),
        ("child.1.which_child", {"said": " 2 "}, "2"),
        ("child.1.which_child", {"said": "２"}, "2"),
        ("person.1.pension", {"said": "3500"}, "350000"),
        ("person.1.pension", {"said": "3,500.5"}, "350050"),
        ("person.1.rural", {"said": "no"}, "no"),
        ("person.1.spouse_rural", {"said": "none"}, "none"),
        ("person.1.child_grade", {"said": "2"}, "2"),
        ("person.1.rural", {"said": "?"}, "?"),
    ],
)
def test_what_people_type_is_taken(name, typed, words):
    found = form(name, **typed)
    assert found.is_valid(), found.errors
    assert found.words == words


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("child.1.born", day("", "", ""), "choose one of the buttons"),
        ("child.1.born", day("25", "3", "2"), "four digits"),
        ("child.1.born", day("2027", "3", "2"), "still to come"),
        ("child.1.born", day("2025", "2", "30"), "There is no such day"),
        ("person.1.born", day("1964", "", ""), "month and the day too"),
        ("child.1.which_child", {"said": ""}, "choose one of the buttons"),
        ("child.1.which_child", {"said": "second"}, "in digits"),
        ("child.1.which_child", {"said": "31"}, "from 1 to 30"),
        ("child.1.which_child", {"said": "-1"}, "in digits"),
        ("child.1.which_child", {"said": "1.5"}, "in digits"),
        ("child.1.which_child", {"said": "1-2"}, "in digits"),
        ("child.1.which_child", {"said": "9" * 39}, "from 1 to 30"),
        ("person.1.pension", {"said": "12.345"}, "in digits"),
        ("person.1.pension", {"said": "-1"}, "in digits"),
        ("person.1.rural", {"said": ""}, "Choose one of these"),
        ("person.1.rural", {"said": "none"}, "Choose one of these"),
        ("person.1.child_grade", {"said": "7"}, "Choose one of these"),
    ],
)
def test_what_cannot_be_is_refused_with_one_sentence(name, typed, sentence):
    found = form(name, **typed)
    assert not found.is_valid()
    (said,) = found.errors["said"]
    assert sentence in said


@pytest.mark.parametrize(
    ("name", "kept", "shown"),
    [
        ("child.1.born", "2025-03-02", "2025"),
        ("child.1.which_child", "2", 'value="2"'),
        ("person.1.pension", "350050", 'value="3500.50"'),
        ("person.1.pension", "350000", 'value="3500"'),
        ("person.1.rural", "no", "checked"),
    ],
)
def test_an_earlier_answer_is_shown_again(name, kept, shown):
    assert shown in str(form(name, kept=kept)["said"])


@pytest.mark.parametrize("name", ["child.1.born", "child.1.first_claimed", "person.1.pension"])
@pytest.mark.parametrize("kept", ["?", "none"])
def test_what_a_button_said_leaves_the_box_empty(name, kept):
    if kept == "none" and not Slot.of(name).fact.perhaps:
        kept = "?"
    assert f'value="{kept}"' not in str(form(name, kept=kept)["said"])


@pytest.mark.parametrize(
    ("ticked", "words"),
    [([], "none"), (["loss"], "loss"), (["loss", "disability"], "loss disability"), (["loss", "?"], "?")],
)
def test_nothing_ticked_is_an_answer_and_to_rather_not_say_another(ticked, words):
    found = GENERAL["more"].form(answers(), {"said": ticked})
    found.data = type("Query", (dict,), {"getlist": lambda self, name: self[name]})(found.data)
    assert found.is_valid(), found.errors
    assert found.words == words
    assert found.fields["said"].required is not False, "no page calls it optional"


def test_the_county_stands_first_among_the_places_and_wider_ones_say_what_is_left():
    choices = dict(GENERAL["place"].form(answers(), None).fields["said"].choices)
    first, *_rest, last = choices
    assert choices[first] == "Xingshan County"
    assert choices["420500000000"] == "Yichang City, another part of it"
    assert choices["elsewhere"] == "Elsewhere in China"
    assert last == "?"
