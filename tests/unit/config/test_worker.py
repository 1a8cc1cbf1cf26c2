"""The worker's chores: each does what follows from time alone, once; killed at any instant, nothing is lost."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from chengnuo.cases.models import Case
from chengnuo.cases.operations import handle
from chengnuo.cases.operations.receive import receive
from chengnuo.config import sweeping, worker
from chengnuo.config.worker import CHORES, Chore, Nightly, round_of_chores
from chengnuo.core.log import tree
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.log import erasure, sequencer
from chengnuo.foundation.models import ActKey, Errand, LogEntry, LogHead, Look, Tombstone
from chengnuo.people.models import Cell
from chengnuo.promises.models import Duty, Escalation
from tests.factories import county

DAY = timedelta(days=1)
LATER = county.MONDAY + 90 * DAY

# a worker that does round after round under a clock that stands still, and says so after each
WORKER = """
import sys
from datetime import datetime
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from chengnuo.config.worker import round_of_chores
from chengnuo.foundation import clock
at = datetime.fromisoformat(sys.argv[2])
print("ready", flush=True)
with clock.frozen(at):
    while True:
        print(round_of_chores(at), flush=True)
"""
WORK = """
import sys
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.core.management import call_command
from chengnuo.config.management.commands import work
work.REST_SECONDS = 0.2
print("ready", flush=True)
call_command("work")
print("ended in order")
"""


def ask(at=county.MONDAY):
    return receive(
        promise=county.service("village-proof"),
        village=county.village().pk,
        person=county.person(),
        details="需要一份居住证明",
        by=visitor(),
        at=at,
        key=uuid4(),
    ).case


@pytest.fixture
def filled(db):
    """The demo's past lies behind."""
    Cell.objects.update(demo_year_at=county.MONDAY)


@pytest.fixture(autouse=True)
def _night_is_new(monkeypatch):
    """A night of this test: the sweeping of another one does not count."""
    monkeypatch.setattr(worker, "CHORES", (*CHORES[:-1], Chore("sweep", Nightly(sweeping.sweep), waits=True)))


def work(at):
    """Rounds until nothing is left to do."""
    done = 0
    while found := round_of_chores(at, worker.CHORES):
        done += found
    return done


def test_what_is_late_goes_up_and_what_is_silent_is_closed(filled):
    late, silent = ask(), ask()
    handle.finish(
        case=silent.pk,
        result="办好了",
        by=county.officer(f"{county.VILLAGE}.desk"),
        at=county.MONDAY + DAY,
        key=uuid4(),
    )
    assert work(LATER) > 0
    assert Case.objects.get(pk=silent.pk).word == "none"
    levels = Escalation.objects.filter(duty__subject_id=late.pk).order_by("level").values_list("level", flat=True)
    assert list(levels)[:3] == [1, 2, 3]
    assert work(LATER) == 0


def test_the_log_is_numbered_and_its_head_signed(filled):
    ask()
    work(county.MONDAY + DAY)
    work(county.MONDAY + DAY + timedelta(hours=1))  # what the hour's own round wrote is signed in the next
    assert not LogEntry.objects.filter(seq=None).exists()
    head = LogHead.objects.latest("size")
    assert head.size == LogEntry.objects.count() == sequencer.size()


def test_finished_months_are_published(filled):
    ask(county.MONDAY - 40 * DAY)
    work(county.MONDAY + DAY)
    assert LogEntry.objects.filter(schema="release.publish/1").exists()


@pytest.mark.django_db
def test_while_the_demo_lives_through_its_past_nothing_is_escalated_closed_frozen_or_swept():
    """Those stories are still happening; but the log is numbered and signed, and errands are done."""
    ask()
    ActKey.objects.update(at=county.MONDAY - 200 * DAY)
    keys = ActKey.objects.count()
    work(LATER)
    assert not Escalation.objects.exists()
    assert ActKey.objects.count() == keys
    assert not LogEntry.objects.filter(seq=None).exists()
    assert LogHead.objects.exists()
    Cell.objects.update(demo_year_at=LATER)
    work(LATER)
    assert Escalation.objects.exists()
    assert ActKey.objects.filter(at__lt=LATER - 90 * DAY).count() == 0


def test_a_county_that_is_no_demo_waits_for_nothing(db):
    Cell.objects.update(demo=False)
    assert not worker.year_is_being_filled()


def test_a_chore_that_fails_does_not_keep_the_others_from_their_work(filled, caplog):
    done = []

    def fails(_now):
        raise ZeroDivisionError

    chores = (Chore("first", fails), Chore("second", lambda now: len(done) or done.append(now) or 1))
    assert round_of_chores(LATER, chores) == 1
    assert done == [LATER]
    assert "'first' failed" in caplog.text


def test_a_nightly_chore_is_done_once_a_day_of_the_county():
    seen = []
    nightly = Nightly(lambda now: seen.append(now) or 3)
    evening = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)  # half past eleven at night in the county
    assert [nightly(evening), nightly(evening), nightly(evening + timedelta(hours=1))] == [3, 0, 3]
    assert len(seen) == 2


def test_a_nightly_chore_that_failed_is_tried_again_after_a_rest():
    tries = []

    def fails_once(now):
        tries.append(now)
        return 1 // (len(tries) - 1)

    nightly = Nightly(fails_once)
    with pytest.raises(ZeroDivisionError):
        nightly(LATER)
    for minutes in (0, 1, 59):
        assert nightly(LATER + timedelta(minutes=minutes)) == 0, "it does not fail again every round"
    assert len(tries) == 1
    assert nightly(LATER + timedelta(hours=1)) == 1
    assert nightly(LATER + timedelta(hours=2)) == 0, "done is done"


def test_a_clock_set_far_back_does_not_let_a_failed_chore_rest_for_ever():
    nightly = Nightly(lambda now: 1 // (now < LATER))
    with pytest.raises(ZeroDivisionError):
        nightly(LATER)
    assert nightly(LATER - timedelta(days=3)) == 1


def test_what_is_kept_and_for_how_long_is_what_the_tables_say():
    for model, _column, kept in sweeping.KEEPS:
        number, unit = re.search(r"(\w+) (days|years)", model.Privacy.retention).groups()
        said = int({"two": "2", "three": "3"}.get(number, number)) * (365 if unit == "years" else 1)
        assert kept == timedelta(days=said), model


def test_sweeping_takes_what_is_over_and_nothing_else(db):
    now = LATER
    ActKey.objects.all().delete()  # those of the county's own making
    for age in (89, 91):
        ActKey.objects.create(operation="test/1", key=uuid4(), body=b"x", at=now - age * DAY)
    for age in (29, 31, None):
        done = None if age is None else now - age * DAY
        Errand.objects.create(topic="t", handler="h", payload={}, created_at=now - 60 * DAY, next_at=now, done_at=done)
    for age in (3 * 365 - 1, 3 * 365 + 1):
        Look.objects.create(account=age, label="l", row="r", reason="see", day=(now - age * DAY).date())
    real = datetime.now(UTC)
    for name, hours in (("over", -1), ("open", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=real + timedelta(hours=hours))
    assert sweeping.sweep(now) == 3
    assert ActKey.objects.filter(operation="test/1").count() == 1
    assert Errand.objects.count() == 2
    assert Look.objects.count() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_sweeping_goes_in_chunks(db, monkeypatch):
    monkeypatch.setattr(sweeping, "CHUNK", 2)
    ActKey.objects.all().delete()
    ActKey.objects.bulk_create(
        ActKey(operation="test/1", key=uuid4(), body=b"x", at=LATER - 100 * DAY) for _ in range(5)
    )
    assert sweeping.sweep(LATER) == 5


@pytest.mark.sqlite
def test_a_locked_database_does_not_end_a_round(transactional_db, caplog):
    Cell.objects.update(demo_year_at=county.MONDAY)
    ask()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 30")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert round_of_chores(LATER, worker.CHORES) == 0
    assert "database is locked" in caplog.text
    other.execute("ROLLBACK")
    other.close()
    assert work(LATER) > 0
    connection.close()


def start(script, *arguments):
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(connection.settings_dict["NAME"]), *arguments], text=True, env=env,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_worker_killed_at_any_instant_loses_nothing(transactional_db):
    """Killed six times at instants of no choice of ours; what it was doing is found again, and nothing is done twice."""
    Cell.objects.update(demo_year_at=county.MONDAY)
    cases = [ask(county.MONDAY - 60 * DAY) for _ in range(12)]
    chance = Random(7)
    for _ in range(6):
        process = start(WORKER, county.MONDAY.isoformat())
        time.sleep(chance.uniform(0.02, 0.35))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    work(county.MONDAY)
    for duty in Duty.objects.filter(subject_id__in=[case.pk for case in cases], parent=None):
        levels = list(duty.levels.order_by("level").values_list("level", flat=True))
        assert levels == list(range(1, duty.next_level))
        assert len(levels) >= 3
    assert LogEntry.objects.filter(schema="duty.escalate/1").count() == Escalation.objects.count()
    the_log_is_dense_and_its_head_true()


def the_log_is_dense_and_its_head_true():
    leaves = list(LogEntry.objects.order_by("seq").values_list("seq", "leaf"))
    assert [seq for seq, _ in leaves] == list(range(len(leaves)))
    nodes = {}
    for seq, leaf in leaves:
        nodes.update(tree.grown(seq, bytes(leaf), nodes.__getitem__))
    for head in LogHead.objects.all():
        assert head.root == tree.root(head.size, nodes.__getitem__).hex()


def test_told_to_stop_it_stops_after_the_round(transactional_db):
    process = start(WORK)
    time.sleep(0.5)
    process.terminate()
    assert process.communicate(timeout=10)[0] == "ended in order\n"
    assert process.returncode == 0


def test_in_the_night_tombstones_that_no_file_has_are_written_into_it(db, settings, tmp_path):
    settings.VAR = tmp_path
    Tombstone.objects.create(entry=uuid4(), leaf=bytes(32), erased_at=county.MONDAY)
    sweeping.sweep(county.MONDAY)
    assert len((tmp_path / erasure.FILE).read_text().splitlines()) == 1
