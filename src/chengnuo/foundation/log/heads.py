"""Heads: signed once an hour while the log grows, public, and kept by outsiders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from chengnuo.core.log import Head, tree
from chengnuo.core.messages import N_
from chengnuo.foundation.keys import ring
from chengnuo.foundation.log import sequencer
from chengnuo.foundation.models.head import LogHead
from chengnuo.foundation.refused import Refused

EVERY = timedelta(hours=1)
EPOCH = 1


class NotOurHeads(Refused):
    code = "not-our-heads"
    sentence = N_("These are not all the heads that this county signed, up to the last one.")
    remedy = N_("Ask an outsider who keeps heads for a file of all of them (heads.json), and give it as it is.")


def origin() -> str:
    """Whose log this is."""
    return f"chengnuo/{settings.COUNTY}"


def last() -> LogHead | None:
    """The newest head."""
    return LogHead.objects.order_by("-epoch", "-size").first()


def publish(now: datetime) -> LogHead | None:
    """Signs a head when the log has grown and the last one is an hour old; None when there is nothing to sign."""
    newest, size = last(), sequencer.size()
    if size == 0 or (newest and (newest.size >= size or now - newest.at < EVERY)):
        return None
    return _signed(now, epoch=newest.epoch if newest else EPOCH, before=newest.before if newest else "-")


def open_epoch(now: datetime, *, kept: Sequence[Mapping[str, Any]]) -> LogHead:
    """After a restore, before anything is numbered: a new epoch, which names the last head published before it.

    `kept` are heads as outsiders keep them (schema chengnuo.head/1), in any order. Those that the restored copy does not know
    are stored again, so that nobody can hide the cut. Raises NotOurHeads.
    """
    with transaction.atomic():
        LogHead.objects.bulk_create([_ours(each) for each in kept], ignore_conflicts=True)
        published = last()
        epochs = set(LogHead.objects.values_list("epoch", flat=True))
        if not kept or not published or epochs != set(range(EPOCH, published.epoch + 1)):
            raise NotOurHeads
        return _signed(now, epoch=published.epoch + 1, before=f"{published}/{published.root}")


def _ours(kept: Mapping[str, Any]) -> LogHead:
    """A head that this county signed, as a row. Raises NotOurHeads."""
    try:
        head = Head(**{each.name: kept[each.name] for each in fields(Head)})
        code, signature = ring().public_keys()[kept["key"]], bytes.fromhex(kept["signature"])
        Ed25519PublicKey.from_public_bytes(code).verify(signature, head.text().encode())
    except (KeyError, TypeError, ValueError, InvalidSignature):
        raise NotOurHeads from None
    if head.origin != origin():
        raise NotOurHeads
    return LogHead(
        epoch=head.epoch,
        size=head.size,
        root=head.root,
        at=datetime.fromisoformat(head.at),
        before=head.before,
        key_id=kept["key"],
        signature=kept["signature"],
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
