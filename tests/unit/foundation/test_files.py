"""Files lie sealed and synced before their row, go after it, and open for their own row alone."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from chengnuo.foundation import disk, files
from chengnuo.foundation.actor import Actor, Hat, resident, system
from chengnuo.foundation.files import FileBroken, NoRoom
from chengnuo.foundation.log import erasure
from chengnuo.foundation.models import Look, StoredFile, Tombstone
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.seals import EMPTY_BYTES, seal_bytes

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
WORDS = b"\xff\xd8\xff a paper of a person \xff\xd9"
OWNER = Ref("case", uuid4())
TWO_DAYS = 2 * 24 * 3600


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A folder of this test alone; the key ring stays where it is."""
    settings.VAR = tmp_path
    return tmp_path / "files"


def keep(content=WORDS, owner=OWNER):
    with files.kept(content, owner=owner, media_type="image/jpeg", at=AT) as file, transaction.atomic():
        file.save(force_insert=True)
    return file


def read(file, by=None):
    return files.content(StoredFile.objects.get(pk=file.pk), by=by or system(), reason="test")


def lying(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def environment():
    """Of another process that imports what this one does."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}


def age(folder, seconds=TWO_DAYS):
    for path in folder.iterdir():
        os.utime(path, (time.time() - seconds,) * 2)


def test_what_was_put_in_comes_out_and_lies_there_sealed(folder):
    file = keep()
    assert read(file) == WORDS
    (lies,) = folder.iterdir()
    sealed = lies.read_bytes()
    assert lies.name == str(file.pk)
    assert b"paper" not in sealed
    assert (file.size, file.owner, file.media_type) == (len(WORDS), OWNER, "image/jpeg")
    assert file.digest not in {sha256(WORDS).hexdigest(), sha256(sealed).hexdigest()}
    assert len(sealed) == file.size + EMPTY_BYTES


def test_nobody_else_on_the_machine_may_read_it(folder):
    keep()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in folder.iterdir()] == [0o600]


def test_the_same_content_twice_looks_like_two(folder):
    keep()
    keep()
    assert len({path.read_bytes() for path in folder.iterdir()}) == 2


def test_a_look_of_an_officer_is_kept_and_one_of_the_family_is_nobodys_business(folder):
    file = keep()
    read(file, by=Actor(name="", hats=(Hat("clerk", post=uuid4()),), account=7))
    read(file, by=resident(OWNER.id))
    assert list(Look.objects.values_list("account", "label", "row", "reason")) == [
        (7, files.LABEL, str(file.pk), "test")
    ]


# what does not open


def spoil_flip(path, other):
    sealed = bytearray(path.read_bytes())
    sealed[len(sealed) // 2] ^= 1
    path.write_bytes(sealed)


def spoil_swap(path, other):
    shutil.copyfile(other, path)


def spoil_plain(path, other):
    path.write_bytes(WORDS)


def spoil_cut(path, other):
    path.write_bytes(path.read_bytes()[:-1])


def spoil_longer(path, other):
    path.write_bytes(path.read_bytes() + b"\0")


def spoil_missing(path, other):
    path.unlink()


def spoil_folder(path, other):
    path.unlink()
    path.mkdir()


SPOILT = [spoil_flip, spoil_swap, spoil_plain, spoil_cut, spoil_longer, spoil_missing, spoil_folder]


@pytest.mark.parametrize("knows_the_table", [False, True])
@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_what_was_changed_from_outside_fails_closed(spoil, knows_the_table, folder):
    """Also where the same hand changes the row, so that its size fits the forged file."""
    file, other = keep(), keep()
    path = folder / str(file.pk)
    spoil(path, folder / str(other.pk))
    if knows_the_table and path.is_file():
        size = path.stat().st_size - EMPTY_BYTES
        StoredFile.objects.filter(pk=file.pk).update(digest=other.digest, size=max(size, 0))
    with pytest.raises(FileBroken):
        read(file)
    assert read(other) == WORDS


def test_a_digest_that_does_not_fit_is_not_opened(folder):
    file = keep()
    StoredFile.objects.filter(pk=file.pk).update(digest="00" * 32)
    with pytest.raises(FileBroken):
        read(file)


def test_a_file_moved_to_another_owner_does_not_open(folder):
    file = keep()
    StoredFile.objects.filter(pk=file.pk).update(owner_id=uuid4())
    with pytest.raises(FileBroken):
        read(file)
    StoredFile.objects.filter(pk=file.pk).update(owner_id=OWNER.id, owner_kind="other")
    with pytest.raises(FileBroken):
        read(file)


def test_each_byte_of_the_sealed_file_counts(folder):
    file = keep(b"ab")
    path = folder / str(file.pk)
    good = path.read_bytes()
    for place in range(len(good)):
        forged = good[:place] + bytes([good[place] ^ 0x80]) + good[place + 1 :]
        path.write_bytes(forged)
        with pytest.raises(FileBroken):
            read(file)


def test_a_box_of_another_kind_of_thing_does_not_open(folder):
    file = keep()
    forged = seal_bytes(WORDS, label="people.contact.name", row=files._bound_to(file))
    (folder / str(file.pk)).write_bytes(forged)
    with pytest.raises(FileBroken):
        read(file)


def test_the_doctor_hears_of_what_is_broken_and_of_nothing_else(folder):
    good, gone, flipped = keep(), keep(), keep()
    assert list(files.broken()) == []
    (folder / str(gone.pk)).unlink()
    spoil_flip(folder / str(flipped.pk), None)
    assert {file.pk for file in files.broken()} == {gone.pk, flipped.pk}
    assert good.pk not in {gone.pk, flipped.pk}


# whole or not at all


def fails(*, committed):
    """An act that breaks before or after its row is saved."""
    with files.kept(WORDS, owner=OWNER, media_type="x", at=AT) as file:
        with transaction.atomic():
            file.save(force_insert=True)
            transaction.set_rollback(not committed)
        raise ZeroDivisionError


def test_an_act_that_fails_leaves_no_file(folder):
    with pytest.raises(ZeroDivisionError):
        fails(committed=False)
    assert lying(folder) == []
    assert not StoredFile.objects.exists()


def test_trouble_after_the_commit_does_not_take_the_file_of_a_row(folder):
    with pytest.raises(ZeroDivisionError):
        fails(committed=True)
    assert read(StoredFile.objects.get()) == WORDS


@pytest.mark.parametrize("step", ["open", "write", "fsync", "rename", "mkdir"])
def test_a_full_disk_is_said_in_words_and_leaves_nothing(step, folder, monkeypatch):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    where = {"open": (disk.os, "open"), "write": (disk.os, "fdopen"), "fsync": (disk.os, "fsync")}
    monkeypatch.setattr(*where.get(step, (Path, step)), full)
    with pytest.raises(NoRoom) as refused, files.kept(WORDS, owner=OWNER, media_type="x", at=AT):
        pytest.fail("the act went on")
    monkeypatch.undo()
    assert "counter" in refused.value.remedy
    assert lying(folder) == []


def test_a_disk_that_is_really_full(folder, settings):
    """A file larger than this process may write: the system says so in the middle of it."""
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "from pathlib import Path; from chengnuo.foundation.disk import write_whole\n"
        "try: write_whole(Path(sys.argv[1]), b'x' * 100000)\n"
        "except OSError as trouble: print(trouble.strerror)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(folder / "it")], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "File too large"
    assert lying(folder) == []


def test_file_then_folder_are_synced_before_the_row(folder, monkeypatch):
    steps = []
    real_sync, real_rename = os.fsync, Path.rename

    def fsync(descriptor):
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")  # noqa: PTH112  # a descriptor's name
        real_sync(descriptor)

    def rename(self, target):
        steps.append("rename")
        return real_rename(self, target)

    monkeypatch.setattr(disk.os, "fsync", fsync)
    monkeypatch.setattr(Path, "rename", rename)
    with files.kept(WORDS, owner=OWNER, media_type="x", at=AT):
        assert steps == ["file", "rename", "folder"]


# orphans


def test_a_file_without_a_row_is_swept_after_a_day_and_not_before(folder):
    kept, orphan = keep(), folder / str(uuid4())
    orphan.write_bytes(b"x")
    (folder / f".{uuid4()}.0011aabb").write_bytes(b"half")
    (folder / "README").write_bytes(b"somebody's")
    assert files.sweep() == 0
    age(folder)
    assert files.sweep() == 2
    assert lying(folder) == sorted([str(kept.pk), "README"])
    assert files.sweep() == 0


def test_sweeping_goes_in_chunks_and_needs_no_folder(folder, monkeypatch):
    assert files.sweep() == 0
    monkeypatch.setattr(files, "CHUNK", 2)
    keep()
    for _ in range(5):
        (folder / str(uuid4())).write_bytes(b"x")
    age(folder)
    assert files.sweep() == 5


KILLED = """
import sys, time
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.VAR, settings.KEY_RING = sys.argv[2:4]
django.setup()
from datetime import UTC, datetime
from uuid import uuid4
from django.db import transaction
from chengnuo.foundation import files
from chengnuo.foundation.refs import Ref
with files.kept(b"x" * 1000, owner=Ref("case", uuid4()), media_type="x", at=datetime.now(UTC)) as file, transaction.atomic():
    file.save(force_insert=True)
    print(file.pk, flush=True)
    time.sleep(60)
"""


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_killed_between_file_and_commit_leaves_an_orphan_that_is_swept(folder, tmp_path, settings):
    """In a copy of the database, by another process, with the signal that nobody hears."""
    copy = tmp_path / "copy.sqlite3"
    from_now = sqlite3.connect(_database())
    from_now.execute("VACUUM INTO ?", [str(copy)])
    from_now.close()
    command = [sys.executable, "-c", KILLED, str(copy), str(tmp_path), str(settings.KEY_RING)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment()) as child:
        pk = child.stdout.readline().decode().strip()
        assert lying(folder) == [pk]
        child.send_signal(signal.SIGKILL)
    after = sqlite3.connect(copy)
    assert after.execute("SELECT count(*) FROM foundation_storedfile").fetchone() == (0,)
    after.close()
    assert files.sweep() == 0
    age(folder)
    assert files.sweep() == 1
    assert lying(folder) == []


def _database():
    return transaction.get_connection().settings_dict["NAME"]


# erasure


def test_erased_is_gone_from_table_and_disk_and_has_a_tombstone(folder, django_capture_on_commit_callbacks):
    file, other = keep(), keep()
    with django_capture_on_commit_callbacks(execute=True):
        files.erase([file], at=AT)
        assert lying(folder) == sorted([str(file.pk), str(other.pk)]), "the file goes after the commit alone"
    assert lying(folder) == [str(other.pk)]
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [other.pk]
    stone = Tombstone.objects.get()
    assert (stone.entry, bytes(stone.leaf).hex()) == (file.pk, file.digest)


def test_an_erasure_that_is_rolled_back_erases_nothing(folder):
    file = keep()

    def breaks():
        with transaction.atomic():
            files.erase([file], at=AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks()
    assert read(file) == WORDS


def test_a_restore_does_not_bring_an_erased_file_back(folder, django_capture_on_commit_callbacks):
    file, other = keep(), keep()
    sealed = (folder / str(file.pk)).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        files.erase([file], at=AT)
    # a copy of database and folder that was made before knows neither the erasure nor its tombstone
    Tombstone.objects.all().delete()
    file.save(force_insert=True)
    (folder / str(file.pk)).write_bytes(sealed)
    erasure.replay()
    assert files.replay() == 1
    assert lying(folder) == [str(other.pk)]
    assert not StoredFile.objects.filter(pk=file.pk).exists()
    assert files.replay() == 0
