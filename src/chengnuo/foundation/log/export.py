"""The public export: everything that an outsider needs to verify the log, an object a line, and nothing about anybody.

First what it is (schema chengnuo.export/1, with the public keys), then every head, then every numbered entry: number, public
part, commitment and leaf. Ids are not exported: they would tell when an entry was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from chengnuo.foundation.keys import ring
from chengnuo.foundation.log import heads, sequencer
from chengnuo.foundation.models.head import LogHead
from chengnuo.foundation.models.log import LogEntry

CHUNK = 2000
FILE = "log.jsonl"


def public_keys() -> dict[str, str]:
    """Every key that ever signed a head or a receipt, by id, in hexadecimal."""
    return {name: code.hex() for name, code in ring().public_keys().items()}


def lines() -> Iterator[bytes]:
    """The export, in pieces of at most 2,000 lines, each read in a query of its own.

    How many entries it holds is fixed before the heads are read, and never less than the heads speak of.
    """
    published = [heads.as_data(head) for head in LogHead.objects.order_by("epoch", "size")]
    size = sequencer.size()
    yield _line({"schema": "chengnuo.export/1", "origin": heads.origin(), "size": size, "keys": public_keys()})
    yield b"".join(map(_line, published))
    for begins in range(0, size, CHUNK):
        rows = LogEntry.objects.filter(seq__gte=begins, seq__lt=min(size, begins + CHUNK)).order_by("seq")
        yield b"".join(map(_entry, rows.only("seq", "public", "commitment", "leaf")))


def _entry(entry: LogEntry) -> bytes:
    leaf = bytes(entry.leaf).hex()
    return _line({"seq": entry.seq, "public": entry.public, "commitment": entry.commitment, "leaf": leaf})


def _line(said: dict[str, Any]) -> bytes:
    """Whatever stands in the database is exported, also what should not: to find it is the verifier's work."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
