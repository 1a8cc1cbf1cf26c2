"""What waits, as a watcher reads it: each number means what its name says, and a clock that was set back makes none negative."""

from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from chengnuo.foundation import space
from chengnuo.foundation.models import ClockMark, Errand, LogEntry, LogHead
from chengnuo.promises.operations.escalation import escalate_due
from chengnuo.web.machines import backlog
from chengnuo.web.machines.backlog import Backlog
from tests.factories import cases, county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
MONDAY, HOUR = county.MONDAY, cases.HOUR
NAMES = {
    "errands_waiting",
    "errands_dead",
    "errand_late_seconds",
    "log_unnumbered",
    "log_head_age_seconds",
    "worker_round_age_seconds",
    "escalations_due",
    "disk_free_ratio",
}


def gauges():
    return {
        sample.name.removeprefix("chengnuo_"): sample.value
        for family in Backlog().collect()
        for sample in family.samples
    }


def errand(at=MONDAY, **ended):
    return Errand.objects.create(topic="t/1", handler="h", payload={}, created_at=at, next_at=at, **ended)


@pytest.fixture
def empty():
    Errand.objects.all().delete()


def test_it_tells_these_and_no_label_that_could_name_anybody(empty):
    assert set(gauges()) == NAMES
    assert all(not sample.labels for family in Backlog().collect() for sample in family.samples)


def test_errands_wait_are_done_or_were_given_up(empty):
    for ended in ({}, {}, {"done_at": MONDAY}, {"dead_at": MONDAY}):
        errand(**ended)
    found = gauges()
    assert (found["errands_waiting"], found["errands_dead"]) == (2, 1)


@pytest.mark.parametrize(("hours", "late"), [((), 0), ((1,), 3600), ((1, 3, 2), 10800), ((-1,), 0), ((-1, 2), 7200)])
def test_the_oldest_errand_says_how_late_the_worker_is(empty, hours, late):
    errand(MONDAY - 50 * HOUR, done_at=MONDAY)
    errand(MONDAY - 50 * HOUR, dead_at=MONDAY)
    for each in hours:
        errand(MONDAY - each * HOUR)
    assert gauges()["errand_late_seconds"] == late


def test_the_log_waits_to_be_numbered_and_signed():
    before = gauges()["log_unnumbered"]
    cases.ask()
    assert gauges()["log_unnumbered"] == LogEntry.objects.filter(seq=None).count() > before


def test_a_complaint_without_a_name_does_not_tell_its_minute():
    before = gauges()["log_unnumbered"]
    cases.complaint(name="")
    assert LogEntry.objects.filter(seq=None, group="anonymous").exists()
    assert gauges()["log_unnumbered"] == before


def test_the_age_of_the_last_head_is_that_of_the_newest():
    LogHead.objects.all().delete()
    assert gauges()["log_head_age_seconds"] == 0
    for epoch, size, hours in ((1, 5, 9), (1, 9, 3), (2, 1, 1)):
        LogHead.objects.create(
            epoch=epoch, size=size, root="0" * 64, at=MONDAY - hours * HOUR, key_id="0" * 8, signature="0" * 128
        )
    assert gauges()["log_head_age_seconds"] == 3600


@pytest.mark.parametrize(("minutes", "age"), [(None, 0), (7, 420), (-7, 0)])
def test_the_worker_that_stands_still_is_seen(minutes, age):
    ClockMark.objects.all().delete()
    worked = None if minutes is None else MONDAY - minutes * HOUR / 60
    ClockMark.objects.create(seen=MONDAY, worked_at=worked)
    assert gauges()["worker_round_age_seconds"] == age


def test_what_should_have_gone_up_is_counted_until_it_did(monday):
    case = cases.ask()
    assert gauges()["escalations_due"] == 0
    late = cases.duty_of(case).due_at + HOUR
    monday.move(late - MONDAY)
    assert gauges()["escalations_due"] == 1
    escalate_due(at=late)
    assert gauges()["escalations_due"] == 0


def test_what_is_far_too_much_is_counted_no_further(empty, monkeypatch):
    monkeypatch.setattr(backlog, "MOST", 2)
    for _errand in range(4):
        errand()
    assert gauges()["errands_waiting"] == 2


def test_the_disk_is_a_share():
    with space.said(25):
        assert gauges()["disk_free_ratio"] == 0.25


def test_it_asks_little_and_the_same_however_much_waits(empty, django_assert_max_num_queries):
    for _errand in range(20):
        errand()
    with django_assert_max_num_queries(10):
        list(Backlog().collect())


def test_it_is_what_prometheus_reads(empty):
    registry = CollectorRegistry()
    registry.register(Backlog())
    page = generate_latest(registry).decode()
    assert "# TYPE chengnuo_errands_waiting gauge" in page
    assert "chengnuo_errands_waiting 0.0" in page
