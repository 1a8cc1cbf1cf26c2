"""The form of a draft: what a version says comes back as it was, money is typed in yuan, an emptied line is taken out."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.promises.models import PromiseVersion
from chengnuo.web.county.draft_fields import MOST_LINES, Count, LimitWidget, TimeLimit, count_of
from chengnuo.web.county.draft_form import Drafting
from chengnuo.web.fields import Yuan, in_yuan
from tests.factories.drafts import typed

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("said", "fen"),
    [
        ("0", 0),
        ("1200", 120_000),
        ("12.50", 1250),
        ("12.5", 1250),
        ("1,200.05", 120_005),
        ("１２", 1200),
        ("12元", 1200),
        (" 7 ", 700),
    ],
)
def test_money_is_typed_in_yuan_and_kept_in_fen(said, fen):
    assert Yuan(ask="?").clean(said) == fen


@pytest.mark.parametrize("said", ["-1", "1.234", "1.2.3", "twelve", "1e3", "9" * 12, ".", "1 000", "NaN"])
def test_what_is_no_money_is_said(said):
    with pytest.raises(ValidationError, match="Write yuan like"):
        Yuan(ask="?").clean(said)


@given(st.integers(0, 99_999_999_999))
def test_money_comes_back_as_it_was_typed(fen):
    assert Yuan(ask="?").clean(in_yuan(fen)) == fen


@pytest.mark.parametrize(("said", "count"), [("0", 0), ("45", 45), ("４５", 45), (" 3 ", 3)])
def test_a_count(said, count):
    assert Count(ask="?").clean(said) == count


@pytest.mark.parametrize("said", ["-1", "1.5", "many", "²", "1" * 30, "100001", "٣"])
def test_what_is_no_count_is_said(said):
    with pytest.raises(ValidationError, match="whole number from 0 to 100000"):
        Count(ask="?").clean(said)


@pytest.mark.parametrize("field", [Yuan(ask="Estimate it."), Count(ask="Estimate it.")])
@pytest.mark.parametrize("said", ["", "  ", None])
def test_nothing_is_asked_for_in_its_own_words(field, said):
    with pytest.raises(ValidationError, match=r"Estimate it\."):
        field.clean(said)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (["working_days", "5", "", ""], "working_days(5)"),
        (["calendar_days", " １５ ", "", ""], "calendar_days(15)"),
        (["rolling_days", "15", "", ""], "calendar_days(15, rolls)"),
        (["by", "", "3", "31"], "by(3, 31)"),
        (["month", "", "", ""], "every(month)"),
        (["quarter", "7", "1", ""], "every(quarter)"),
        (["at_once", "", "", ""], "at_once"),
    ],
)
def test_a_time_limit_is_chosen_and_comes_back_as_it_was_chosen(said, rule):
    assert TimeLimit(ask="?").clean(said) == rule
    assert TimeLimit(ask="?").clean([part or "" for part in map(str, LimitWidget().decompress(rule))]) == rule


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (["", "", "", ""], "Choose it"),
        (["", "5", "", ""], "Choose it"),
        (["soon", "5", "", ""], "Choose it"),
        (["working_days", "", "", ""], "How many days"),
        (["working_days", "0", "", ""], "How many days"),
        (["rolling_days", "1000", "", ""], "How many days"),
        (["calendar_days", "5) or (1", "", ""], "How many days"),
        (["by", "", "2", "30"], "By which day of the year"),
        (["by", "5", "", ""], "By which day of the year"),
    ],
)
def test_what_is_no_time_limit_is_said_in_its_own_words(said, why):
    with pytest.raises(ValidationError, match=why):
        TimeLimit(ask="Choose it.").clean(said)


@pytest.mark.parametrize(
    ("said", "count"), [("", 0), ("3", 3), ("999", MOST_LINES), ("-1", 0), ("x", 0), ("1" * 50, 0), ("²", 0)]
)
def test_how_many_lines_there_are_is_never_believed_beyond_reason(said, count):
    assert count_of(QueryDict(f"needs-count={said}"), "needs") == count


def version(key="old-age-allowance"):
    return PromiseVersion.objects.select_related("promise").get(promise__key=key, status="published")


def read(found, **changes):
    """What the form makes of everything typed as the version says it, with these changes."""
    return Drafting(typed(found, **changes), version=found)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["old-age-allowance", "medical-aid", "missing-list", "free-supplies", "childcare-place-enquiry"]
)
def test_what_a_version_says_comes_back_as_it_was(key):
    found = version(key)
    form = read(found)
    assert form.is_valid(), form.errors
    content = form.cleaned_data["content"]
    for name, value in content.items():
        before = getattr(found, name)
        before = [_plain(line) for line in before] if name in ("needs", "basis") else before
        before = _plain(before) if name == "provider" else before
        assert (value.to_dict() if hasattr(value, "to_dict") else _bare(value)) == (
            before.to_dict() if hasattr(before, "to_dict") else _bare(before)
        ), name


def _plain(line):
    return {key: _bare(value) for key, value in line.items()}


def _bare(value):
    """Without the mark of a reader, which the form does not ask for."""
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key != "reviewed"}
    return [_bare(each) for each in value] if isinstance(value, list) else value


@pytest.mark.django_db
def test_an_emptied_line_is_taken_out_and_a_new_one_gets_a_key():
    found = version()
    gone = {
        f"needs-0-{name}": ""
        for name in ("name_hans", "name_hant", "name_en", "why_hans", "why_hant", "why_en", "instead")
    }
    new = {f"needs-3-{name}": "新的" for name in ("name_hans", "name_hant", "why_hans", "why_hant", "why_en")}
    form = read(
        found,
        **gone,
        **new,
        **{"needs-3-name_en": "A new Paper", "needs-3-instead": "held", "needs-count": "4"},
    )
    assert form.is_valid(), form.errors
    assert [need["key"] for need in form.cleaned_data["content"]["needs"]] == [
        "household-book",
        "bank-card",
        "a-new-paper",
    ]


@pytest.mark.django_db
def test_two_papers_of_one_name_get_two_keys():
    found = version()
    form = read(found, **{"needs-1-key": "id-card", "needs-2-key": ""}, **{"needs-2-name_en": "ID card"})
    assert form.is_valid(), form.errors
    keys = [need["key"] for need in form.cleaned_data["content"]["needs"]]
    assert len(set(keys)) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"title_hant": ""}, "Fill this in, in this script too."),
        ({"begins_year": "", "begins_month": "", "begins_day": ""}, "Enter the first day."),
        ({"deadline_kind": "in a week"}, "A promise has a time limit."),
        ({"deadline_kind": "working_days", "deadline_days": "many"}, "How many days?"),
        ({"fee_fen": "free"}, "Write yuan like"),
        ({"words": " \n "}, "at least one word"),
        ({"staff_minutes": ""}, "Estimate it."),
        ({"cost_certainty": ""}, "Choose how sure these figures are."),
        ({"channels": []}, "Choose at least one way."),
        ({"channels": ["post"]}, "Choose at least one way."),
        ({"needs-1-why_en": ""}, "Papers and facts, line 2: Fill this in"),
        ({"needs-0-instead": ""}, "Papers and facts, line 1: Choose what does instead"),
        ({"basis-0-certainty": "Z"}, "What it rests on, line 1: Choose how sure"),
        ({"title_hans": "长" * 301}, "at most 300 characters"),
    ],
)
def test_every_slip_has_its_sentence(changes, why):
    form = read(version(), **changes)
    assert not form.is_valid()
    assert any(why in str(said) for errors in form.errors.values() for said in errors), form.errors


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "has", "lacks"),
    [
        ("old-age-allowance", "deadline", "telephone"),
        ("free-supplies", "telephone", "deadline"),
        ("missing-list", "deadline", "provider_name_hans"),
    ],
)
def test_a_kind_of_promise_is_asked_what_it_has(key, has, lacks):
    form = Drafting.of(version(key), begins=TODAY)
    assert has in form.fields
    assert lacks not in form.fields


@pytest.mark.django_db
def test_more_lines_are_added_without_judging_what_was_typed():
    found = version()
    form = Drafting.with_more(typed(found, more="needs", deadline_days="half-typed"), version=found)
    assert not form.is_bound
    assert form.initial["deadline"][1] == "half-typed"
    assert (form.needs.count, form.basis.count) == (5, 2)
    assert form.needs.forms[0].initial["name_hans"] == "身份证"
    assert form.needs.forms[4].initial == {}


@pytest.mark.django_db
def test_there_is_an_end_to_more_lines():
    found = version()
    form = Drafting.with_more(typed(found, more="needs", **{"needs-count": "20"}), version=found)
    assert form.needs.count == MOST_LINES
