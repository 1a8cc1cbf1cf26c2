"""Minutes: written, corrected by those who were there, closed, put up; and what a meeting asks of an office, to its end."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.core.deadlines import last_day
from chengnuo.foundation import files
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.plain import NotForThePublic
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.meetings import queries
from chengnuo.meetings.models import Correction, Resolution
from chengnuo.meetings.operations import ending, holding, minuting, resolving
from chengnuo.people.models import Office
from chengnuo.promises.models import Duty
from tests.factories import cases, county, meetings, photos

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY = timedelta(days=1)
BUREAU = cases.BUREAU_DESK


def duty(about, kind: str) -> Duty:
    return Duty.objects.get(subject_id=about.pk, kind=kind, parent=None)


def test_minutes_are_owed_from_the_meeting_on_and_ended_by_the_board():
    meeting = meetings.held()
    assert duty(meeting, "minutes_up").promise.promise.key == "minutes-up"
    closed = meetings.closed(meeting)
    up = meetings.does(minuting.put_up, meeting=meeting.pk, at=closed.closed_at)
    assert (up.status, duty(meeting, "minutes_up").outcome) == ("up", "kept")


def test_minutes_wait_for_those_who_were_there():
    meeting = meetings.held()
    with pytest.raises(MoveRefused, match="Nothing stands in the minutes"):
        meetings.does(minuting.close, meeting=meeting.pk, at=meeting.held_at)
    meetings.drafted(meeting)
    with pytest.raises(MoveRefused, match="may still ask for a correction"):
        meetings.does(minuting.close, meeting=meeting.pk, at=meeting.held_at + 3 * DAY)
    asked = meetings.correction(meeting, by=visitor())
    with pytest.raises(MoveRefused, match="waits for its answer"):
        meetings.does(minuting.close, meeting=meeting.pk, at=meeting.held_at + 4 * DAY)
    said = {"correction": asked.pk, "is_taken_up": False, "reply": "记录与录音一致。"}
    meetings.does(minuting.answer_correction, at=meeting.held_at + 2 * DAY, **said)
    assert meetings.does(minuting.close, meeting=meeting.pk, at=meeting.held_at + 4 * DAY).status == "closed"
    with pytest.raises(NotHere):
        meetings.does(minuting.answer_correction, at=meeting.held_at + 2 * DAY, **said | {"key": uuid4()})


@pytest.mark.parametrize(
    "said", [{"word": "BCDFGH"}, {"word": ""}, {"word": "卫生费"}, {"line": 0}, {"line": 215}, {"line": -3}]
)
def test_whoever_was_not_there_corrects_nothing(said):
    meeting = meetings.drafted(meetings.held())
    with pytest.raises(minuting.NotThere):
        meetings.correction(meeting, by=visitor(), **said)
    assert not Correction.objects.exists()


def test_the_word_is_that_of_one_meeting_and_stands_nowhere():
    some, other = meetings.held(), meetings.held(at=county.MONDAY + DAY)
    assert queries.word_of(some) != queries.word_of(other)
    assert queries.word_of(some) == queries.word_of(meetings.again(some))


def test_nothing_is_written_or_decided_any_more_once_they_are_closed():
    meeting = meetings.closed(meetings.held())
    with pytest.raises(MoveRefused):
        meetings.drafted(meeting)
    with pytest.raises(MoveRefused):
        meetings.resolved(meeting)
    with pytest.raises(MoveRefused):
        meetings.correction(meeting, by=visitor())


def test_minutes_name_nobody():
    meeting = meetings.held()
    with pytest.raises(NotForThePublic):
        meetings.does(minuting.draft, meeting=meeting.pk, minutes="请打13800138000", at=meeting.held_at)


def test_what_a_valid_meeting_asks_becomes_a_duty_by_the_day_that_it_named():
    meeting = meetings.held()
    asked = meetings.resolved(meeting, asks=meetings.ASKED)
    meetings.closed(meeting)
    owed = duty(asked, "meeting_reply")
    assert (owed.holder.key, owed.promise.promise.key) == (BUREAU, "reply-to-meeting")
    assert last_day(owed.due_at) == asked.answer_by
    told = meetings.does(
        resolving.answer, resolution=asked.pk, reply="四月二十日到村里体检。", post=BUREAU, at=owed.opened_at + DAY
    )
    assert (told.status, duty(asked, "meeting_reply").outcome) == ("answered", "kept")
    after = meetings.called(at=owed.opened_at + 2 * DAY)
    assert queries.to_read_out(after) == [told]
    later = meetings.does(
        holding.hold, meeting=after.pk, present=meetings.PRESENT[meetings.ASSEMBLY], at=after.begins_at + DAY
    )
    read = Resolution.objects.get(pk=asked.pk)
    assert (read.status, read.read_in_id) == ("read", later.pk)


def test_minutes_that_were_closed_after_the_day_leave_the_office_its_usual_time():
    meeting = meetings.held()
    asked = meetings.resolved(meeting, asks=meetings.ASKED, by_day=(meeting.held_at + 2 * DAY).date())
    meetings.closed(meeting)
    assert duty(asked, "meeting_reply").deadline == "working_days(20)"


@pytest.mark.parametrize("votes", [{"ayes": 107}, {"ayes": 20, "noes": 190}, {"ayes": 0, "noes": 0}])
def test_what_was_not_adopted_asks_nobody(votes):
    meeting = meetings.held()
    asked = meetings.resolved(meeting, asks=meetings.ASKED, **votes)
    meetings.closed(meeting)
    assert not Duty.objects.filter(subject_id=asked.pk).exists()
    with pytest.raises(queries.NotValid):
        queries.usable(asked.pk)


def test_a_meeting_that_was_not_valid_asks_nobody_and_no_later_step_rests_upon_it():
    meetings.confirmed()
    meeting = meetings.held(present={"adults": 400, "households": 200})
    asked = meetings.resolved(meeting, asks=meetings.ASKED, ayes=390, noes=0)
    meetings.closed(meeting)
    assert not Duty.objects.filter(subject_id=asked.pk).exists()
    with pytest.raises(queries.NotValid):
        queries.usable(asked.pk)


def test_a_decision_is_used_once_its_minutes_are_closed():
    meeting = meetings.held()
    decided = meetings.resolved(meeting)
    with pytest.raises(queries.NotValid):
        queries.usable(decided.pk)
    meetings.closed(meeting)
    assert queries.usable(decided.pk) == decided


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (resolving.MoreVotesThanPeople, {"ayes": 215, "noes": 0}),
        (resolving.MoreVotesThanPeople, {"ayes": 150, "noes": -20}),
        (resolving.NoSuchDay, {"asks": meetings.ASKED, "by_day": county.MONDAY.date()}),
        (resolving.NobodyToAsk, {"answer_by": county.MONDAY.date()}),
        (NotHere, {"office": uuid4(), "answer_by": (county.MONDAY + 30 * DAY).date()}),
    ],
)
def test_bad_decisions_are_refused(refusal, said):
    meeting = meetings.held()
    with pytest.raises(refusal):
        meetings.resolved(meeting, **said)
    assert not Resolution.objects.exists()


def test_only_the_office_that_was_asked_answers():
    meeting = meetings.held()
    asked = meetings.resolved(meeting, asks=meetings.ASKED)
    meetings.closed(meeting)
    for post in (cases.DESK, "civil-affairs.desk", cases.CITY_HEAD):
        with pytest.raises((NotHere, NotAllowed)):
            meetings.does(resolving.answer, resolution=asked.pk, reply="好", post=post)


def test_a_page_of_the_list_is_sealed_seen_by_the_committee_alone_and_erased_in_time():
    meeting = meetings.held()
    meetings.does(holding.photograph, meeting=meeting.pk, photo=photos.made(), at=meeting.held_at)
    page = StoredFile.objects.get(owner_id=meeting.pk)
    mine = county.officer(cases.HEAD, at=meeting.held_at)
    assert queries.page_of(mine, meeting.pk, page.pk) == page
    assert files.content(page, by=mine, reason="list of attendance").startswith(b"\xff\xd8\xff")
    for post in (cases.TOWNSHIP_HEAD, cases.BUREAU_HEAD):
        with pytest.raises(NotHere):
            queries.page_of(county.officer(post), meeting.pk, page.pk)
    assert ending.end_due(at=meeting.held_at + 3640 * DAY) == 0
    assert ending.end_due(at=meeting.held_at + 3660 * DAY) == 1
    assert not StoredFile.objects.exists()


def test_a_closed_office_owes_no_answer():
    meeting = meetings.held()
    asked = meetings.resolved(meeting, asks=meetings.ASKED)
    meetings.closed(meeting)
    at = meeting.held_at + 6 * DAY
    Office.objects.filter(pk=asked.office_id).update(closed_on=at.date())
    assert ending.end_due(at=at) == 1
    assert Resolution.objects.get(pk=asked.pk).status == "let_go"
    assert duty(asked, "meeting_reply").outcome == "discharged"


def test_a_decision_that_was_entered_late_has_its_own_days_for_corrections():
    meeting = meetings.drafted(meetings.held())
    later = meeting.held_at + 5 * DAY
    meetings.does(resolving.resolve, meeting=meeting.pk, words="修路", ayes=150, noes=0, abstentions=0, at=later)
    with pytest.raises(MoveRefused, match="may still ask for a correction"):
        meetings.does(minuting.close, meeting=meeting.pk, at=later)
    assert meetings.does(minuting.close, meeting=meeting.pk, at=later + 4 * DAY).status == "closed"


@pytest.mark.parametrize("words", ["不参加集体劳动的，每户罚款200元。", "出嫁的女儿不分土地补偿款。"])
def test_what_the_law_forbids_stands_in_the_minutes_and_is_of_no_use(words):
    meeting = meetings.held()
    decided = meetings.resolved(meeting, words=words, asks=meetings.ASKED)
    assert decided.unlawful
    meetings.closed(meeting)
    assert not Duty.objects.filter(subject_id=decided.pk).exists()
    with pytest.raises(queries.NotValid):
        queries.usable(decided.pk)


def test_the_committee_corrects_nothing_in_the_name_of_those_who_were_there():
    meeting = meetings.drafted(meetings.held())
    with pytest.raises(NotHere):
        meetings.correction(meeting, by=county.officer(cases.DESK))
    assert meetings.correction(meeting, by=county.officer(cases.TOWNSHIP_DESK)).line == 7, "any other counter does"


def test_a_correction_that_names_somebody_is_answered_without_its_words():
    meeting = meetings.drafted(meetings.held())
    asked = meetings.correction(meeting, words="王小明没有到会。")
    said = {"correction": asked.pk, "is_taken_up": False, "reply": "写了别人的姓名。", "is_hidden": True}
    meetings.does(minuting.answer_correction, at=meeting.held_at + 2 * DAY, **said)
    asked.refresh_from_db()
    assert (asked.words, asked.is_taken_up, asked.reply) == ("", False, "写了别人的姓名。")


def test_nothing_is_declined_without_a_reason():
    meeting = meetings.drafted(meetings.held())
    said = {"correction": meetings.correction(meeting).pk, "is_taken_up": False, "reply": "  "}
    with pytest.raises(minuting.ReasonMissing):
        meetings.does(minuting.answer_correction, at=meeting.held_at + 2 * DAY, **said)


def test_an_office_is_not_bound_by_a_day_that_is_nearly_over_when_it_is_asked():
    meeting = meetings.held()
    asked = meetings.resolved(meeting, asks=meetings.ASKED, by_day=(meeting.held_at + 9 * DAY).date())
    meetings.closed(meeting)
    assert duty(asked, "meeting_reply").deadline == "working_days(20)"


def test_a_group_of_the_village_reads_its_own_answers():
    roll, present = {"adults": 40, "households": 15}, {"adults": 30, "households": 12}
    told = {"sort": "village-group", "roll": roll, "group": "三组"}
    meeting = meetings.does(
        holding.hold,
        meeting=meetings.called(**told).pk,
        present=present,
        at=meetings.BEGINS,
    )
    asked = meetings.resolved(meeting, ayes=28, noes=0, asks=meetings.ASKED)
    meetings.closed(meeting)
    at = meeting.held_at + 6 * DAY
    meetings.does(resolving.answer, resolution=asked.pk, reply="四月体检。", post=BUREAU, at=at)
    other, same = meetings.called(**told | {"group": "五组"}, at=at), meetings.called(**told, at=at)
    assert queries.to_read_out(other) == []
    assert [each.pk for each in queries.to_read_out(same)] == [asked.pk]
