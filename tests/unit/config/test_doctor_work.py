"""The doctor on the worker: what waits too long is told, what waits rightly is not."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command

from chengnuo.cases.operations.receive import receive
from chengnuo.channels.models import Message
from chengnuo.config.doctor import work
from chengnuo.foundation import clock, outbox
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.log import heads, sequencer, store
from chengnuo.foundation.models import Errand, LogEntry, LogHead
from chengnuo.foundation.models.noun import Trace
from chengnuo.people.models import Cell, Consent
from chengnuo.promises.models import Duty
from chengnuo.promises.operations.escalation import escalate_due
from tests.factories import county
from tests.factories import messages as sent_messages
from tests.factories.county import MONDAY

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TOPIC = "test.happened/1"


@pytest.fixture
def quiet():
    """A log whose entries are all numbered and under a head."""
    while sequencer.sequence(MONDAY, shuffle=random.shuffle):
        pass
    heads.publish(MONDAY)


@pytest.fixture(autouse=True)
def _the_year_is_full():
    Cell.objects.update(demo_year_at=MONDAY)


def told(look, at):
    return [str(finding) for finding in look(at)]


def entry(at, group="plain"):
    row = uuid4()
    store.write("test.happened/1", [("test", row, Trace(None, group), {})], at=at)
    return LogEntry.objects.get(ref_id=str(row))


@pytest.fixture
def errand(monkeypatch):
    """An errand of this test's own topic, put at an instant."""
    monkeypatch.setattr(outbox, "_handlers", {})
    outbox.subscribe(TOPIC, lambda _errand, _at: None, name="test")

    def put(at):
        outbox.put(TOPIC, {}, at)
        return Errand.objects.latest("created_at")

    return put


def test_dead_errands_are_counted_by_topic_and_error(errand):
    assert told(work.dead_errands, MONDAY) == []
    for error in ("KeyError", "KeyError", ""):
        made = errand(MONDAY)
        Errand.objects.filter(pk=made.pk).update(dead_at=MONDAY, last_error=error)
        Errand.objects.filter(pk=made.pk).update(created_at=MONDAY - DAY)
    said = told(work.dead_errands, MONDAY)
    assert len(said) == 2
    assert "no error that was noted" in said[0]
    assert f"2 errands of {TOPIC} were given up after KeyError" in said[1]
    assert "revive_errands" in said[1]


def test_revived_errands_are_done_like_new_ones(errand, capsys):
    made = errand(MONDAY)
    Errand.objects.filter(pk=made.pk).update(dead_at=MONDAY, attempts=8, last_error="KeyError")
    with clock.frozen(MONDAY + DAY):
        call_command("revive_errands", "another.topic/1")
        assert told(work.dead_errands, MONDAY)
        call_command("revive_errands")
    assert "0 errands" in capsys.readouterr().out
    assert told(work.dead_errands, MONDAY) == []
    assert outbox.drain(MONDAY + DAY, "test").done == 1


def test_an_errand_that_was_done_is_not_revived(errand):
    made = errand(MONDAY)
    assert outbox.drain(MONDAY, "test").done == 1
    assert outbox.revive(at=MONDAY) == 0
    assert Errand.objects.get(pk=made.pk).done_at == MONDAY


@pytest.mark.parametrize(("waits", "findings"), [(HOUR, 0), (HOUR + MINUTE, 1), (-DAY, 0)])
def test_errands_that_nobody_does_are_told(errand, waits, findings):
    errand(MONDAY - waits)
    assert len(told(work.errands_waiting, MONDAY)) == findings


@pytest.mark.parametrize(("waits", "findings"), [(HOUR, 0), (HOUR + MINUTE, 1)])
def test_entries_wait_an_hour_for_their_number_at_most(quiet, waits, findings):
    entry(MONDAY - waits)
    found = told(work.entries_without_number, MONDAY)
    assert len(found) == findings
    assert all("1 entries" in each and "./run manage work" in each for each in found)


# midnight in the county is 16:00 UTC of the day before
@pytest.mark.parametrize(
    ("written", "now", "findings"),
    [
        (datetime(2026, 3, 2, 2, tzinfo=UTC), datetime(2026, 3, 2, 15, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 2, 2, tzinfo=UTC), datetime(2026, 3, 2, 16, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 2, 2, tzinfo=UTC), datetime(2026, 3, 2, 17, 1, tzinfo=UTC), 1),
        (datetime(2026, 3, 2, 16, 30, tzinfo=UTC), datetime(2026, 3, 2, 18, 0, tzinfo=UTC), 0),
    ],
)
def test_an_anonymous_entry_rightly_waits_for_the_next_day(quiet, written, now, findings):
    entry(written, group="anonymous")
    assert len(told(work.entries_without_number, now)) == findings


def test_a_log_that_grows_without_a_head_is_told(quiet):
    assert told(work.no_head, MONDAY + DAY) == [], "it did not grow"
    entry(MONDAY)
    sequencer.sequence(MONDAY, shuffle=random.shuffle)
    assert told(work.no_head, MONDAY + 2 * HOUR) == []
    (found,) = told(work.no_head, MONDAY + 2 * HOUR + MINUTE)
    assert "since 2026-03-02 02:00" in found
    heads.publish(MONDAY + 3 * HOUR)
    assert told(work.no_head, MONDAY + 6 * HOUR) == []


def test_a_log_without_any_head_is_told(quiet):
    LogHead.objects.all().delete()
    (found,) = told(work.no_head, MONDAY)
    assert "no head was signed yet" in found


def test_an_old_head_is_no_trouble_while_what_grew_is_young(quiet):
    entry(MONDAY + 5 * HOUR)
    sequencer.sequence(MONDAY + 5 * HOUR, shuffle=random.shuffle)
    assert told(work.no_head, MONDAY + 6 * HOUR) == []


def test_an_old_entry_that_was_numbered_late_is_no_trouble_while_heads_are_young(quiet):
    entry(MONDAY - DAY)
    sequencer.sequence(MONDAY, shuffle=random.shuffle)
    assert told(work.no_head, MONDAY + HOUR) == []
    assert told(work.no_head, MONDAY + 3 * HOUR)


def test_a_worker_that_sleeps_through_an_escalation_is_told():
    begun = receive(
        promise=county.service("village-proof"),
        village=county.village().pk,
        person=county.person(),
        details="需要一份居住证明",
        by=visitor(),
        at=MONDAY,
        key=uuid4(),
    )
    due = Duty.objects.get(subject_id=begun.case.pk).due_at
    assert told(work.sleeping_escalation, due + DAY) == []
    (found,) = told(work.sleeping_escalation, due + DAY + MINUTE)
    assert "1 duties" in found
    escalate_due(at=due + DAY + MINUTE)
    assert told(work.sleeping_escalation, due + DAY + 2 * MINUTE) == []


@pytest.mark.parametrize("look", [work.entries_without_number, work.no_head, work.sleeping_escalation])
def test_while_the_demo_lives_through_its_past_nothing_is_late(look):
    entry(MONDAY - 3 * DAY)
    sequencer.sequence(MONDAY, shuffle=random.shuffle)
    entry(MONDAY - 3 * DAY)
    receive(
        promise=county.service("village-proof"),
        village=county.village().pk,
        person=county.person(),
        details="需要一份居住证明",
        by=visitor(),
        at=MONDAY - 40 * DAY,
        key=uuid4(),
    )
    assert told(look, MONDAY)
    Cell.objects.update(demo_year_at=None)
    assert told(look, MONDAY) == []


def messages(*, sent: int = 0, failed: int = 0, waiting: int = 0) -> None:
    """So many messages of one family."""
    case = sent_messages.agreed()
    ends = [{"sent_at": MONDAY}] * sent + [{"failed_at": MONDAY}] * failed + [{}] * waiting
    Message.objects.bulk_create(
        Message(consent=Consent.objects.get(contact=case.contact), queued_at=MONDAY, next_at=MONDAY, **end)
        for end in ends
    )


@pytest.mark.usefixtures("monday")
def test_a_gateway_that_fails_more_than_it_sends_is_found(db):
    messages(sent=1, failed=1)
    assert not list(work.failing_messages(MONDAY + DAY))
    Message.objects.update(sent_at=None, failed_at=MONDAY)
    (found,) = work.failing_messages(MONDAY + DAY)
    assert "2 messages to families did not reach" in found.wrong
    assert not list(work.failing_messages(MONDAY + 8 * DAY))


@pytest.mark.usefixtures("monday")
def test_messages_that_wait_too_long_are_found(db):
    messages(sent=1, waiting=1)
    assert not list(work.messages_waiting(MONDAY + DAY))
    (found,) = work.messages_waiting(MONDAY + 2 * DAY)
    assert found.wrong.startswith("1 messages")
