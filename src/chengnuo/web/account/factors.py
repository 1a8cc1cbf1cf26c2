"""Officers' second factors as a place of sealed words: allauth keeps them as text inside a row of its own."""

from __future__ import annotations

import base64
import binascii
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from chengnuo.foundation.keys import ring
from chengnuo.foundation.seals import EMPTY_BYTES, VERSION, SealBroken, seal_bytes, sealed_with, unseal_bytes
from chengnuo.keeping.places import Renewed
from chengnuo.web.account.accounts import SEALED

Change = Callable[[bytes], bytes]


class SecondFactors:
    """Bound to `chengnuo.keeping.places` in the wiring."""

    name = SEALED["label"]

    def counted(self) -> Counter[str]:
        rows = Authenticator.objects.values_list("data", flat=True)
        return Counter(sealed_with(box) for data in rows for box in _boxes(data))

    def renew(self, after: object | None, limit: int) -> Renewed:
        """One row is locked while it is read and written: a code of recovery that is just used up stays used up."""
        broken, count, began = [], 0, time.monotonic()
        with transaction.atomic():
            found = Authenticator.objects.select_for_update().filter(pk__gt=after or 0).order_by("pk")
            rows = list(found[:limit])
            for row in rows:
                if all(sealed_with(box) == ring().sealing_id for box in _boxes(row.data)):
                    continue
                try:
                    row.data = _changed(row.data, _fresh)
                except SealBroken:
                    broken.append(str(row.pk))
                    continue
                row.save(update_fields=["data"])
                count += 1
        return Renewed(rows[-1].pk if rows else None, count, tuple(broken), time.monotonic() - began)


def _fresh(box: bytes) -> bytes:
    return seal_bytes(unseal_bytes(box, **SEALED), **SEALED)


def _boxes(said: Any) -> Iterator[bytes]:
    """Every sealed text inside a row's data; public keys and counters are none."""
    if isinstance(said, str):
        box = _decoded(said)
        if box:
            yield box
    for each in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from _boxes(each)


def _changed(said: Any, how: Change) -> Any:
    if isinstance(said, dict):
        return {name: _changed(each, how) for name, each in said.items()}
    if isinstance(said, list):
        return [_changed(each, how) for each in said]
    box = _decoded(said) if isinstance(said, str) else b""
    return base64.b64encode(how(box)).decode() if box else said


def _decoded(text: str) -> bytes:
    try:
        box = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return box if box.startswith(VERSION) and len(box) >= EMPTY_BYTES else b""
