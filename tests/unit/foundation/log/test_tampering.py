"""Whoever holds the database, and whoever holds the keys too, cannot alter the record unseen by those who kept a head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F, Max

from chengnuo.core.log import commitment, leaf_hash
from chengnuo.foundation.log import heads, sequencer
from chengnuo.foundation.models import LogEntry, LogHead
from chengnuo.foundation.models.log import LogNode
from tests.factories import county, log

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
BEGINS = county.MONDAY


@dataclass
class Kept:
    """What stands outside of the county's reach: heads and receipts; and where in the log the outsider's requests are."""

    heads: dict[str, Any]
    receipts: list[dict[str, Any]]
    places: list[int]


@pytest.fixture
def kept():
    """A head, three requests, a head, three more, a head; the outsider has the heads and all six receipts."""
    LogEntry.objects.all().delete()
    log.written(2, at=BEGINS - 2 * HOUR)
    log.settle(BEGINS - 2 * HOUR)
    receipts, leaves = [], []
    for begins in (BEGINS, BEGINS + 2 * HOUR):
        for minute in range(3):
            at = begins + minute * MINUTE
            begun = log.request(at)
            leaves.append(log.leaf_of(begun))
            receipts.append(log.promise(begun, at))
            log.number(at)
        log.settle(begins + HOUR + 10 * MINUTE)
    places = [LogEntry.objects.get(leaf=leaf).seq for leaf in leaves]
    return Kept(log.kept(), receipts, places)


def forge_leaf(entry: LogEntry, **public: str) -> None:
    """The insider writes something else, and makes commitment and leaf fit."""
    entry.public = entry.public | public
    entry.commitment = commitment(bytes(entry.salt), entry.private)
    entry.leaf = leaf_hash(entry.public, entry.commitment)
    entry.save()


def make_nodes_anew() -> None:
    LogNode.objects.all().delete()
    entries = list(LogEntry.objects.exclude(seq=None).order_by("seq"))
    LogEntry.objects.update(seq=None)
    sequencer._number(entries)


def rebuild() -> None:
    """The insider who holds the keys makes the tree anew, and signs every head again, with its size and its time."""
    published = list(LogHead.objects.order_by("size").values_list("size", "at"))
    LogNode.objects.all().delete()
    LogHead.objects.all().delete()
    entries = list(LogEntry.objects.exclude(seq=None).order_by("seq"))
    LogEntry.objects.update(seq=None)
    for size, at in published:
        done = sequencer.size()
        sequencer._number(entries[done : min(size, len(entries))])
        if not LogHead.objects.filter(size=sequencer.size()).exists():
            heads._signed(at, epoch=1, before="-")
    sequencer._number(entries[sequencer.size() :])


def flip(kept):
    entry = LogEntry.objects.get(seq=kept.places[1])
    LogEntry.objects.filter(pk=entry.pk).update(public=entry.public | {"day": "2026-01-05"})


def flip_with_its_leaf(kept):
    forge_leaf(LogEntry.objects.get(seq=kept.places[1]), day="2026-01-05")


def flip_and_sign_again(kept):
    flip_with_its_leaf(kept)
    rebuild()


def delete(kept):
    LogEntry.objects.filter(seq=kept.places[1]).delete()


def delete_and_close_the_gap(kept):
    delete(kept)
    for entry in LogEntry.objects.filter(seq__gt=kept.places[1]).order_by("seq"):
        LogEntry.objects.filter(pk=entry.pk).update(seq=F("seq") - 1)


def delete_and_sign_again(kept):
    delete(kept)
    rebuild()


def insert_and_sign_again(kept):
    log.written(at=BEGINS)
    latest = LogEntry.objects.get(seq=None)
    for entry in LogEntry.objects.filter(seq__gte=kept.places[1]).order_by("-seq"):
        LogEntry.objects.filter(pk=entry.pk).update(seq=F("seq") + 1)
    LogEntry.objects.filter(pk=latest.pk).update(seq=kept.places[1])
    rebuild()


def swap(kept):
    one, other = kept.places[1], kept.places[2]
    for seq, to in ((one, -1), (other, one), (-1, other)):
        LogEntry.objects.filter(seq=seq).update(seq=to)


def swap_and_sign_again(kept):
    swap(kept)
    rebuild()


def truncate(kept):
    """The newest entries go, with the nodes and the head over them: the log looks as it did an hour ago."""
    LogEntry.objects.filter(seq__gte=kept.places[3]).delete()
    LogHead.objects.filter(size__gt=kept.places[3]).delete()
    make_nodes_anew()


def truncate_without_a_head(kept):
    LogHead.objects.all().delete()
    LogEntry.objects.filter(seq__gte=kept.places[3]).delete()


def old_copy_put_back(kept):
    """As it was after the first head, and life goes on: newer acts, and a newer head."""
    truncate(kept)
    for minute in range(5):
        log.request(BEGINS + 5 * HOUR + minute * MINUTE)
    assert log.settle(BEGINS + 7 * HOUR)


def rebuilt_by_an_insider(_kept):
    """Everything anew: other salts, other leaves, every head signed again with the county's own key."""
    for entry in LogEntry.objects.exclude(salt=None):
        entry.salt = bytes(32)
        forge_leaf(entry)
    rebuild()


ALTERED = "was altered"
SINCE = "was altered, removed, inserted or moved since"
GONE = "were taken away"
NO_SUCH_EPOCH = "does not know that epoch"


def test_what_nobody_touched_is_in_order(kept, tmp_path):
    found = log.outsider(tmp_path, heads=kept.heads, receipts=kept.receipts)
    assert found.returncode == 0, found.stdout
    assert "6 receipts (0 not in the log yet)" in found.stdout
    assert found.stdout.endswith("All of this is in order.\n")


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (flip, ALTERED),
        (flip_with_its_leaf, SINCE),
        (flip_and_sign_again, SINCE),
        (delete, "stands where"),
        (delete_and_close_the_gap, SINCE),
        (delete_and_sign_again, SINCE),
        (insert_and_sign_again, SINCE),
        (swap, SINCE),
        (swap_and_sign_again, SINCE),
        (truncate, GONE),
        (truncate_without_a_head, NO_SUCH_EPOCH),
        (old_copy_put_back, SINCE),
        (rebuilt_by_an_insider, SINCE),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_it_is_found(kept, tmp_path, tamper, says):
    tamper(kept)
    found = log.outsider(tmp_path, heads=kept.heads)
    assert found.returncode == 1
    assert says in found.stdout


@pytest.mark.parametrize(
    "tamper",
    [delete_and_sign_again, flip_and_sign_again, truncate, old_copy_put_back, rebuilt_by_an_insider],
    ids=lambda value: value.__name__,
)
def test_receipts_alone_find_it_too(kept, tmp_path, tamper):
    """Who kept no head has the head that the receipt names, and the promise itself."""
    tamper(kept)
    if LogHead.objects.aggregate(last=Max("at"))["last"] < BEGINS + 4 * HOUR:
        log.request(BEGINS + 5 * HOUR)
        log.settle(BEGINS + 6 * HOUR)
    found = log.outsider(tmp_path, receipts=kept.receipts)
    assert found.returncode == 1, found.stdout
    assert "The receipt of 2026-03-02T" in found.stdout


def test_a_log_made_anew_is_in_order_by_itself(kept, tmp_path):
    """Why heads must be kept outside: the verifier says that without one it cannot know."""
    rebuilt_by_an_insider(kept)
    alone = log.outsider(tmp_path)
    assert alone.returncode == 0
    assert "whether the whole log was made anew cannot be known" in alone.stdout


def test_a_dropped_entry_that_never_had_a_number_is_missed_by_its_receipt(kept, tmp_path):
    at = BEGINS + 4 * HOUR
    dropped = log.request(at)
    receipt = log.promise(dropped, at)
    LogEntry.objects.filter(leaf=log.leaf_of(dropped)).delete()
    early = log.outsider(tmp_path, heads=kept.heads, receipts=receipt)
    assert early.returncode == 0, "its time still runs"
    assert "1 receipts (1 not in the log yet)" in early.stdout
    log.request(at + MINUTE)
    log.settle(at + 2 * HOUR)
    found = log.outsider(tmp_path, heads=kept.heads, receipts=receipt)
    assert found.returncode == 1
    assert "its entry is not in the log" in found.stdout
    assert log.outsider(tmp_path, heads=kept.heads).returncode == 0, "nobody else can know"


def test_an_entry_that_was_numbered_too_late_is_missed_by_its_receipt(kept, tmp_path):
    """A sequencer that asks for every id greater than the last would lose it; one that is stopped would hold it back."""
    at = BEGINS + 4 * HOUR
    late = log.request(at)
    receipt = log.promise(late, at)
    LogEntry.objects.filter(leaf=log.leaf_of(late)).update(group="anonymous", written_at=at + 2 * HOUR)
    log.request(at + MINUTE)
    log.settle(at + 2 * HOUR)
    LogEntry.objects.filter(leaf=log.leaf_of(late)).update(group="plain")
    log.settle(at + 4 * HOUR)
    found = log.outsider(tmp_path, heads=kept.heads, receipts=receipt)
    assert found.returncode == 1
    assert "its entry came too late" in found.stdout


def test_another_key_is_not_believed(kept, tmp_path):
    LogHead.objects.update(key_id="00000000")
    found = log.outsider(tmp_path, heads=kept.heads)
    assert found.returncode == 1
    assert "is not signed by a key of this log" in found.stdout


@pytest.mark.parametrize(
    "change",
    [{"size": F("size") + 1}, {"at": BEGINS}, {"epoch": 2}, {"before": "1/3/ab"}, {"signature": "00" * 64}],
)
def test_a_head_that_was_altered_is_not_believed(kept, tmp_path, change):
    LogHead.objects.filter(pk=LogHead.objects.order_by("size").last().pk).update(**change)
    found = log.outsider(tmp_path)
    assert found.returncode == 1
    assert "is not signed by a key of this log" in found.stdout


def test_a_receipt_that_was_altered_is_not_believed(kept, tmp_path):
    for name, value in {
        "leaf": "ab" * 32,
        "within": 86_400,
        "issued": "2026-03-02T09:00:00Z",
        "head_size": 1,
    }.items():
        forged = kept.receipts[0] | {name: value}
        found = log.outsider(tmp_path, receipts=forged)
        assert found.returncode == 1
        assert "is not signed by a key of this log" in found.stdout, name
