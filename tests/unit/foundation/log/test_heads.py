"""Heads are signed once an hour while the log grows; a restore is told by a new epoch and cannot be hidden."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.core.management import call_command
from django.core.management.base import CommandError

from chengnuo.core.log import Head, tree
from chengnuo.foundation import clock
from chengnuo.foundation.keys import ring
from chengnuo.foundation.log import heads, sequencer
from chengnuo.foundation.models import LogEntry, LogHead
from chengnuo.foundation.models.log import LogNode
from tests.factories import county, log

pytestmark = pytest.mark.django_db
AT = county.MONDAY
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _empty(db):
    LogEntry.objects.all().delete()


def said(head: LogHead) -> Head:
    data = heads.as_data(head)
    return Head(**{name: data[name] for name in Head.__dataclass_fields__ if name in data})


def restore(size: int) -> None:
    """The database as a copy had it when there were so many entries."""
    LogHead.objects.filter(size__gt=size).delete()
    LogEntry.objects.filter(seq__gte=size).delete()
    entries = list(LogEntry.objects.exclude(seq=None).order_by("seq"))
    LogNode.objects.all().delete()
    LogEntry.objects.update(seq=None)
    sequencer._number(entries)


def test_an_empty_log_has_no_head():
    assert heads.publish(AT) is None
    assert heads.last() is None


def test_the_first_entries_have_a_head_at_once():
    log.written(3)
    head = log.settle(AT)
    assert (head.epoch, head.size, head.before) == (1, 3, "-")


def test_the_next_head_follows_after_an_hour_and_only_if_the_log_has_grown():
    log.written(3)
    log.settle(AT)
    assert heads.publish(AT + 2 * HOUR) is None, "nothing to say"
    log.written(1)
    assert log.settle(AT + HOUR - SECOND) is None, "not yet"
    assert log.settle(AT + HOUR).size == 4
    log.written(1)
    assert log.settle(AT - HOUR) is None, "never before the last one"
    assert LogHead.objects.count() == 2


def test_what_is_not_numbered_is_not_signed():
    log.written(2)
    assert heads.publish(AT) is None


def test_a_head_is_signed_over_its_text_and_says_the_root():
    log.written(5)
    head = log.settle(AT + timedelta(microseconds=123_456))
    stored = sequencer.nodes_of(tree.peaks(5))
    assert head.root == tree.root(5, stored.__getitem__).hex()
    data = heads.as_data(LogHead.objects.get())
    assert data["at"] == "2026-03-02T02:00:00Z", "to the second, so that it reads the same from every database"
    key = Ed25519PublicKey.from_public_bytes(ring().public_keys()[data["key"]])
    key.verify(bytes.fromhex(data["signature"]), said(head).text().encode())
    assert data.keys() == {"schema", "key", "signature"} | asdict(said(head)).keys() - {"next"}


@pytest.mark.parametrize("lost", [0, 2], ids=["nothing lost", "two entries lost"])
def test_a_restore_opens_an_epoch_that_names_the_last_head(lost, tmp_path):
    log.written(3)
    log.settle(AT)
    log.written(2)
    log.settle(AT + HOUR)
    kept = log.kept()
    restore(5 - lost)
    opened = heads.open_epoch(AT + 2 * HOUR, kept=kept["heads"])
    assert (opened.epoch, opened.size) == (2, 5 - lost)
    assert opened.before == f"1/5/{kept['heads'][0]['root']}"
    assert LogHead.objects.filter(epoch=1, size=5).exists(), "the cut stays in sight"
    log.written(4)
    later = log.settle(AT + 3 * HOUR)
    assert (later.epoch, later.size, later.before) == (2, 9 - lost, opened.before)
    found = log.outsider(tmp_path, heads=kept)
    if lost:
        assert found.returncode == 1
        assert f"Epoch 2 began with a restore that lost {lost} published entries" in found.stdout
        found = log.outsider(tmp_path, heads=kept, more=("--explained", "2"))
    assert found.returncode == 0, found.stdout


def test_the_head_before_a_restore_cannot_be_left_out(tmp_path):
    """The insider opens an epoch on the head of an hour ago: whoever kept the newer one sees it."""
    log.written(3)
    old = heads.as_data(log.settle(AT))
    log.written(2)
    log.settle(AT + HOUR)
    kept = log.kept()
    restore(3)
    heads.open_epoch(AT + 2 * HOUR, kept=[old])
    assert log.outsider(tmp_path).returncode == 0
    found = log.outsider(tmp_path, heads=kept, more=("--explained", "2"))
    assert found.returncode == 1
    assert "was published before a restore, and the new epoch hides it" in found.stdout


def test_what_a_restore_keeps_cannot_be_altered_under_cover_of_it(tmp_path):
    log.written(3)
    log.settle(AT)
    log.written(2)
    log.settle(AT + HOUR)
    kept = log.kept()
    restore(4)
    for seq, to in ((0, -1), (1, 0), (-1, 1)):
        LogEntry.objects.filter(seq=seq).update(seq=to)
    restore(4)
    heads.open_epoch(AT + 2 * HOUR, kept=kept["heads"])
    found = log.outsider(tmp_path, heads=kept, more=("--explained", "2"))
    assert found.returncode == 1
    assert "one of the first 3 entries was altered" in found.stdout


def test_a_second_restore_is_followed_too(tmp_path):
    """Even when the copy is older than the first restore: the outsider's heads bring back what it does not know."""
    log.written(6)
    log.settle(AT)
    kept = log.kept()
    restore(5)
    heads.open_epoch(AT + HOUR, kept=kept["heads"])
    log.written(4)
    second = log.settle(AT + 2 * HOUR)
    kept = log.kept()
    restore(2)
    assert heads.last() is None
    third = heads.open_epoch(AT + 3 * HOUR, kept=kept["heads"])
    assert (third.epoch, third.size, third.before) == (3, 2, f"2/9/{second.root}")
    assert [(head.epoch, head.size) for head in LogHead.objects.order_by("epoch", "size")] == [
        (1, 6),
        (2, 5),
        (2, 9),
        (3, 2),
    ]
    assert log.outsider(tmp_path, heads=kept, more=("--explained", "2", "3")).returncode == 0
    found = log.outsider(tmp_path, heads=kept, more=("--explained", "2"))
    assert "Epoch 3 began with a restore that lost 7 published entries" in found.stdout


def test_heads_of_an_epoch_that_are_missing_are_asked_for():
    log.written(6)
    log.settle(AT)
    heads.open_epoch(AT + HOUR, kept=log.kept()["heads"])
    newest = log.kept()["heads"][0]
    restore(2)
    with pytest.raises(heads.NotOurHeads):
        heads.open_epoch(AT + 3 * HOUR, kept=[newest])
    assert heads.last() is None


def test_a_promise_that_a_restore_broke_is_found(tmp_path):
    log.written(3)
    log.settle(AT)
    begun = log.request(AT + HOUR)
    receipt = log.promise(begun, AT + HOUR)
    log.settle(AT + 2 * HOUR)
    kept = log.kept()
    restore(3)
    heads.open_epoch(AT + 3 * HOUR, kept=kept["heads"])
    found = log.outsider(tmp_path, heads=kept, receipts=receipt, more=("--explained", "2"))
    assert found.returncode == 1
    assert "its entry is not in the log" in found.stdout


@pytest.mark.parametrize(
    "change",
    [{"size": 6}, {"root": "ab" * 32}, {"epoch": 2}, {"origin": "chengnuo/999999"}, {"key": "ffffffff"}, {"signature": "zz"},
     {"signature": ""}, {"at": 7}, {"before": None}],
)  # fmt: skip
def test_a_head_that_this_county_did_not_sign_opens_nothing(change):
    log.written(5)
    kept = heads.as_data(log.settle(AT)) | change
    with pytest.raises(heads.NotOurHeads):
        heads.open_epoch(AT + HOUR, kept=[kept])
    assert LogHead.objects.count() == 1


@pytest.mark.parametrize("kept", [[], [{}], [{"schema": "chengnuo.head/1"}]])
def test_what_is_no_head_opens_nothing(kept):
    log.written(5)
    log.settle(AT)
    with pytest.raises(heads.NotOurHeads):
        heads.open_epoch(AT, kept=kept)


def test_a_head_signed_by_somebody_else_opens_nothing():
    log.written(5)
    head = log.settle(AT)
    forged = Ed25519PrivateKey.generate().sign(said(head).text().encode()).hex()
    with pytest.raises(heads.NotOurHeads):
        heads.open_epoch(AT + HOUR, kept=[heads.as_data(head) | {"signature": forged}])


def test_a_head_that_is_newer_here_is_the_one_that_is_named():
    log.written(1)
    old = heads.as_data(log.settle(AT))
    log.written(1)
    log.settle(AT + HOUR)
    assert heads.open_epoch(AT + 2 * HOUR, kept=[old]).before.startswith("1/2/")


def test_the_command_after_a_restore(tmp_path, capsys):
    log.written(3)
    log.settle(AT)
    kept = log.paper(tmp_path, log.kept())
    with clock.frozen(AT + HOUR):
        call_command("restored", str(kept))
    said = capsys.readouterr().out
    assert "Epoch 2 of the log begins with 3 entries." in said
    assert "Erased again: 0" in said
    assert heads.last().epoch == 2


@pytest.mark.parametrize(
    "text", ["", "[]x", "{}", "[]", '"head"', "null", '{"heads": [7]}', '{"heads": []}', '{"heads": 3}']
)
def test_the_command_says_what_is_no_head(tmp_path, text):
    file = tmp_path / "head.json"
    file.write_text(text)
    with pytest.raises(CommandError, match="head"):
        call_command("restored", str(file))
    assert heads.last() is None


def test_the_command_says_that_the_file_is_missing(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("restored", str(tmp_path / "nothing.json"))
