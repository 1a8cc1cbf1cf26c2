"""What an act leaves to be done is done, once for each who listens, whatever happens to workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Lock

import pytest
from django.db import connection, transaction

from chengnuo.foundation import outbox
from chengnuo.foundation.models.clock import ClockMark
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.outbox import ATTEMPTS, LEASE, Drained, drain, put, subscribe

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TOPIC = "test.happened/1"

WORKER = """
import sys, time
from datetime import datetime
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from chengnuo.foundation import outbox
from chengnuo.foundation.models.clock import ClockMark

def half(_errand, at):
    ClockMark.objects.create(seen=at)
    print("half done", flush=True)
    time.sleep(60)

outbox.subscribe("test.happened/1", half, name="test")
outbox.drain(datetime.fromisoformat(sys.argv[2]), "to be killed")
"""


@pytest.fixture(autouse=True)
def _nobody_listens(monkeypatch):
    monkeypatch.setattr(outbox, "_handlers", {})


@pytest.fixture
def done():
    """The payloads that a listener was given, in order."""
    heard = []
    subscribe(TOPIC, lambda errand, _at: heard.append(errand.payload["id"]), name="test")
    return heard


def fails(_errand, _at):
    raise ValueError("a name that must not be kept")


def test_what_was_put_is_done_once(db, done):
    put(TOPIC, {"id": "1"}, at=AT)
    assert drain(AT, "w") == Drained(done=1)
    assert drain(AT + LEASE * 9, "w") == Drained()
    assert done == ["1"]
    assert Errand.objects.get().done_at == AT


def test_nothing_is_left_where_nobody_listens(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        put("test.unheard/1", {"id": "1"}, at=AT)


def test_what_is_rolled_back_is_never_done(db, done):
    with transaction.atomic():
        put(TOPIC, {"id": "1"}, at=AT)
        transaction.set_rollback(True)
    assert drain(AT, "w") == Drained()
    assert done == []


def test_each_listener_has_an_errand_of_its_own(db, done):
    subscribe(TOPIC, fails)
    put(TOPIC, {"id": "1"}, at=AT)
    assert drain(AT, "w") == Drained(done=1, failed=1)
    assert drain(AT + MINUTE, "w") == Drained(failed=1)
    assert done == ["1"]
    assert set(Errand.objects.values_list("handler", flat=True)) == {"test", f"{__name__}.fails"}


def test_a_name_has_one_handler(done):
    with pytest.raises(ValueError, match="two handlers named test"):
        subscribe(TOPIC, fails, name="test")


def test_the_limit_holds_and_the_oldest_goes_first(db, done):
    for n in range(5):
        put(TOPIC, {"id": str(n)}, at=AT - n * MINUTE)
    put(TOPIC, {"id": "future"}, at=AT + MINUTE)
    assert drain(AT, "w", limit=2) == Drained(done=2)
    assert drain(AT, "w") == Drained(done=3)
    assert done == ["4", "3", "2", "1", "0"]


def test_what_was_put_at_one_instant_is_done_in_order(db, done):
    for n in range(20):
        put(TOPIC, {"id": str(n)}, at=AT)
    drain(AT, "w")
    assert done == [str(n) for n in range(20)]


def test_a_handler_that_fails_has_changed_nothing_and_is_tried_ever_later(db, caplog):
    def half(errand, at):
        ClockMark.objects.create(seen=at)
        fails(errand, at)

    subscribe(TOPIC, half, name="half")
    put(TOPIC, {"id": "1"}, at=AT)
    now = AT
    for attempt in range(1, ATTEMPTS):
        assert drain(now, "w") == Drained(failed=1)
        errand = Errand.objects.get()
        assert (errand.attempts, errand.next_at, errand.dead_at) == (
            attempt,
            now + MINUTE * 2 ** (attempt - 1),
            None,
        )
        assert drain(errand.next_at - timedelta(seconds=1), "w") == Drained()
        now = errand.next_at
    assert drain(now, "w") == Drained(dead=1)
    errand.refresh_from_db()
    assert (errand.dead_at, errand.last_error, errand.attempts) == (now, "ValueError", ATTEMPTS)
    assert drain(now + timedelta(days=9), "w") == Drained()
    assert not ClockMark.objects.exists()
    assert "must not be kept" not in caplog.text
    assert "ValueError at " in caplog.text


def test_an_errand_of_a_handler_that_is_gone_waits_for_a_person(db, done, monkeypatch):
    put(TOPIC, {"id": "1"}, at=AT)
    monkeypatch.setattr(outbox, "_handlers", {})
    assert drain(AT, "w") == Drained(failed=1)
    assert Errand.objects.get().last_error == "NoHandler"


def test_the_id_stays_the_same_from_try_to_try(db):
    told = []

    def second_time(errand, _at):
        told.append(errand.pk)
        if len(told) == 1:
            raise ValueError

    subscribe(TOPIC, second_time, name="test")
    put(TOPIC, {"id": "1"}, at=AT)
    drain(AT, "w")
    drain(AT + MINUTE, "w")
    assert told == [Errand.objects.get().pk] * 2


def test_a_worker_that_wakes_after_its_lease_does_nothing(db, done):
    put(TOPIC, {"id": "1"}, at=AT)
    asleep = outbox._lease(AT, "asleep")
    assert drain(AT + LEASE, "w") == Drained(done=1)
    assert outbox._try(asleep, AT + LEASE) == "lost"
    assert done == ["1"]


def test_what_kills_its_worker_each_time_dies_too(db, done):
    put(TOPIC, {"id": "1"}, at=AT)
    for n in range(ATTEMPTS):
        assert outbox._lease(AT + n * LEASE, "killed")
    assert drain(AT + ATTEMPTS * LEASE, "w") == Drained(dead=1)
    assert Errand.objects.get().last_error == "WorkerDied"
    assert done == []


def test_an_idle_worker_asks_one_question(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        drain(AT, "w")


def test_four_workers_do_everything_once(transactional_db):
    heard, lock = [], Lock()

    def hear(errand, _at):
        with lock:
            heard.append(errand.payload["id"])

    def work(n):
        try:
            return drain(AT, f"w{n}")
        finally:
            connection.close()

    subscribe(TOPIC, hear, name="test")
    for n in range(40):
        put(TOPIC, {"id": str(n)}, at=AT)
    with ThreadPoolExecutor(4) as pool:
        drained = list(pool.map(work, range(4)))
    assert sum(each.done for each in drained) == sum(each.tried for each in drained) == 40
    assert sorted(heard, key=int) == [str(n) for n in range(40)]


def test_the_work_of_a_killed_worker_is_taken_up_after_its_time(transactional_db, done):
    put(TOPIC, {"id": "1"}, at=AT)
    command = [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"]), AT.isoformat()]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ) as worker:
        assert worker.stdout.readline() == "half done\n"
        assert Errand.objects.get().leased_until == AT + LEASE
        os.kill(worker.pid, signal.SIGKILL)
    assert worker.returncode == -signal.SIGKILL
    assert drain(AT + LEASE - timedelta(seconds=1), "w") == Drained()
    assert drain(AT + LEASE, "w") == Drained(done=1)
    assert done == ["1"]
    assert not ClockMark.objects.exists()
    assert Errand.objects.get().attempts == 2


def test_many_are_left_in_one_statement(db, done, django_assert_num_queries):
    subscribe(TOPIC, fails, name="another")
    with django_assert_num_queries(1):
        outbox.put_all(TOPIC, [{"id": str(n)} for n in range(20)], at=AT)
    assert Errand.objects.count() == 40
    outbox.put_all(TOPIC, [], at=AT)
    assert Errand.objects.count() == 40
