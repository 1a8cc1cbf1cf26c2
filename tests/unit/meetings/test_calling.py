"""A meeting is called for something, for a day to come, with a roll that can be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.foundation.plain import NotForThePublic, NotForTheRecord
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotAllowed, NotHere
from chengnuo.meetings import queries
from chengnuo.meetings.models import Meeting
from chengnuo.meetings.operations import calling, holding
from tests.factories import cases, county, meetings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, DAY = county.MONDAY, timedelta(days=1)


def test_the_committee_calls_it_and_everybody_finds_it():
    meeting = meetings.called()
    assert (meeting.status, meeting.holder.key, meeting.notice_days) == ("called", cases.DESK, 12)
    assert [item.words for item in meeting.agenda.all()] == ["报告收支", "卫生费"]
    assert queries.of_place(county.village().pk, most=5) == [meeting]
    assert queries.by_number(meeting.number) == meeting


@pytest.mark.parametrize(
    "said",
    [
        {"roll": {"adults": 10, "households": 5}},
        {"roll": {"adults": 0, "households": 0, "representatives": 3}},
        {"roll": {"adults": -1, "households": 5, "representatives": 3}},
        {"demanded_by": "adults", "demanded": 813},
        {"demanded_by": "households", "demanded": 5},
        {"demanded_by": "adults"},
        {"demanded": 90},
    ],
)
def test_a_roll_that_cannot_be_is_refused(said):
    with pytest.raises(calling.RollUnfit):
        meetings.called(**said)


def test_a_part_is_no_larger_than_its_whole():
    with pytest.raises(calling.RollUnfit):
        meetings.called(sort=meetings.REPRESENTATIVES, roll={"members": 45, "representatives": 46, "women": 16})


def test_bad_calls_are_refused_and_nothing_is_kept():
    for refusal, said in (
        (calling.NothingToDiscuss, {"agenda": ["", "  "]}),
        (calling.Bygone, {"begins_at": NOW}),
        (NotForThePublic, {"where": "三组5号张家"}),
        (NotForThePublic, {"agenda": ["请联系13800138000"]}),
        (NotForTheRecord, {"agenda": ["报告谁怀孕了"]}),
    ):
        with pytest.raises(refusal):
            meetings.called(**said)
    assert not Meeting.objects.exists()


def test_another_day_is_a_new_call_whose_notice_counts_from_now_on():
    meeting = meetings.called()
    changed = meetings.does(
        calling.change, meeting=meeting.pk, begins_at=NOW + 15 * DAY, where="村小学", at=NOW + 9 * DAY
    )
    assert (changed.where, changed.notice_days) == ("村小学", 6)
    with pytest.raises(MoveRefused):
        meetings.does(calling.change, meeting=meeting.pk, begins_at=NOW + 40 * DAY, where="村小学", at=NOW + 16 * DAY)


def test_a_meeting_that_was_called_off_is_never_held():
    meeting = meetings.called()
    assert meetings.does(calling.call_off, meeting=meeting.pk).status == "called_off"
    with pytest.raises(MoveRefused):
        meetings.does(holding.hold, meeting=meeting.pk, present=meetings.PRESENT[meetings.ASSEMBLY], at=NOW + 13 * DAY)


def test_sending_the_call_twice_calls_once():
    key = "0193a000-0000-7000-8000-000000000001"
    meetings.called(key=key)
    with pytest.raises(AlreadyReceived):
        meetings.called(key=key)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    "post", [cases.TOWNSHIP_HEAD, cases.BUREAU_HEAD, f"{county.VILLAGE}.supervisor", "health-bureau.auditor"]
)
def test_nobody_above_calls_the_village_together(post):
    with pytest.raises(NotAllowed):
        meetings.called(post=post)


@pytest.mark.parametrize("post", [cases.TOWNSHIP_HEAD, f"{cases.ELSEWHERE}.desk"])
def test_nobody_else_has_a_move_in_it(post):
    meeting = meetings.called()
    with pytest.raises((NotHere, NotAllowed)):
        meetings.does(calling.call_off, meeting=meeting.pk, post=post)
