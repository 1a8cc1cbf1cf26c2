"""In which days somebody is reminded, of what and once; and what lets a reminder go. Nobody loses anything by it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from chengnuo.benefits.models import Award, Claim, Due
from chengnuo.channels.models import Message
from chengnuo.core.instants import local_date, midnight
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.outreach import queries
from chengnuo.outreach.models import Reminder
from chengnuo.outreach.models.reminder import Told
from chengnuo.outreach.operations import reminding
from chengnuo.policies.windows import windows
from chengnuo.promises.models import Duty
from tests.factories import claims, county, messages, outreach
from tests.factories.outreach_situations import DECEMBER, award_not_renewed, reminder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY = outreach.DAY
ROW = windows()["rural-incentive"][-1]
CLOSES = date(2026, ROW.month, ROW.day)


def on(day, hour=10):
    """An hour of a day in the county."""
    return midnight(day) + timedelta(hours=hour)


def test_from_the_first_day_to_the_last_one_and_neither_the_day_before_nor_after():
    """By the county's days: its last evening is still in time, whatever day it is elsewhere."""
    award_not_renewed()
    first = CLOSES - timedelta(days=ROW.days_before)
    outside = [on(first - DAY, 23.9), on(CLOSES + DAY, 0), on(date(2026, 1, 1)), on(date(2026, 12, 31))]
    for at in outside:
        assert reminding.owe_due(at=at) == 0, at
    assert local_date(on(CLOSES, 23.9)) == CLOSES
    assert reminding.owe_due(at=on(first, 0)) == 1
    made = Reminder.objects.get()
    assert (made.closes_on, made.year, made.status) == (CLOSES, 2026, "owed")
    for at in (on(first), on(CLOSES, 23.9)):
        assert reminding.owe_due(at=at) == 0, "once"
    assert Reminder.objects.get().pk == made.pk


def test_the_last_evening_is_not_too_late():
    award_not_renewed()
    assert reminding.owe_due(at=on(CLOSES, 23.9)) == 1
    duty = Duty.objects.get(subject_kind="reminder")
    assert duty.opened_on == CLOSES


def test_only_an_award_of_an_earlier_year_in_force_without_a_sum_is_spoken_of():
    award = award_not_renewed()
    kept = Due.objects.filter(award=award).first()
    fields = {field.attname: getattr(kept, field.attname) for field in Due._meta.concrete_fields}
    over = {"status": "ended", "ends_on": DECEMBER.date(), "ended_for": "move"}
    for wrong in ({"begins": 2026}, {"begins": 2027}, over, {"programme": "loan-priority"}):
        Award.objects.filter(pk=award.pk).update(**wrong)
        assert reminding.owe_due(at=DECEMBER) == 0, wrong
        Award.objects.filter(pk=award.pk).update(
            begins=2025, status="in_force", ends_on=None, ended_for="", programme="rural-incentive"
        )
    due = Due.objects.create(**fields | {"id": uuid4(), "year": 2026, "fen": 0})
    assert reminding.owe_due(at=DECEMBER) == 0, "determined at nothing is determined"
    due.delete()
    Due.objects.create(**fields | {"id": uuid4(), "year": 2027})
    assert reminding.owe_due(at=DECEMBER) == 1, "a sum of another year says nothing of this one"


def test_only_a_claim_of_this_year_that_waits_for_its_family_is_spoken_of():
    claim = claims.made("rural-incentive", at=DECEMBER)
    rows = Claim.objects.filter(pk=claim.pk)
    for said in ({"status": "open"}, {"status": "waiting", "year": 2025}, {"status": "waiting", "year": 2027}):
        rows.update(**said)
        assert reminding.owe_due(at=DECEMBER + DAY) == 0, said
    rows.update(status="waiting", year=2026)
    assert reminding.owe_due(at=DECEMBER + DAY) == 1
    rows.update(status="open")
    assert reminding.settle_due(at=DECEMBER + 2 * DAY) == 1
    rows.update(status="waiting")
    assert reminding.owe_due(at=DECEMBER + 3 * DAY) == 0, "who was reminded of it this year is not again"


def test_the_next_year_is_a_year_of_its_own():
    award = award_not_renewed()
    for year in (2026, 2027):
        assert reminding.owe_due(at=DECEMBER.replace(year=year)) == 1
        held = Reminder.objects.get(year=year)
        assert (held.award_id, held.closes_on) == (award.pk, ROW.closes(year))
    assert Reminder.objects.count() == 2
    seen = queries.next_reminder(county.officer(claims.BUREAU_DESK))
    assert seen.year == 2026, "whose time ends first is seen first"


def test_what_is_settled_is_what_was_done_and_nothing_else():
    held = reminder()
    assert reminding.settle_due(at=DECEMBER + DAY) == 0
    award = Award.objects.get(pk=held.award_id)
    row = Due.objects.filter(award=award).first()
    fields = {field.attname: getattr(row, field.attname) for field in Due._meta.concrete_fields}
    Due.objects.create(**fields | {"id": uuid4(), "year": 2027})
    assert reminding.settle_due(at=DECEMBER + DAY) == 0, "of another year"
    Award.objects.filter(pk=award.pk).update(status="ended", ends_on=DECEMBER.date(), ended_for="death")
    Due.objects.create(**fields | {"id": uuid4(), "year": 2026})
    assert reminding.settle_due(at=DECEMBER + DAY) == 1, "renewed and ended: let go once"
    settled = Reminder.objects.get()
    assert (settled.status, settled.told, settled.ended_on) == ("settled", "", local_date(DECEMBER + DAY))
    assert Duty.objects.get(subject_id=settled.pk).outcome == "discharged"
    with pytest.raises(MoveRefused):
        reminding.tell(reminder=settled.pk, told="given", **outreach.said(claims.BUREAU_DESK, DECEMBER + 2 * DAY))


def test_what_was_told_is_never_settled_and_says_how_in_one_of_four_ways():
    held = reminder()
    assert set(Told.values) == {"telephone", "given", "posted", "not_found"}
    for wrong in ("", "TELEPHONE", "her son was told", "gone"):
        with pytest.raises(NotHere):
            reminding.tell(reminder=held.pk, told=wrong, **outreach.said(claims.BUREAU_DESK, DECEMBER))
    for stranger in ("finance-bureau.desk", claims.DESK, claims.BUREAU_HEAD):
        with pytest.raises((NotHere, NotAllowed)):
            reminding.tell(reminder=held.pk, told="given", **outreach.said(stranger, DECEMBER))
    said = outreach.said(claims.BUREAU_DESK, DECEMBER)
    reminding.tell(reminder=held.pk, told="posted", **said)
    Award.objects.filter(pk=held.award_id).update(status="ended", ends_on=DECEMBER.date(), ended_for="death")
    assert reminding.settle_due(at=DECEMBER + DAY) == 0
    told = Reminder.objects.get()
    assert (told.status, told.told, told.ended_on) == ("told", "posted", local_date(DECEMBER))
    with pytest.raises(NotHere):
        queries.reminder(county.officer(claims.BUREAU_DESK), held.pk)


def test_a_message_waits_once_and_says_until_when_though_the_night_is_done_again():
    award = award_not_renewed()
    messages.agreed(award.claim.case, at=DECEMBER)
    for at in (DECEMBER, DECEMBER, DECEMBER + DAY):
        reminding.owe_due(at=at)
    (message,) = Message.objects.all()
    assert message.reminds_of == midnight(CLOSES + DAY), "the end of the last day"
    assert Reminder.objects.get().messaged


def test_a_telephone_is_opened_only_for_whoever_agreed_to_be_called():
    held = reminder()
    officer = county.officer(claims.BUREAU_DESK, at=DECEMBER)
    assert queries.reminded(officer, queries.reminder(officer, held.pk)).telephone == ""
    case = held.award.claim.case
    case.contact.consents.create(purpose="call_back", given_at=DECEMBER)
    assert queries.reminded(officer, held).telephone == "10012345678"
    case.contact.consents.update(withdrawn_at=DECEMBER)
    found = queries.reminded(officer, held)
    assert (found.name, found.telephone) == ("欧阳桂兰", "")


def test_many_are_opened_in_parts_and_none_is_left_between_them(monkeypatch):
    for of in (1, 2, 3):
        award_not_renewed(of=of)
    monkeypatch.setattr(reminding, "AT_A_TIME", 2)
    assert (reminding.owe_due(at=DECEMBER), reminding.owe_due(at=DECEMBER)) == (3, 0)
    assert LogEntry.objects.filter(schema="reminder.owe/1").count() == 3, "each stands in the log once"
    assert Duty.objects.filter(subject_kind="reminder", outcome="").count() == 3
    Award.objects.update(status="ended", ends_on=DECEMBER.date(), ended_for="move")
    assert (reminding.settle_due(at=DECEMBER + DAY), reminding.settle_due(at=DECEMBER + DAY)) == (3, 0)
    assert not Duty.objects.filter(subject_kind="reminder", outcome="").exists()
    for entry in LogEntry.objects.filter(schema__startswith="reminder."):
        assert "欧阳" not in str(entry.__dict__), "the log names nobody"
