"""The night's backup is put back before anybody believes in it; what is wrong with it is said, kept and shown."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as real
from django.urls import reverse
from django.utils import timezone

from chengnuo.config.doctor import keeping as looks
from chengnuo.foundation import clock, files, keys
from chengnuo.foundation.actor import system
from chengnuo.foundation.models import LogHead, LogNode
from chengnuo.foundation.refs import Ref
from chengnuo.keeping import archive, backup, copies, drill, rotation
from chengnuo.keeping.copies import CopyRefused
from chengnuo.keeping.models import Drill
from tests.factories import backups, county, log

pytestmark = pytest.mark.django_db(transaction=True)
AT = county.MONDAY
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monday):
    """A county in a folder of its own, with a folder for backups and a key."""
    ring = Path(real.KEY_RING)
    settings.VAR = tmp_path / "var"
    settings.VAR.mkdir()
    settings.KEY_RING, settings.BACKUP_KEY = settings.VAR / "keys.json", settings.VAR / "backup.pub"
    settings.BACKUPS = tmp_path / "backups"
    backups.put_ring(settings.VAR, ring)
    backups.said("backup_key", str(tmp_path / "private"))
    return settings.BACKUPS


@pytest.fixture
def stored():
    """Three files, each of a request."""
    found = []
    for number in range(3):
        owner = Ref("case", log.request(AT).case.pk)
        with files.kept(b"photo %d" % number, owner=owner, media_type="image/jpeg", at=AT) as file:
            file.save(force_insert=True)
        found.append(file)
    return found


def test_a_good_night(folder, stored, caplog):
    log.settle(AT + HOUR)
    assert drill.nightly(AT) == 1
    found = Drill.objects.get()
    assert (found.worked, found.said, found.files) == (True, "", 3)
    assert found.rows > 100
    assert found.size == (folder / found.archive).stat().st_size
    assert found.backed_up_in > timedelta(0) < found.put_back_in
    assert not list(real.VAR.glob("staging-*")), "nothing in clear is left behind"
    assert {path.suffix for path in folder.iterdir()} == {".backup", ".ring"}
    assert not list(looks.no_backup(AT))
    assert not caplog.records


def test_once_a_night_and_again_an_hour_after_a_failure(folder):
    assert [drill.nightly(AT), drill.nightly(AT + HOUR), drill.nightly(AT + DAY)] == [1, 0, 1]
    real.BACKUP_KEY.unlink()
    later = AT + 2 * DAY
    assert [drill.nightly(later), drill.nightly(later + HOUR / 2), drill.nightly(later + HOUR)] == [1, 0, 1]


def test_without_a_folder_nothing_is_made(settings):
    settings.BACKUPS = None
    assert drill.nightly(AT) == 0
    assert not Drill.objects.exists()
    assert not list(looks.no_backup(AT)), "the demo needs none"
    settings.DEMO = False
    assert "No nightly backup is made" in next(looks.no_backup(AT)).wrong


def test_a_file_that_is_missing_or_altered_is_said(folder, stored, caplog):
    files._path(stored[0].pk).unlink()
    files._path(stored[1].pk).write_bytes(b"typed in")
    drill.nightly(AT)
    found = Drill.objects.get()
    assert not found.worked
    assert str(stored[0].pk) in found.said
    assert str(stored[1].pk) in found.said
    assert str(stored[2].pk) not in found.said
    assert "the night's backup failed" in caplog.text


def test_a_file_that_was_erased_while_the_backup_was_made_is_no_fault(folder, stored, monkeypatch):
    take = backup.copies.take

    def then_erase(into):
        counted = take(into)
        files.erase(stored[:1], at=AT)
        return counted

    monkeypatch.setattr(backup.copies, "take", then_erase)
    assert drill.drill(folder, AT).said == ""


def test_a_log_that_does_not_lead_to_its_head_is_said(folder, stored):
    log.settle(AT + HOUR)
    LogNode.objects.filter(level=0, index=LogHead.objects.get().size - 1).update(hash=bytes(32))
    LogHead.objects.update(root="ab" * 32)
    assert "does not lead to the root" in drill.drill(folder, AT).said


def test_an_archive_that_the_disk_spoiled_is_said(folder):
    made = backup.back_up(folder, AT)
    box = bytearray(made.archive.read_bytes())
    box[-30] ^= 1
    made.archive.write_bytes(bytes(box))
    with pytest.raises(archive.ArchiveUnfit, match="is damaged"):
        drill.tried(made)


def test_rows_that_the_copy_does_not_have_are_said(folder, monkeypatch):
    facts = backup.copies.facts
    monkeypatch.setattr(
        backup.copies,
        "facts",
        lambda *asked: (found := facts(*asked)) | {"counts": found["counts"] | {"cases_case": 9999}},
    )
    assert "does not have as many rows" in drill.drill(folder, AT).said


def test_the_doctor_speaks_after_two_days_and_quotes_the_mistake(folder):
    drill.nightly(AT)
    real.BACKUP_KEY.unlink()
    drill.nightly(AT + DAY)
    assert [found.wrong for found in looks.no_backup(AT + DAY)] == ["There is no key to seal backups to."]
    wrong = [found.wrong for found in looks.no_backup(AT + 3 * DAY)]
    assert wrong[1].startswith("No backup was made and put back since 2026-03-02")
    assert "There is no key at" in wrong[1]


def test_old_backups_go_and_the_newest_stays(folder):
    for age in (40, 31, 29, 1):
        backup.back_up(folder, AT - age * DAY)
    (folder / "somebody's file").touch()
    gone = backup.age_out(folder, AT, 30)
    assert len(gone) == 2
    assert len(list(folder.glob("*.backup"))) == 2
    assert backup.age_out(folder, AT + 365 * DAY, 30)
    assert len(list(folder.glob("*.backup"))) == 1
    assert (folder / "somebody's file").exists()


def test_what_a_kill_left_in_clear_goes_the_next_day(folder):
    left = real.VAR / "staging-killed"
    left.mkdir()
    with backup.staging():
        assert left.exists(), "somebody may be at work there"
    shutil.os.utime(left, (0, 0))
    with backup.staging():
        assert not left.exists()


def page(client, at=AT):
    county.sign_in(client, "health-bureau.account-admin", at=at)
    return client.get(reverse("county:backups")).content.decode()


def test_the_page_says_when_it_last_worked_and_how_long_it_took(client, folder):
    assert "No backup has been put back yet" in page(client)
    drill.nightly(AT)
    said = page(client)
    assert "was put back into a scratch place, and was whole" in said
    assert "1 second" in said
    Drill.objects.update(at=AT - 3 * DAY)
    real.BACKUP_KEY.unlink()
    drill.nightly(AT)
    said = page(client)
    assert "No backup has been put back since" in said
    assert "There is no key at" in said


def test_the_page_says_that_none_are_set_up(client, settings):
    settings.BACKUPS = None
    assert "No nightly backups are set up" in page(client)


def test_the_manifest_says_whose_it_is_and_counts_everything(folder, stored, tmp_path):
    made = backup.back_up(folder, AT)
    (tmp_path / "out").mkdir()
    said = archive.read(made.archive, made.key, tmp_path / "out")["manifest"]
    assert (said["schema"], said["county"]) == ("chengnuo.backup/1", "420526")
    assert said["counts"]["cases_case"] == 3
    assert {name for name in said["files"] if name.startswith("files/")} == {f"files/{each.pk}" for each in stored}
    assert said["ring"]["signing"] in json.loads(real.KEY_RING.read_text())["signing"]["keys"]
    assert files.content(stored[0], by=system(), reason="test") == b"photo 0"
    assert clock.now() < timezone.now()


def test_a_key_ring_that_the_disk_spoiled_is_said(folder):
    made = backup.back_up(folder, AT)
    made.ring.write_bytes(made.ring.read_bytes()[:-3])
    with pytest.raises(archive.ArchiveUnfit, match=r"\.ring breaks off"):
        drill.tried(made)


def test_a_sealed_key_ring_that_lacks_the_key_of_its_backup_is_said(folder, tmp_path):
    older = backup.back_up(folder, AT)
    rotation.begin(AT)
    made = backup.back_up(folder, AT + HOUR)
    _manifest, wrong = drill.tried(replace(made, ring=older.ring, ring_key=older.ring_key))
    assert wrong == [f"The sealed key ring lacks {keys.ring().sealing_id}."]


@pytest.mark.parametrize(
    "trouble", [sqlite3.OperationalError("disk I/O error"), psycopg.OperationalError("gone"), KeyError("王桂兰")]
)
@pytest.mark.parametrize("step", ["facts", "opened"])
def test_whatever_goes_wrong_the_night_has_its_row_and_the_next_try_waits(folder, monkeypatch, step, trouble):
    def fails(*_asked):
        raise trouble

    where = (backup.copies, "facts") if step == "facts" else (drill, "facts")
    monkeypatch.setattr(*where, fails)
    assert [drill.nightly(AT), drill.nightly(AT + HOUR / 2)] == [1, 0]
    said = Drill.objects.get().said
    assert ("It broke off: KeyError." if isinstance(trouble, KeyError) else str(trouble)) in said
    assert "王桂兰" not in said


def test_a_copy_that_is_no_database_is_said(folder, tmp_path):
    (tmp_path / "database.sqlite3").write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    with (
        pytest.raises(CopyRefused, match="could not be opened from its copy"),
        copies.opened(tmp_path / "database.sqlite3"),
    ):
        pytest.fail("it was opened")


def test_the_page_names_older_keys_and_opens_no_file_for_it(client, folder, stored, monkeypatch):
    monkeypatch.setattr(files, "key_of", lambda _file: pytest.fail("a file was opened for a page"))
    assert "Replaced keys" not in page(client)
    older = keys.ring().sealing_id
    rotation.begin(AT)
    said = page(client)
    assert "Replaced keys that are still needed" in said
    assert older in said
