"""Another key for the log's heads: announced in a head that the old one signs, so that whoever verifies can follow.

Three steps, each of which finds what an earlier attempt left behind: the new key is put into the ring, a head announces it,
and from then on it signs; of the old one the public part is kept.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from random import SystemRandom
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from chengnuo.foundation import keys
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.log import heads, sequencer
from chengnuo.foundation.models.head import LogHead
from chengnuo.foundation.models.noun import Trace


def rotate(at: datetime) -> str:
    """Lets another key sign from now on; returns its id."""
    name = _coming() or _prepare()
    said = f"{name} {_public(keys.ring().signing[name]).hex()}"
    if not LogHead.objects.filter(next=said).exists():
        _announce(said, at)
    with keys.changing() as ring:
        signing = ring["signing"]
        for old in set(signing["keys"]) - {name}:
            signing["old"][old] = b64encode(_public(keys.ring().signing[old])).decode()
            del signing["keys"][old]
        signing["now"] = name
    return name


def _coming() -> str:
    """A key that an earlier attempt put into the ring, or ""."""
    ring = keys.ring()
    return next(iter(set(ring.signing) - {ring.signing_id}), "")


def _prepare() -> str:
    name, key = keys.new_key()
    with keys.changing() as said:
        said["signing"]["keys"][name] = key
    return name


def _announce(said: str, at: datetime) -> None:
    """After an entry of its own: no two heads are signed over the same number of entries."""
    _number(at)
    with transaction.atomic():
        with act("key.sign/1", by=system(), at=at, key=uuid4(), said={"next": said}) as a:
            a.permit()
            a.record("key", said.split(maxsplit=1)[0], Trace(office=None), {})
        _number(at)
        heads.announce(at, said)


def _number(at: datetime) -> None:
    while sequencer.sequence(at, shuffle=SystemRandom().shuffle):
        pass


def _public(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
