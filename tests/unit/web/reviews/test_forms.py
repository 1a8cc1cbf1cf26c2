"""What is typed on the pages of the yearly review and of money asked back: read as it was meant, or answered with a sentence."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from chengnuo.foundation.actor import visitor
from chengnuo.reviews.lifecycle import ENDING
from chengnuo.reviews.models import How
from chengnuo.web.awards.pages import End
from chengnuo.web.money.recoveries import AskBack, Instalments, Kept, Received
from chengnuo.web.reviews import forms
from chengnuo.web.reviews.letter import said_in_letter
from tests.factories import county, money, reviews

SAME: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def filled(kind, said, programme=money.PROGRAMME):
    form = kind(None)
    stamped = kind({"stamp": form.stamp} | said)
    if hasattr(stamped, "slots") or issubclass(kind, forms.Anew):
        stamped.fill(SimpleNamespace(award=SimpleNamespace(programme=programme)), visitor())
    return stamped


def told(form):
    return " ".join(str(each) for errors in form.errors.values() for each in errors)


@pytest.mark.django_db
def test_only_what_is_otherwise_is_read_and_in_the_shape_of_its_question(monday):
    read = {
        "nothing": ({}, SAME),
        "blanks": ({"person__rural": "", "person__spouse_rural": ""}, SAME),
        "a truth": ({"person__rural": "no"}, {"person": {"rural": False}}),
        "what does not apply": ({"person__spouse_rural": "none"}, {"person": {"spouse_rural": "none"}}),
        "not known": ({"person__rural": "?"}, SAME),
        "a day in Chinese digits": (
            {"person__born_year": "一九六一", "person__born_month": "５", "person__born_day": "1日"},
            {"person": {"born": "1961-05-01"}},
        ),
        "two": (
            {"person__rural": "yes", "person__spouse_rural": "no"},
            {"person": {"rural": True, "spouse_rural": False}},
        ),
        # what is never asked is not read, whoever sends it
        "children": ({"person__children_ever": "3", "person__rural": "no"}, {"person": {"rural": False}}),
        "a death": ({"person__died_year": "2026", "person__died_month": "1", "person__died_day": "1"}, SAME),
    }
    for name, (said, facts) in read.items():
        form = filled(forms.Anew, said)
        assert form.is_valid(), (name, told(form))
        assert form.cleaned_data == {"facts": facts, "how": How.CODE}, name


@pytest.mark.django_db
def test_what_cannot_be_a_fact_is_answered_with_a_sentence(monday):
    wrong = {
        "no such answer": {"person__rural": "perhaps"},
        "no such day": {"person__born_year": "1961", "person__born_month": "13", "person__born_day": "1"},
        "a part of a day": {"person__born_year": "1961"},
        "a birth to come": {"person__born_year": "2030", "person__born_month": "1", "person__born_day": "1"},
    }
    for name, said in wrong.items():
        form = filled(forms.Anew, said)
        assert not form.is_valid(), name
        assert told(form).rstrip().endswith("."), (name, told(form))


def test_at_the_desk_it_says_how_the_answer_came():
    for how in ("counter", "paper"):
        form = filled(forms.HowForm, {"how": how})
        assert form.is_valid()
        assert form.cleaned_data == {"how": how}
    for how in ("", "code", "dream"):
        form = filled(forms.HowForm, {"how": how})
        assert told(form) == "Choose how the answer came."


def test_an_end_names_its_reason_and_its_day():
    day = {"on_year": "2026", "on_month": "2", "on_day": "10"}
    form = filled(forms.Ends, {"change": "move"} | day)
    assert form.is_valid()
    assert form.cleaned_data == {"change": "move", "on": date(2026, 2, 10), "how": How.CODE}
    form = filled(forms.EndsAtDesk, {"change": "death", "how": "paper"} | day)
    assert form.is_valid()
    assert form.cleaned_data == {"change": "death", "on": date(2026, 2, 10), "how": "paper"}
    for said, sentence in (
        ({"change": "birth"} | day, "Choose one of the three."),
        ({"change": "facts"} | day, "Choose one of the three."),
        ({"change": "move"}, "Write the day."),
        ({"change": "move"} | day | {"on_month": "14"}, "There is no such day."),
    ):
        assert sentence in told(filled(forms.Ends, said)), said


def test_what_ends_an_award_is_offered_everywhere_and_nothing_else():
    """A reason without a word of its own would be missing on a page, and nobody would notice."""
    asked = (forms.Ends.base_fields["change"], forms.EndsAtDesk.base_fields["change"], End.base_fields["ending"])
    assert [sorted(dict(field.choices)) for field in asked] == [sorted(ENDING)] * 3


def test_a_contact_has_five_outcomes_and_no_words():
    outcomes = ("not_reached", "letter_left", "will_answer", "help_wanted", "leave_alone")
    assert all(filled(forms.Contacted, {"outcome": each}).is_valid() for each in outcomes)
    for said in ("", "she was out, the neighbour says", "pregnant"):
        assert told(filled(forms.Contacted, {"outcome": said})) == "Choose one of the five."
    assert set(forms.Contacted.base_fields) == {"outcome"}
    assert set(forms.Otherwise.base_fields) == {"difference"}
    assert told(filled(forms.Otherwise, {"difference": "births"})) == "Choose what is otherwise."


def test_money_that_is_asked_back_is_typed_in_yuan_and_over_months():
    form = AskBack({"stamp": AskBack(None).stamp, "year": "2026", "fen": "12.50", "why": "less", "reasons": "多发"})
    form.offer("year", [("2026", "2026")])
    assert form.is_valid(), told(form)
    assert (form.cleaned_data["year"], form.cleaned_data["fen"]) == (2026, 1250)
    for kind, field in ((AskBack, "fen"), (Received, "fen")):
        for typed in ("", "a lot", "-5", "1.234"):
            bad = kind({"stamp": kind(None).stamp, field: typed})
            assert field in bad.errors, (kind, typed)
    for typed, fine in (("1", True), ("６０", True), ("", False), ("x", False), ("600", False)):
        form = Instalments({"stamp": Instalments(None).stamp, "instalments": typed})
        assert form.is_valid() is fine, typed
    form = Kept({"stamp": Kept(None).stamp, "instalments": "3", "answer": ""})
    assert told(form) == "Write your reasons."


def test_without_a_stamp_of_its_own_nothing_is_done():
    stamps = {"": "open for more than a day", Received(None).stamp: "open for more than a day"}
    for stamp, sentence in stamps.items():
        form = forms.Contacted({"stamp": stamp, "outcome": "will_answer"})
        assert sentence in told(form)


@pytest.mark.django_db
def test_the_letter_names_nobody_and_no_programme_in_any_script(monday):
    review = reviews.again(reviews.reviewed())
    for language in ("zh-hans", "zh-hant", "en"):
        with translation.override(language):
            said = str(said_in_letter(review) | {"qr": ""})
        for never in (
            "欧阳桂兰",
            "奖励",
            "獎勵",
            "计划生育",
            "計劃生育",
            "incentive",
            county.village().name.hans,
            "960",
        ):
            assert never not in said, (language, never)
        assert "/review/" in said
    with translation.override("en"):
        said = said_in_letter(review)
    assert len(said["code"].replace(" ", "")) == 16
    assert "If you do not answer, it goes on too." in said["says"]
    assert said["boxes"][0] == "Nothing has changed."
