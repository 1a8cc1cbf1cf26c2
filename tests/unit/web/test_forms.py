"""The fields and the stamp: one clear sentence a mistake, what was typed stays, and a stamp counts once, here, for a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.signing import TimestampSigner
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.foundation.refused import MoveRefused, Refused
from chengnuo.web.fields import Option, plain_digits
from chengnuo.web.forms import ActForm, Choice, Choices, Day, Digits, Form, Text
from tests.factories import county

TOO_OLD = "This page was open for more than a day. Nothing was sent. Check it and send it again."


class Asked(Form):
    words = Text(ask="Write something.", most=10)
    number = Digits(ask="Enter it.", shape="[0-9X]{4,6}", wrong="Four to six digits.", required=False)
    one = Choice(ask="Choose one.", options=[("a", "A"), ("b", Option("B", "the second"))], required=False)
    some = Choices(ask="Tick some.", options=[("a", "A"), ("b", "B")], required=False)
    day = Day(ask="Enter the day.", required=False)


class Sent(ActForm):
    scope = "test.send"
    words = Text(ask="Write something.")


class Other(ActForm):
    words = Text(ask="Write something.", required=False)


def typed(**fields) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in ({"words": "x"} | fields).items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def errors(**fields) -> dict[str, list[str]]:
    return {name: list(said) for name, said in Asked(typed(**fields)).errors.items()}


def day(year: str = "", month: str = "", number: str = "") -> dict[str, str]:
    return {"day_year": year, "day_month": month, "day_day": number}


MISTAKES = [
    ("no words", {"words": ""}, {"words": ["Write something."]}),
    ("spaces", {"words": " \u3000"}, {"words": ["Write something."]}),
    ("ten characters", {"words": "一二三四五六七八九十"}, {}),
    ("eleven characters", {"words": "一二三四五六七八九十一"},
     {"words": ["This can have at most 10 characters; it has 11. Shorten it a little."]}),
    ("eleven of a rare kind", {"words": "𠮷" * 11},
     {"words": ["This can have at most 10 characters; it has 11. Shorten it a little."]}),
    ("a number of another shape", {"number": "123"}, {"number": ["Four to six digits."]}),
    ("letters for digits", {"number": "12E4"}, {"number": ["Four to six digits."]}),
    ("no number where none is needed", {"number": ""}, {}),
    ("a choice that was not offered", {"one": "c"}, {"one": ["Choose one."]}),
    ("a tick that was not offered", {"some": ["a", "c"]}, {"some": ["Tick some."]}),
    ("a whole day", day("2026", "11", "24"), {}),
    ("no day", day(), {}),
    ("a day without its month", day("2026", "", "24"),
     {"day": ["A date needs a year, a month and a day. One of them is missing."]}),
    ("the thirtieth of February", day("2026", "2", "30"), {"day": ["There is no such day. Write it in digits, like 2026, 11, 24."]}),
    ("a month in words", day("2026", "Nov", "24"), {"day": ["There is no such day. Write it in digits, like 2026, 11, 24."]}),
    ("year nought", day("0", "1", "1"), {"day": ["There is no such day. Write it in digits, like 2026, 11, 24."]}),
    ("a year far away", day("99999", "1", "1"), {"day": ["There is no such day. Write it in digits, like 2026, 11, 24."]}),
    ("a fraction", day("2026", "11", "24.5"), {"day": ["There is no such day. Write it in digits, like 2026, 11, 24."]}),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "said"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_answered_with_one_sentence(fields, said):
    assert errors(**fields) == said


@pytest.mark.parametrize(
    "typed_in", ["1234", "１２３４", "12 34", "12-34", "12–34", "1·2·3·4", " 12.34 ", "1\u30002－34"]
)
def test_a_number_is_read_however_it_is_grouped(typed_in):
    form = Asked(typed(number=typed_in))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["number"] == "1234"


def test_a_letter_in_a_number_is_a_capital():
    form = Asked(typed(number="123x"))
    assert form.is_valid()
    assert form.cleaned_data["number"] == "123X"


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 28))
def test_every_day_can_be_typed_in_wide_digits_too(year, month, number):
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    form = Asked(typed(**day(str(year).translate(wide), f"{month:02}", f" {number} ")))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(year, month, number)


@given(st.text(max_size=3), st.text(max_size=3), st.text(max_size=3))
def test_whatever_is_typed_for_a_day_is_answered(year, month, number):
    form = Asked(typed(**day(year, month, number)))
    assert form.is_valid() or set(form.errors) == {"day"}


def test_a_day_that_is_known_stands_in_its_three_boxes():
    shown = str(Asked(initial={"day": date(2026, 11, 24)})["day"])
    assert [f'value="{part}"' in shown for part in (2026, 11, 24)] == [True] * 3
    assert "value=" not in str(Asked()["day"])


@given(st.text())
def test_only_wide_digits_become_others(text):
    assert plain_digits(text).translate(str.maketrans("0123456789", "０１２３４５６７８９")) == text.translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    )
    assert len(plain_digits(text)) == len(text)


def test_what_was_typed_is_shown_as_it_was_typed():
    form = Asked(typed(words="１２ ３４", number="１２-x"))
    assert not form.is_valid()
    assert 'value="１２-x"' in str(form["number"])
    assert 'value="１２ ３４"' in str(form["words"])


def test_no_browser_cuts_off_or_refuses_what_is_typed():
    shown = "".join(str(field) for field in Asked())
    assert "maxlength" not in shown
    assert " required" not in shown
    assert str(Option("B", "the second")) == "B"


def test_only_a_choice_can_be_offered_answers():
    form = Asked(typed(one="c"))
    form.offer("one", [("c", "C")])
    assert form.is_valid(), form.errors
    with pytest.raises(TypeError, match="words has no choices"):
        form.offer("words", [("c", "C")])


def sent(stamp: str, **fields) -> Sent:
    return Sent(typed(stamp=stamp, **fields))


def test_a_stamp_brings_its_key_back():
    shown = Sent()
    again = sent(shown.stamp)
    assert again.is_valid(), again.errors
    assert again.key == shown.key
    assert Sent().key != shown.key


def test_a_mistake_is_shown_with_the_same_key():
    """Or what was sent twice would count twice after a correction."""
    first = Sent()
    mistaken = sent(first.stamp, words="")
    assert not mistaken.is_valid()
    assert sent(mistaken.stamp).key == first.key


@pytest.mark.parametrize(
    "bent",
    [
        "", "nonsense", "a:b:c", "{stamp}x", " {stamp}", "test.send|{key}", "{foreign}", "{elsewhere}", "test.else|{rest}",
    ],
)  # fmt: skip
def test_a_stamp_that_is_not_ours_sends_nothing_and_keeps_what_was_typed(bent):
    good = Sent()
    stamps = {
        "stamp": good.stamp,
        "key": good.key,
        "rest": good.stamp.partition("|")[2],
        "foreign": Other().stamp,
        "elsewhere": TimestampSigner(salt="elsewhere").sign(f"test.send|{good.key}"),
    }
    form = sent(bent.format(**stamps), words="typed")
    assert not form.is_valid()
    assert form.non_field_errors() == [TOO_OLD]
    assert 'value="typed"' in str(form["words"])
    assert form.key != good.key
    assert sent(form.stamp).is_valid()


@pytest.mark.parametrize(
    ("age", "counts"), [(timedelta(hours=23, minutes=59), True), (timedelta(hours=24, seconds=2), False)]
)
def test_a_stamp_counts_for_a_day(age, counts):
    with time_machine.travel(county.MONDAY, tick=False) as now:
        stamp = Sent().stamp
        now.shift(age)
        form = sent(stamp)
        assert form.is_valid() is counts
        assert counts or form.non_field_errors() == [TOO_OLD]


@pytest.mark.parametrize(
    ("refused", "said"),
    [
        (MoveRefused("The case has ended.", why="ended"), "The case has ended. Open the page again"),
        (Refused(), None),
    ],
)
def test_a_refusal_stands_above_what_was_typed(refused, said):
    form = sent(Sent().stamp, words="typed")
    assert form.is_valid()
    form.refuse(refused)
    (shown,) = form.non_field_errors()
    assert shown.startswith(said or str(refused.said))
    assert shown == shown.strip()
    assert 'value="typed"' in str(form["words"])
