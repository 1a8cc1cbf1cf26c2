"""Heads: signed once an hour while the log grows, public, and kept by outsiders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q

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


class SignedByReplacedKey(NotOurHeads):
    code = "signed-by-replaced-key"
    sentence = N_("One of these heads is signed by a key that had been replaced by then.")
    remedy = N_(
        "Ask who signed it. Where a copy was put back with the old key ring, name its epoch: --explained EPOCH."
    )


def origin() -> str:
    """Whose log this is."""
    return f"chengnuo/{settings.COUNTY}"


def last() -> LogHead | None:
    """The newest head."""
    return LogHead.objects.order_by("-epoch", "-size").first()


def newest(most: int, *, before: tuple[int, int] | None = None) -> list[LogHead]:
    """The newest first; of those before the place (epoch and size) of a head, when one is named."""
    epoch, size = before or (0, 0)
    earlier = Q(epoch=epoch, size__lt=size) | Q(epoch__lt=epoch) if before else Q()
    return list(LogHead.objects.filter(earlier).order_by("-epoch", "-size")[:most])


def publish(now: datetime) -> LogHead | None:
    """Signs a head when the log has grown and the last one is an hour old; None when there is nothing to sign."""
    newest, size = last(), sequencer.size()
    if size == 0 or (newest and (newest.size >= size or now - newest.at < EVERY)):
        return None
    return announce(now, "")


def announce(now: datetime, key: str) -> LogHead:
    """A head that announces the key that signs from now on ("id key"; "": none). The log has grown since the last one."""
    newest = last()
    return _signed(now, epoch=newest.epoch if newest else EPOCH, before=newest.before if newest else "-", following=key)


def open_epoch(now: datetime, *, kept: Sequence[Mapping[str, Any]], explained: Collection[int] = ()) -> LogHead:
    """After a restore, before anything is numbered: a new epoch, which names the last head published before it.

    `kept` are heads as outsiders keep them (schema chengnuo.head/1), in any order. Those that the restored copy does not know
    are stored again, so that nobody can hide the cut. Raises NotOurHeads.
    """
    with transaction.atomic():
        LogHead.objects.bulk_create(ours(kept, explained=explained), ignore_conflicts=True)
        published = last()
        epochs = set(LogHead.objects.values_list("epoch", flat=True))
        if not kept or not published or epochs != set(range(EPOCH, published.epoch + 1)):
            raise NotOurHeads
        return _signed(now, epoch=published.epoch + 1, before=f"{published}/{published.root}")


@dataclass(frozen=True)
class Restore:
    """A copy with `size` entries was put back; so many that had been published are `lost`."""

    at: datetime
    size: int
    lost: int


def restores() -> list[Restore]:
    """The oldest first: each began an epoch, whose first head was signed before anything was numbered in it."""
    later = LogHead.objects.filter(epoch__gt=EPOCH).values("epoch", "before").order_by("epoch")
    return [
        Restore(row["since"], row["begins"], max(0, int(row["before"].split("/")[1]) - row["begins"]))
        for row in later.annotate(begins=Min("size"), since=Min("at"))
    ]


def ours(kept: Sequence[Mapping[str, Any]], *, explained: Collection[int] = ()) -> list[LogHead]:
    """Heads that this county signed, as rows: by a key of the ring, or by one that an earlier of these heads announced, and by
    none that another has replaced, save in the epochs that are `explained`. Raises NotOurHeads, SignedByReplacedKey.
    """
    try:
        keys = dict(ring().public_keys())
        found, over = [], set[str]()
        for each in sorted(kept, key=lambda head: (head["epoch"], head["size"])):
            head = _head(each)
            key = Ed25519PublicKey.from_public_bytes(keys[each["key"]])
            key.verify(bytes.fromhex(each["signature"]), head.text().encode())
            if each["key"] in over and head.epoch not in explained:
                raise SignedByReplacedKey
            if head.next:
                name, code = head.next.split()
                keys.setdefault(name, bytes.fromhex(code))
                over.add(each["key"])
            found.append(_row(head, each))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidSignature):
        raise NotOurHeads from None
    return found


def _head(kept: Mapping[str, Any]) -> Head:
    """Raises ValueError where it is another county's."""
    known = [each.name for each in fields(Head)]
    head = Head(**{name: kept[name] for name in known if name != "next"}, next=kept.get("next", ""))
    if head.origin != origin():
        raise ValueError(head.origin)
    return head


def _row(head: Head, kept: Mapping[str, Any]) -> LogHead:
    said = {name: getattr(head, name) for name in ("epoch", "size", "root", "before", "next")}
    signed = {"key_id": kept["key"], "signature": kept["signature"]}
    return LogHead(at=datetime.fromisoformat(head.at), **said, **signed)


def _signed(now: datetime, *, epoch: int, before: str, following: str = "") -> LogHead:
    size = sequencer.size()
    root = tree.root(size, sequencer.nodes_of(tree.peaks(size)).__getitem__).hex()
    text = Head(origin(), epoch, size, root, stamp(now), before, following).text()
    at = now.replace(microsecond=0)
    return LogHead.objects.create(
        epoch=epoch,
        size=size,
        root=root,
        at=at,
        before=before,
        next=following,
        key_id=signer(),
        signature=sign(text, by=signer()),
    )


def as_data(head: LogHead) -> dict[str, str | int]:
    """A head as outsiders keep it (schema chengnuo.head/1); `next` only where it announces a key."""
    announced = {"next": head.next} if head.next else {}
    return {
        "schema": "chengnuo.head/1",
        "origin": origin(),
        "epoch": head.epoch,
        "size": head.size,
        "root": head.root,
        "at": stamp(head.at),
        "before": head.before,
        **announced,
        "key": head.key_id,
        "signature": head.signature,
    }


def signer() -> str:
    """The key that signs heads now: the one announced last, also where its announcer was killed before the ring said so."""
    announced = LogHead.objects.exclude(next="").order_by("-epoch", "-size").values_list("next", flat=True).first()
    name = announced.split()[0] if announced else ""
    return name if name in ring().signing else ring().signing_id


def sign(text: str, *, by: str = "") -> str:
    """An Ed25519 signature over a text, in hexadecimal; by the present key unless another of the ring is named."""
    return ring().signing_key(by).sign(text.encode()).hex()


def stamp(at: datetime) -> str:
    """An instant as it stands in signed texts: UTC, to the second."""
    return at.astimezone(UTC).replace(microsecond=0).strftime("%Y-%m-%dT%H:%M:%SZ")
