"""Heads: signed once an hour while the log grows, public, and kept by outsiders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings

from chengnuo.core.log import Head, tree
from chengnuo.foundation.keys import ring
from chengnuo.foundation.log import sequencer
from chengnuo.foundation.models.log import LogHead

EVERY = timedelta(hours=1)
EPOCH = 1


def origin() -> str:
    """Whose log this is."""
    return f"chengnuo/{settings.COUNTY}"


def last() -> LogHead | None:
    """The newest head."""
    return LogHead.objects.order_by("-epoch", "-size").first()


def epoch() -> int:
    """The epoch that is being written: a restore opens the next one."""
    newest = last()
    return newest.epoch if newest else EPOCH


def publish(now: datetime) -> LogHead | None:
    """Signs a head when the log has grown and the last one is an hour old; None when there is nothing to sign."""
    newest, size = last(), sequencer.size()
    if size == 0 or (newest and (newest.size >= size or now - newest.at < EVERY)):
        return None
    return _signed(now, epoch=newest.epoch if newest else EPOCH, before=newest.before if newest else "-")


def open_epoch(now: datetime, *, published: Head) -> LogHead:
    """After a restore: a new epoch that names the last head published before it, so that nobody can hide the cut."""
    return _signed(
        now, epoch=published.epoch + 1, before=f"{published.epoch}/{published.size}/{published.root}"
    )


def _signed(now: datetime, *, epoch: int, before: str) -> LogHead:
    size = sequencer.size()
    root = tree.root(size, sequencer.nodes_of(tree.peaks(size)).__getitem__).hex()
    text = Head(origin(), epoch, size, root, stamp(now), before).text()
    at = now.replace(microsecond=0)
    return LogHead.objects.create(
        epoch=epoch,
        size=size,
        root=root,
        at=at,
        before=before,
        key_id=ring().signing_id,
        signature=sign(text),
    )


def text_of(head: LogHead) -> str:
    """The text that the head's signature covers."""
    return Head(origin(), head.epoch, head.size, head.root, stamp(head.at), head.before).text()


def as_data(head: LogHead) -> dict[str, str | int]:
    """A head as outsiders keep it (schema chengnuo.head/1)."""
    return {
        "schema": "chengnuo.head/1",
        "origin": origin(),
        "epoch": head.epoch,
        "size": head.size,
        "root": head.root,
        "at": stamp(head.at),
        "before": head.before,
        "key": head.key_id,
        "signature": head.signature,
    }


def sign(text: str) -> str:
    """An Ed25519 signature over a text, in hexadecimal."""
    return ring().signing_key().sign(text.encode()).hex()


def stamp(at: datetime) -> str:
    """An instant as it stands in signed texts: UTC, to the second."""
    return at.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")
