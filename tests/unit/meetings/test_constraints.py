"""What the database itself refuses of meetings, whoever asks it; and that no table of them could take a name or a document."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from chengnuo.meetings.models import AgendaItem, Confirmation, Correction, Meeting, Resolution
from chengnuo.meetings.operations import calling, minuting, resolving
from tests.factories import cases, county, meetings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW, DAY = county.MONDAY, timedelta(days=1)


def refused(row, **wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**wrong)


def called_off():
    return meetings.does(calling.call_off, meeting=meetings.called().pk)


def closed():
    return meetings.closed(meetings.held())


def up():
    meeting = closed()
    return meetings.does(minuting.put_up, meeting=meeting.pk, at=meeting.closed_at)


def asked():
    meeting = meetings.held()
    made = meetings.resolved(meeting, asks=meetings.ASKED)
    meetings.closed(meeting)
    return Resolution.objects.get(pk=made.pk)


def answered():
    found = asked()
    said = {"resolution": found.pk, "reply": "四月二十日到村里体检。", "post": cases.BUREAU_DESK}
    return meetings.does(resolving.answer, at=found.asked_at + DAY, **said)


@pytest.mark.parametrize("wrong", [{"present": {"adults": 1, "households": 1}}, {"held_at": NOW}, {"status": "held"}])
@pytest.mark.parametrize("bring", [meetings.called, called_off])
def test_what_was_not_held_has_no_counts(bring, wrong):
    refused(bring(), **wrong)


@pytest.mark.parametrize("wrong", [{"held_at": None}, {"status": "called"}, {"status": "called_off"}])
@pytest.mark.parametrize("bring", [meetings.held, closed, up])
def test_what_was_held_keeps_its_counts(bring, wrong):
    refused(bring(), **wrong)


@pytest.mark.parametrize("wrong", [{"closed_at": None}, {"minutes": ""}])
@pytest.mark.parametrize("bring", [closed, up])
def test_closed_minutes_are_there_with_their_instant(bring, wrong):
    refused(bring(), **wrong)


def test_what_hangs_has_its_instant():
    refused(up(), put_up_at=None)
    refused(closed(), status="up")


@pytest.mark.parametrize("wrong", [{"demanded_by": "adults"}, {"demanded": 90}, {"demanded": -1}])
def test_nobody_asked_for_a_meeting_without_being_counted(wrong):
    refused(meetings.called(), **wrong)


@pytest.mark.parametrize("wrong", [{"demanded_by": ""}, {"demanded": 0}])
def test_whoever_asked_for_a_meeting_stays_counted(wrong):
    refused(meetings.called(demanded_by="adults", demanded=90), **wrong)


def test_no_two_meetings_have_one_number():
    first, second = meetings.called(), meetings.called()
    refused(second, number=first.number)


def test_an_agenda_has_one_line_a_place():
    _first, second = meetings.called().agenda.all()
    refused(second, order=1)


def test_a_meeting_has_one_resolution_a_place():
    meeting = meetings.held()
    meetings.resolved(meeting)
    refused(meetings.resolved(meeting), order=1)


@pytest.mark.parametrize("wrong", [{"is_taken_up": True}, {"reply": "是。"}, {"answered_at": NOW}])
def test_a_correction_that_waits_has_no_answer(wrong):
    refused(meetings.correction(meetings.drafted(meetings.held())), **wrong)


@pytest.mark.parametrize("wrong", [{"answered_at": None}, {"is_taken_up": None}, {"reply": ""}])
def test_a_correction_that_was_declined_has_its_instant_and_its_reason(wrong):
    meeting = meetings.drafted(meetings.held())
    said = {"correction": meetings.correction(meeting).pk, "is_taken_up": False, "reply": "与录音一致。"}
    refused(meetings.does(minuting.answer_correction, at=meeting.held_at + 2 * DAY, **said), **wrong)


@pytest.mark.parametrize("missing", ["office", "holder", "answer_by"])
def test_whoever_is_asked_is_asked_by_a_day_and_a_day_is_for_somebody(missing):
    refused(meetings.resolved(meetings.held(), asks=meetings.ASKED), **{missing: None})


@pytest.mark.parametrize("more", [{}, {"asked_at": NOW}])
def test_a_resolution_that_asks_nobody_is_never_asked(more):
    refused(meetings.resolved(meetings.held()), status="asked", **more)


@pytest.mark.parametrize(
    ("bring", "wrong"),
    [
        (asked, {"asked_at": None}),
        (asked, {"status": "answered"}),
        (asked, {"status": "answered", "answered_at": NOW}),
        (answered, {"answered_at": None}),
        (answered, {"reply": ""}),
        (answered, {"status": "read"}),
    ],
)
def test_no_resolution_stands_further_than_it_came(bring, wrong):
    refused(bring(), **wrong)


@pytest.mark.parametrize("votes", ["ayes", "noes", "abstentions"])
def test_nobody_votes_less_than_not_at_all(votes):
    refused(meetings.resolved(meetings.held()), **{votes: -1})


def test_a_row_of_law_is_confirmed_once_and_by_a_text():
    meetings.confirmed("meetings.villagers_assembly_notice", "meetings.villagers_assembly_majority")
    one, other = Confirmation.objects.order_by("parameter")
    refused(one, source="")
    refused(other, parameter=one.parameter, value=one.value)
    Confirmation.objects.filter(pk=other.pk).update(parameter=one.parameter, place="420526")


def test_what_a_meeting_needs_is_not_deleted_from_under_it():
    meeting = answered().meeting
    meetings.drafted(other := meetings.held(at=NOW + DAY))
    for needed in (meeting, meeting.office, meeting.holder, meetings.correction(other).meeting):
        with pytest.raises(ProtectedError), transaction.atomic():
            needed.delete()


def test_no_column_could_take_a_document_and_only_minutes_have_no_end():
    tables = (Meeting, AgendaItem, Correction, Resolution, Confirmation)
    fields = [field for model in tables for field in model._meta.concrete_fields]
    assert not [field for field in fields if isinstance(field, models.FileField | models.BinaryField)]
    assert {field.name for field in fields if isinstance(field, models.TextField)} == {"minutes"}
    assert {field.name for field in fields if isinstance(field, models.JSONField)} == {"roll", "present"}
    assert not [field.name for field in fields if "name" in field.name or "phone" in field.name]
