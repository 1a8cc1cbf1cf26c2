"""The machine is gone. From the backup, the key in the safe and a head that somebody kept, the county stands again."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as real
from django.contrib.sessions.models import Session
from django.core.management import CommandError
from django.db import connection
from django.utils import timezone

from chengnuo.cases.operations.retention import forget_again
from chengnuo.foundation import outbox
from chengnuo.foundation.log import export
from chengnuo.foundation.models import Errand, LogEntry
from tests.factories import backups, county, log

pytestmark = pytest.mark.django_db(transaction=True)
AT = county.MONDAY
HOUR = timedelta(hours=1)


@pytest.fixture
def lost(settings, tmp_path, monday):
    """A county with a log, a backup of it, and what happened since."""
    ring = Path(real.KEY_RING)
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    settings.KEY_RING, settings.BACKUP_KEY = settings.VAR / "keys.json", settings.VAR / "backup.pub"
    backups.put_ring(settings.VAR, ring)
    LogEntry.objects.all().delete()
    return tmp_path


@pytest.fixture
def there(tmp_path):
    with backups.elsewhere(tmp_path) as place:
        yield place


def restore(there, kept, *more, ring=True, heads=None, folder=None):
    arguments = ["restore", kept.archive, "--key", kept.key]
    arguments += ["--ring", kept.ring] if ring else []
    arguments += ["--heads", log.paper(folder, heads)] if heads else ["--without-heads"]
    return there.run(*arguments, *more)


def export_of(there) -> Path:
    assert there.run("export_log", there.var / "out").returncode == 0
    return there.var / "out" / export.FILE


def test_from_the_backup_the_key_and_a_kept_head_the_county_stands_again(lost, there, monday):
    first = log.request(AT)
    log.settle(AT + HOUR)
    kept = backups.made(lost)
    since = log.request(AT + HOUR)
    log.settle(monday.move(2 * HOUR))
    heads, receipt = log.kept(), log.promise(since, AT + HOUR)

    told = restore(there, kept, heads=heads, folder=lost)
    assert told.returncode == 0, told.stderr
    assert "published entries are not in it" in told.stdout
    assert there.run("doctor").stdout.count("errands") == 0
    words = there.asked(
        "from chengnuo.cases.models import Case; from chengnuo.foundation.actor import system; "
        f"print(Case.objects.get(pk='{first.case.pk}').details.reveal(by=system(), reason='test'))"
    )
    assert words == ["需要一份居住证明"]
    paper = log.paper(lost, heads)
    found = log.verify(export_of(there), "--heads", paper)
    assert found.returncode == 1
    assert "Epoch 2 began with a restore that lost" in found.stdout
    assert log.verify(export_of(there), "--heads", paper, "--explained", "2").returncode == 0
    missing = log.verify(export_of(there), "--heads", paper, "--receipt", log.paper(lost, receipt), "--explained", "2")
    assert "is not in the log" in missing.stdout or "1 not in the log yet" in missing.stdout


def test_without_a_gap_the_verifier_is_content(lost, there, monday):
    log.request(AT)
    log.settle(AT + HOUR)
    heads = log.kept()
    kept = backups.made(lost)
    told = restore(there, kept, heads=heads, folder=lost)
    assert told.returncode == 0, told.stderr
    assert "published entries are not in it" not in told.stdout
    found = log.verify(export_of(there), "--heads", log.paper(lost, heads))
    assert (found.returncode, "All of this is in order." in found.stdout) == (0, True), found.stdout
    assert "county.restore/1" in "".join(
        there.asked(
            "from chengnuo.foundation.models import LogEntry; print(list(LogEntry.objects.values_list('schema', flat=True)))"
        )
    )


def test_under_load_the_copy_is_whole(lost, there, monday):
    """Others ask for things all the while: whatever the copy has, it has whole."""
    stop, asked = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            asked.append(log.request(AT).case.pk)
        connection.close()

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for each in askers:
        each.start()
    try:
        while len(asked) < 5:
            pass
        kept = backups.made(lost)
        while len(asked) < 10:
            pass
    finally:
        stop.set()
        for each in askers:
            each.join()
    told = restore(there, kept)
    assert told.returncode == 0, told.stderr
    (counts,) = there.asked(
        "from chengnuo.cases.models import Case; from chengnuo.foundation.models import LogEntry, ActKey; "
        "print(json.dumps([Case.objects.count(), LogEntry.objects.filter(schema='case.receive/1', ref_kind='case').count(), "
        "ActKey.objects.filter(operation='case.receive/1').count()]))"
    )
    cases, entries, keys = json.loads(counts)
    assert 5 <= cases == entries == keys


def test_whoever_was_erased_stays_erased(lost, there, monday):
    """Forgotten after the backup: the words, the name and what the log knew go again. The tombstones lie outside the backup."""
    begun = log.request(AT)
    log.settle(AT + HOUR)
    kept = backups.made(lost)
    forget_again([str(begun.case.pk)], AT + HOUR)
    log.settle(monday.move(2 * HOUR))
    told = restore(there, kept, "--tombstones", real.VAR / "tombstones.jsonl", heads=log.kept(), folder=lost)
    assert told.returncode == 0, told.stderr
    assert "LOOK" not in told.stdout
    (held,) = there.asked(
        "from chengnuo.cases.models import Case; from chengnuo.foundation.models import LogEntry; "
        f"case = Case.objects.select_related('contact').get(pk='{begun.case.pk}'); "
        "print(json.dumps([bool(case.details), bool(case.contact.name), bool(case.forgotten_at), "
        "LogEntry.objects.filter(ref_id=str(case.pk)).exclude(schema='case.forget/1').count()]))"
    )
    assert json.loads(held) == [False, False, True, 0]
    found = log.verify(export_of(there), "--heads", log.paper(lost, log.kept()), "--explained", "2")
    assert found.returncode == 0, found.stdout


def test_nobody_is_signed_in_and_nothing_is_sent_twice(lost, there, monday):
    Session.objects.create(session_key="old", session_data="x", expire_date=timezone.now() + timedelta(days=1))
    Errand.objects.create(topic="letter/1", handler="h", payload={}, created_at=AT, next_at=AT)
    Errand.objects.create(topic="letter/1", handler="h", payload={}, created_at=AT, next_at=AT, done_at=AT)
    kept = backups.made(lost)
    told = restore(there, kept)
    assert told.returncode == 0, told.stderr
    assert "1 of letter/1" in told.stdout
    (left,) = there.asked(
        "from django.contrib.sessions.models import Session; from chengnuo.foundation.models import Errand; "
        "print(Session.objects.count(), Errand.objects.filter(done_at=None, dead_at=None).count())"
    )
    assert left == "0 0"
    assert "HeldAfterRestore" in there.run("doctor").stdout
    assert outbox.drain(AT, "test").tried == 1, "in the lost county it was still to do"


def test_a_place_that_is_not_empty_is_left_alone(lost, there, monday):
    kept = backups.made(lost)
    assert restore(there, kept).returncode == 0
    before = sorted((path.name, path.stat().st_mtime_ns) for path in there.var.iterdir() if path.suffix == ".json")
    told = restore(there, kept, ring=False)
    assert told.returncode != 0
    assert "There is a database here already" in told.stderr
    assert (
        sorted((path.name, path.stat().st_mtime_ns) for path in there.var.iterdir() if path.suffix == ".json") == before
    )


def one_byte(path: Path) -> None:
    box = bytearray(path.read_bytes())
    box[len(box) // 2] ^= 1
    path.write_bytes(bytes(box))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


BAD = {
    "tampered": (lambda kept: one_byte(kept.archive), "is damaged: piece"),
    "truncated": (lambda kept: cut(kept.archive), "breaks off after"),
    "wrong key": (lambda kept: (kept.key.unlink(), backups.said_key(kept.key)), "was sealed to the key"),
    "no key": (lambda kept: kept.key.unlink(), "There is no key at"),
    "older format": (lambda kept: backups.other_format(kept.archive, 0), "an older format (0)"),
    "no archive": (lambda kept: kept.archive.write_bytes(b"hello"), "is no archive of Chengnuo"),
    "ring damaged": (lambda kept: one_byte(kept.ring), "is damaged"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_put_back_is_said_in_a_sentence_and_leaves_nothing(lost, there, monday, case):
    kept = backups.made(lost)
    spoil, words = BAD[case]
    spoil(kept)
    told = restore(there, kept)
    assert told.returncode == 1
    assert words in told.stderr
    assert "Traceback" not in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    assert {path.name for path in there.var.iterdir()} <= {"secret_key"}


def test_heads_of_nobody_or_of_another_county_leave_nothing_either(lost, there, monday):
    log.request(AT)
    log.settle(AT + HOUR)
    kept = backups.made(lost)
    heads = log.kept()
    forged = heads | {"heads": [heads["heads"][0] | {"size": 9}]}
    told = restore(there, kept, heads=forged, folder=lost)
    assert told.returncode == 1
    assert "not all the heads that this county signed" in told.stderr
    assert {path.name for path in there.var.iterdir()} <= {"secret_key"}
    told = there.run("restore", kept.archive, "--key", kept.key)
    assert "say --without-heads" in told.stderr


def test_whoever_has_the_folder_of_backups_alone_has_nothing(lost, monday):
    begun = log.request(AT)
    kept = backups.made(lost)
    for path in (kept.archive, kept.ring):
        box = path.read_bytes()
        for word in ("需要一份居住证明", str(begun.case.pk), begun.case.number, "chengnuo.keys/1", "SQLite format"):
            assert word.encode() not in box
    assert kept.key.read_text().split()[2] not in (real.BACKUP_KEY).read_text()


def test_a_backup_can_be_looked_at_without_putting_it_back(lost, there, monday):
    kept = backups.made(lost)
    (lost / "var" / "keys.json").unlink()
    told = there.run("restore", kept.archive, "--key", kept.key, "--check")
    assert told.returncode == 0, told.stderr
    assert "In order: the backup of" in told.stdout
    assert {path.name for path in there.var.iterdir()} <= {"secret_key"}


def test_without_a_key_no_backup_is_made(lost, monday):
    with pytest.raises(CommandError, match=r"\./run backup-key"):
        backups.said("backup", str(lost))
    backups.said("backup_key", str(lost / "private"))
    with pytest.raises(CommandError, match="There is a key in"):
        backups.said("backup_key")
