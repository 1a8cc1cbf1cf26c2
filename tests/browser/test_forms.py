"""Forms: one clear sentence a mistake, wide digits, and a stamp that makes sending twice count once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.privacy import band
from chengnuo.web import words
from chengnuo.web.fields import plain_digits
from tests.browser.gallery.urls import GalleryForm, SendForm

WIDE = "０１２３４５６７８９"
GOOD = "name=王强&phone=138 0000-0000&channel=phone&since_year=２０２６&since_month=2&since_day=28&agree=on"


def sent(text: str, **more: str) -> GalleryForm:
    data = QueryDict(text, mutable=True)
    data.update({"stamp": GalleryForm().stamp, **more})
    return GalleryForm(data)


def test_a_good_answer_comes_back_clean():
    form = sent(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == "13800000000"
    assert form.cleaned_data["since"] == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "  ", "Write your name"),
        ("phone", "1380000", "A mobile number has 11 digits"),
        ("words", "很" * 21, "This can have at most 20 characters; it has 21. Shorten it a little."),
        ("channel", "drum", "Choose how we shall answer"),
        ("papers", "crown", "Choose what you have"),
        ("since_day", "30", "There is no such day. Write it in digits, like 2026, 11, 24."),
        ("since_month", "", "A date needs a year, a month and a day. One of them is missing."),
    ],
)
def test_a_mistake_gets_one_clear_sentence(field, typed, sentence):
    form = sent(GOOD)
    form.data[field] = typed
    said = [each for errors in form.errors.values() for each in errors]
    assert said == [sentence]


@given(st.text())
def test_only_wide_digits_change(text):
    read = plain_digits(text)
    assert len(read) == len(text)
    assert all(new == old or (old in WIDE and new == str(WIDE.index(old))) for old, new in zip(text, read, strict=True))


def test_the_same_stamp_brings_the_same_key_back():
    shown = GalleryForm()
    first, second = (sent(GOOD, stamp=shown.stamp) for _time in range(2))
    assert first.is_valid()
    assert second.is_valid()
    assert first.key == second.key == shown.key


@pytest.mark.parametrize("stamp", ["", "x", SendForm().stamp, GalleryForm().stamp[:-1] + "!"])
def test_a_foreign_stamp_sends_nothing_and_gets_a_fresh_one(stamp):
    form = sent(GOOD, stamp=stamp)
    assert not form.is_valid()
    assert list(form.errors) == ["__all__"]
    assert sent(GOOD, stamp=form.stamp).is_valid()


def test_a_stamp_is_good_for_a_day():
    stamp = GalleryForm().stamp
    with time_machine.travel(timedelta(hours=23)):
        assert sent(GOOD, stamp=stamp).is_valid()
    with time_machine.travel(timedelta(hours=25)):
        assert not sent(GOOD, stamp=stamp).is_valid()


@pytest.mark.parametrize(
    ("count", "said"), [(0, "none"), (1, "1–4"), (4, "1–4"), (5, "5–9"), (19, "10–19"), (20, "20+")]
)
def test_a_count_is_shown_as_its_band(count, said):
    assert str(words.band(band(count)).text) == said


def test_a_code_is_shown_in_fours():
    assert words.in_fours("4205260117733917") == "4205 2601 1773 3917"
