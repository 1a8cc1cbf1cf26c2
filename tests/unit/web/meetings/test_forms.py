"""What is typed about a meeting: hours as people write them, an agenda by its lines, counts that can be; and what was typed is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.policies.meetings import meetings as kinds
from chengnuo.web.meetings import forms
from tests.factories import cases, county, meetings

WHEN = {"day_year": "2026", "day_month": "3", "day_day": "20", "hour": "19:30", "where": "村委会院内"}
ROLL = {"roll_adults": "812", "roll_households": "301", "roll_representatives": "36"}
CALL = WHEN | ROLL | {"agenda": "报告收支\n卫生费", "demanded_by": "", "demanded": ""}
WRONG_HOUR = "Write the hour like 9:00 or 19:30."


def typed(fields):
    query = QueryDict(mutable=True)
    query.update(fields)
    return query


def bound(form, fields, noun=None, **more):
    """The form of a page that was sent, filled as the page fills it."""
    made = form(typed(fields | {"stamp": form(None, **more).stamp}), **more)
    if noun is not None:
        made.fill(noun, county.officer(cases.DESK))
    return made


def call(sort=meetings.ASSEMBLY, **fields):
    return bound(forms.CallForm, CALL | fields, kind=kinds().kinds[sort])


@pytest.mark.parametrize(
    ("hour", "utc"),
    [
        ("19:30", (11, 30)),
        ("9:00", (1, 0)),
        ("09:05", (1, 5)),
        ("19.30", (11, 30)),
        ("９：３０", (1, 30)),
        ("9．30", (1, 30)),
        (" 8：15 ", (0, 15)),
        ("23:59", (15, 59)),
    ],
)
def test_an_hour_is_read_as_people_write_it_in_the_time_of_the_county(hour, utc):
    form = call(hour=hour)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["begins_at"] == datetime(2026, 3, 20, *utc, tzinfo=UTC)


@pytest.mark.parametrize(
    "hour", ["24:00", "9:60", "晚上七点", "9", "1930", "930", "19:30Z", "9:30:15", "-9:00", "9:3", ":::"]
)
def test_what_is_no_hour_is_answered_and_kept(hour):
    form = call(hour=hour)
    assert not form.is_valid()
    assert form.errors["hour"] == [WRONG_HOUR]
    assert f'value="{hour}"' in str(form["hour"])
    assert "begins_at" not in form.cleaned_data


@given(st.text(max_size=10))
def test_whatever_is_typed_for_an_hour_is_answered(hour):
    form = call(hour=hour)
    assert form.is_valid() or set(form.errors) == {"hour"}


def test_every_line_of_the_agenda_is_one_matter():
    form = call(agenda="报告收支\r\n\r\n卫生费\n")
    assert form.is_valid(), form.errors
    assert [line for line in form.cleaned_data["agenda"] if line.strip()] == ["报告收支", "卫生费"]


def test_a_line_that_is_too_long_is_said_and_not_cut_off():
    assert call(agenda="一" * 200).is_valid()
    form = call(agenda="卫生费\n" + "一" * 201)
    assert list(form.errors) == ["agenda"]
    assert "一" * 201 in str(form["agenda"])


@pytest.mark.parametrize("sort", kinds().kinds)
def test_each_kind_of_meeting_asks_for_its_own_counts(sort):
    kind = kinds().kinds[sort]
    form = forms.CallForm(kind=kind)
    assert [name.removeprefix("roll_") for name in form.fields if name.startswith("roll_")] == list(kind.counts)
    offered = [value for value, _label in form.fields["demanded_by"].choices] if kind.demand else []
    assert offered == (["", *kind.demand] if kind.demand else [])


@pytest.mark.parametrize("count", ["", "1.5e3", "三百", "1234567"])
def test_a_count_that_cannot_be_is_answered_and_kept(count):
    form = call(roll_adults=count)
    assert not form.is_valid()
    assert list(form.errors) == ["roll_adults"]
    assert f'value="{count}"' in str(form["roll_adults"]) or not count


def test_counts_are_read_in_wide_digits_and_nobody_is_nought():
    form = call(roll_adults="８１２", roll_representatives="0", demanded="")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["roll"] == {"adults": 812, "households": 301, "representatives": 0}
    assert form.cleaned_data["demanded"] == 0


def test_all_that_is_wrong_is_said_at_once_and_all_that_was_typed_stays():
    form = call(day_month="13", hour="x", where="", agenda="")
    assert set(form.errors) == {"day", "hour", "where", "agenda"}
    assert 'value="13"' in str(form["day"])
    assert 'value="812"' in str(form["roll_adults"])


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
class TestOfAMeeting:
    def test_a_change_begins_with_what_stands_in_the_county_s_time(self):
        form = forms.ChangeForm()
        form.fill(meetings.called(), county.officer(cases.DESK))
        assert (form.initial["day"].isoformat(), form.initial["hour"]) == ("2026-03-14", "10:00")
        assert form.initial["where"] == "村委会院内"

    def test_only_the_measures_by_which_it_can_be_valid_are_counted(self):
        form = bound(
            forms.HoldForm, {"came_adults": "１８０", "came_households": "0", "came_women": "9"}, meetings.called()
        )
        assert form.is_valid(), form.errors
        assert form.cleaned_data == {"present": {"adults": 180, "households": 0}}

    @pytest.mark.parametrize("count", ["", "很多"])
    def test_who_came_is_counted(self, count):
        form = bound(forms.HoldForm, {"came_adults": count, "came_households": "3"}, meetings.called())
        assert not form.is_valid()
        assert list(form.errors) == ["came_adults"]

    def test_the_minutes_begin_with_what_stands(self):
        form = forms.MinutesForm()
        form.fill(meetings.drafted(meetings.held()), county.officer(cases.DESK))
        assert form.initial["minutes"] == meetings.MINUTES

    def test_the_offices_above_and_those_of_the_county_may_be_asked_each_once(self):
        meeting, form = meetings.held(), forms.ResolveForm()
        form.fill(meeting, county.officer(cases.DESK))
        offered = [value for value, _label in form.fields["office"].choices]
        assert offered[:3] == ["", str(meeting.office_id), str(meeting.office.above_id)]
        assert len(offered) == len(set(offered))
        assert str(meetings.Office.objects.get(key=meetings.ASKED).pk) in offered

    def test_nobody_but_those_who_are_offered_is_asked(self):
        votes = {"words": "修路", "ayes": "150", "noes": "0", "abstentions": "0"}
        meeting = meetings.held()
        assert bound(forms.ResolveForm, votes | {"office": ""}, meeting).is_valid()
        assert list(bound(forms.ResolveForm, votes | {"office": str(uuid4())}, meeting).errors) == ["office"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"is_taken_up": "yes"}, []),
        ({"is_taken_up": "no", "reply": "与录音一致。"}, []),
        ({"is_taken_up": "no", "reply": " \u3000"}, ["reply"]),
        ({"is_taken_up": ""}, ["is_taken_up"]),
        ({"is_taken_up": "perhaps", "reply": "好"}, ["is_taken_up"]),
    ],
)
def test_nothing_is_declined_without_a_reason(fields, wrong):
    assert list(bound(forms.AnswerCorrection, fields).errors) == wrong


def test_whoever_corrects_writes_word_line_and_what_was_wrong():
    assert list(bound(forms.CorrectForm, {}).errors) == ["word", "line", "words"]
    form = bound(forms.CorrectForm, {"word": "bcdfgh", "line": "１２", "words": "是六十元。"})
    assert form.is_valid()
    assert form.cleaned_data == {"word": "bcdfgh", "line": 12, "words": "是六十元。"}
