"""Another key for the log's heads: announced under the old one's signature, and followed by whoever verifies."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest

from chengnuo.foundation import keys
from chengnuo.foundation.keys import ring
from chengnuo.foundation.log import heads
from chengnuo.foundation.models import LogEntry, LogHead
from chengnuo.keeping import signing
from tests.factories import county, log

pytestmark = pytest.mark.django_db
AT = county.MONDAY
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _own_ring(settings, tmp_path, monday):
    settings.KEY_RING = Path(tmp_path / "keys.json")
    keys.put(settings.KEY_RING, Path(settings.VAR, "keys.json").read_bytes())
    LogEntry.objects.all().delete()


@pytest.fixture
def rotated():
    """A head, another key, and heads of it; what an outsider kept before."""
    log.request(AT)
    log.settle(AT + HOUR)
    kept = log.kept()
    signing.rotate(AT + 2 * HOUR)
    log.request(AT + 2 * HOUR)
    log.settle(AT + 4 * HOUR)
    return kept


def test_a_head_of_the_old_key_announces_the_new_one(rotated):
    first, announcing, newest = LogHead.objects.order_by("size")
    assert announcing.next == f"{ring().signing_id} {ring().public_keys()[ring().signing_id].hex()}"
    assert first.key_id == announcing.key_id != newest.key_id == ring().signing_id
    assert list(ring().signing) == [ring().signing_id]
    assert first.key_id in ring().public_keys()
    assert LogEntry.objects.filter(schema="key.sign/1").exists()


def test_whoever_kept_the_old_key_alone_follows(rotated, tmp_path):
    found = log.outsider(tmp_path, heads=rotated)
    assert (found.returncode, found.stderr) == (0, ""), found.stdout
    assert "All of this is in order." in found.stdout


def test_a_new_key_that_nobody_announced_is_found(rotated, tmp_path):
    """Who owns the server signs with a key of his own and lists it in the export."""
    with keys.changing() as said:
        name, key = keys.new_key()
        said["signing"]["old"][ring().signing_id] = b64encode(ring().public_keys()[ring().signing_id]).decode()
        said["signing"] |= {"now": name, "keys": {name: key}}
    log.request(AT + 5 * HOUR)
    log.settle(AT + 6 * HOUR)
    found = log.outsider(tmp_path, heads=rotated)
    assert found.returncode == 1
    assert "is not signed by a key of this log" in found.stdout
    assert log.outsider(tmp_path).returncode == 1, "nor without any kept head"


def with_the_old_key(before):
    """The ring as it was before: whoever kept a copy of it."""
    with keys.changing() as said:
        said["signing"] = json.loads(before)["signing"]


@pytest.fixture
def stolen(settings):
    """The ring with the key that was replaced; a head announced the other one."""
    log.request(AT)
    log.settle(AT + HOUR)
    before = Path(settings.KEY_RING).read_bytes()
    signing.rotate(AT + 2 * HOUR)
    return before


def test_the_old_key_signs_no_head_after_the_announcement(stolen, tmp_path):
    assert log.outsider(tmp_path).returncode == 0
    with_the_old_key(stolen)
    log.request(AT + 3 * HOUR)
    log.settle(AT + 4 * HOUR)
    found = log.outsider(tmp_path)
    assert (found.returncode, "is not signed by a key of this log" in found.stdout) == (1, True)
    with pytest.raises(heads.NotOurHeads):
        heads.ours(log.kept()["heads"])


def test_a_copy_put_back_with_the_old_ring_has_to_be_explained(stolen, tmp_path):
    with_the_old_key(stolen)
    kept = log.kept()
    heads.open_epoch(AT + 3 * HOUR, kept=kept["heads"])
    later = log.kept()["heads"]
    with pytest.raises(heads.SignedByReplacedKey):
        heads.ours(later)
    assert [head.epoch for head in heads.ours(later, explained=[2])] == [1, 1, 2]
    papers = (log.exported(tmp_path), "--heads", log.paper(tmp_path, kept))
    assert log.verify(*papers).returncode == 1
    assert log.verify(*papers, "--explained", "2").returncode == 0


def test_whoever_stole_the_old_key_feeds_no_epoch_into_a_restore(stolen, settings):
    """Its epoch would stand among those that a restore stores again, and name what the thief likes."""
    now, kept = Path(settings.KEY_RING).read_bytes(), log.kept()["heads"]
    with_the_old_key(stolen)
    forged = heads.as_data(heads.open_epoch(AT + 3 * HOUR, kept=kept))
    with_the_old_key(now)
    LogHead.objects.filter(epoch=2).delete()
    with pytest.raises(heads.SignedByReplacedKey):
        heads.open_epoch(AT + 4 * HOUR, kept=[*kept, forged])
    assert not LogHead.objects.filter(epoch__gt=1).exists()
    opened = heads.open_epoch(AT + 4 * HOUR, kept=[*kept, forged], explained=[2])
    assert opened.epoch == 3, "it is said, so somebody answers for it"


@pytest.mark.parametrize("how", ["drop", "other"])
def test_an_announcement_that_was_altered_is_found(rotated, tmp_path, how):
    lines = [json.loads(line) for line in log.exported(tmp_path).read_text().splitlines()]
    announcing = next(line for line in lines if "next" in line)
    if how == "drop":
        del announcing["next"]
    else:
        announcing["next"] = f"{announcing['next'].split()[0]} {'58' + '66' * 31}"
    altered = tmp_path / "altered.jsonl"
    altered.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    found = log.verify(altered, "--heads", log.paper(tmp_path, rotated))
    assert (found.returncode, "is not signed by a key of this log" in found.stdout) == (1, True)


def test_receipts_of_the_old_key_still_count(tmp_path):
    begun = log.request(AT)
    receipt = log.promise(begun)
    log.settle(AT + HOUR)
    signing.rotate(AT + 2 * HOUR)
    assert log.outsider(tmp_path, receipts=receipt).returncode == 0


def test_before_the_first_head_it_works_too(tmp_path):
    signing.rotate(AT)
    log.request(AT)
    log.settle(AT + 2 * HOUR)
    assert log.outsider(tmp_path).returncode == 0


def test_broken_off_after_each_step_it_goes_on():
    name = signing._prepare()
    assert ring().signing_id != name, "the old one still signs"
    assert signing.rotate(AT) == name
    announced = LogHead.objects.get(next__startswith=name)
    with keys.changing() as said:
        # as it was before the last step: announced, and not yet signing
        said["signing"]["keys"][announced.key_id] = b64encode(bytes(32)).decode()
        said["signing"]["now"] = announced.key_id
    log.request(AT)
    assert log.settle(AT + HOUR).key_id == name, "what was announced signs, though the ring does not say so yet"
    assert signing.rotate(AT + HOUR) == name
    assert LogHead.objects.filter(next__startswith=name).count() == 1
    assert list(ring().signing) == [name]


def test_a_restore_with_the_old_ring_follows_the_announcement(rotated):
    """The ring of the backup does not know the new key; the kept heads tell of it."""
    kept = log.kept()["heads"]
    old = next(head["key"] for head in kept if head["size"] == min(each["size"] for each in kept))
    with keys.changing() as said:
        said["signing"]["now"] = "00000000"
        said["signing"]["keys"] = {"00000000": b64encode(bytes(32)).decode()}
        said["signing"]["old"] = {old: said["signing"]["old"][old]}
    assert [head.size for head in heads.ours(kept)] == sorted(head["size"] for head in kept)
    alone = [head for head in kept if "next" not in head]
    with pytest.raises(heads.NotOurHeads):
        heads.ours(alone)
