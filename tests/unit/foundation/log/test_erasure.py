"""What is erased is gone, from the database and from what a copy brings back; and every proof still holds."""

from __future__ import annotations

import errno
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command

from chengnuo.foundation import clock
from chengnuo.foundation.log import erasure, export, proofs
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.models.tombstone import Tombstone
from tests.factories import county, log

pytestmark = pytest.mark.django_db
AT = county.MONDAY
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Tombstones of one test are no other's."""
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture
def begun():
    found = log.request(AT)
    log.request(AT)
    log.settle(AT + HOUR)
    return found


def rows_of(case) -> list[LogEntry]:
    return list(LogEntry.objects.filter(ref_kind="case", ref_id=str(case.pk)).order_by("pk"))


def words_in_the_database(*secrets: str) -> list[str]:
    everything = json.dumps(
        list(LogEntry.objects.values()),
        default=lambda value: bytes(value).hex() if isinstance(value, memoryview | bytes) else str(value),
    )
    return [secret for secret in secrets if secret in everything]


def test_the_private_words_are_gone_and_the_leaf_stays(begun, folder):
    (entry,) = rows_of(begun.case)
    secrets = (str(begun.case.pk), bytes(entry.salt).hex())
    assert words_in_the_database(*secrets) == list(secrets)
    assert erasure.erase("case", str(begun.case.pk), at=AT + HOUR) == 1
    assert not words_in_the_database(*secrets)
    left = LogEntry.objects.get(pk=entry.pk)
    assert (left.private, left.salt, left.ref_id) == (None, None, "")
    assert (left.seq, left.public, bytes(left.leaf)) == (entry.seq, entry.public, bytes(entry.leaf))
    assert proofs.of("case", begun.case.pk) == []


def test_every_proof_still_holds(begun, tmp_path):
    kept, receipt, record = log.kept(), log.promise(begun), proofs.of("case", begun.case.pk)
    before = b"".join(export.lines())
    erasure.erase("case", str(begun.case.pk), at=AT + HOUR)
    assert b"".join(export.lines()) == before, "outsiders see no difference"
    found = log.outsider(tmp_path, heads=kept, receipts=[receipt, record])
    assert found.returncode == 0, found.stdout


def test_what_was_not_numbered_yet_is_numbered_without_its_words(begun, tmp_path):
    waiting = log.request(AT + HOUR)
    receipt = log.promise(waiting, AT + HOUR)
    erasure.erase("case", str(waiting.case.pk), at=AT + HOUR)
    log.request(AT + 2 * HOUR)
    log.settle(AT + 3 * HOUR)
    assert log.outsider(tmp_path, receipts=receipt).returncode == 0


def test_others_are_left_alone_and_a_second_time_does_nothing(begun):
    opened = LogEntry.objects.filter(salt__isnull=False).count()
    assert erasure.erase("case", str(begun.case.pk), at=AT) == 1
    assert erasure.erase("case", str(begun.case.pk), at=AT) == 0
    assert erasure.erase("post", str(begun.case.pk), at=AT) == 0
    assert LogEntry.objects.filter(salt__isnull=False).count() == opened - 1
    assert Tombstone.objects.count() == 1


def test_what_an_old_copy_brings_back_is_erased_again(begun, folder, django_capture_on_commit_callbacks, capsys):
    """The copy knows neither the erasure nor its tombstone: the file beside the database does."""
    (entry,) = rows_of(begun.case)
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase("case", str(begun.case.pk), at=AT + HOUR)
    Tombstone.objects.all().delete()
    LogEntry.objects.filter(pk=entry.pk).delete()
    entry.save(force_insert=True)
    assert words_in_the_database(str(begun.case.pk))
    kept = log.paper(folder, log.kept())
    with clock.frozen(AT + 2 * HOUR):
        call_command("restored", str(kept))
    assert "Erased again: 1" in capsys.readouterr().out
    assert not words_in_the_database(bytes(entry.salt).hex())
    assert LogEntry.objects.get(pk=entry.pk).ref_id == ""
    assert bytes(Tombstone.objects.get(entry=entry.pk).leaf) == bytes(entry.leaf)
    assert erasure.replay() == 0


def test_tombstones_tell_nothing(begun, folder, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase("case", str(begun.case.pk), at=AT + HOUR)
    file = folder / erasure.FILE
    assert file.stat().st_mode & 0o077 == 0
    (said,) = map(json.loads, file.read_text().splitlines())
    assert said.keys() == {"entry", "leaf", "at"}
    assert str(begun.case.pk) not in file.read_text()


def test_an_act_that_is_rolled_back_buries_nothing(begun, folder, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        erasure.erase("case", str(begun.case.pk), at=AT + HOUR)
    assert not (folder / erasure.FILE).exists()


def test_nothing_to_replay_is_nothing_done(begun):
    assert erasure.replay() == 0
    assert rows_of(begun.case)


def buried_in_the_file(folder, *rows):
    """Tombstones as the file has them: by the ids of what they stand for."""
    lines = (folder / erasure.FILE).read_text(errors="replace").splitlines()
    return [line for line in lines if any(str(row) in line and line.endswith("}") for row in rows)]


def test_it_begins_on_a_fresh_line_behind_one_that_was_torn(folder, db, django_capture_on_commit_callbacks):
    (folder / erasure.FILE).write_bytes(b'{"entry": "0190')
    row = uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.bury([(row, bytes(32))], at=AT)
    assert len(buried_in_the_file(folder, row)) == 1
    assert erasure.unreadable() == 1
    Tombstone.objects.all().delete()
    assert erasure.brought_back() == {}
    assert erasure.buried() == {row}


def test_many_at_once_are_whole_lines(folder, db):
    """More than a buffer holds, from several at the same time: what was written in pieces would mix within a line."""
    batches = [[Tombstone(entry=uuid4(), leaf=bytes(32), erased_at=AT) for _ in range(200)] for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(erasure._keep, batches))
    assert erasure.unreadable() == 0
    assert {each.entry for each in erasure._kept()} == {each.entry for batch in batches for each in batch}


def test_in_the_night_the_file_gets_what_it_lacks(folder, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        erasure.bury([(uuid4(), bytes(32))], at=AT)
    before = (folder / erasure.FILE).read_text()
    row = uuid4()
    with django_capture_on_commit_callbacks(execute=False):
        erasure.bury([(row, bytes(32))], at=AT)
    assert [erasure.keep_missing(), erasure.keep_missing()] == [1, 0]
    assert (folder / erasure.FILE).read_text().startswith(before)
    assert len(buried_in_the_file(folder, row)) == 1


def test_a_disk_that_takes_nothing_fails_no_act_that_is_done(
    folder, db, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(erasure.os, "write", full)
    row = uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        erasure.bury([(row, bytes(32))], at=AT)
    assert "No space left on device" in caplog.text
    monkeypatch.undo()
    assert erasure.keep_missing() == 1
