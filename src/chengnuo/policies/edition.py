"""Which edition of the law as data this is: what a determination was made with can be named, and found again."""

from __future__ import annotations

import hashlib
from functools import cache

from chengnuo.policies.loader import PACKS

LENGTH = 12


@cache
def edition() -> str:
    """The beginning of a SHA-256 over every parameter and programme of all packs."""
    read = hashlib.sha256()
    for path in sorted([*PACKS.rglob("parameters/*.yaml"), *PACKS.rglob("programmes/*.py"), PACKS / "stages.yaml"]):
        read.update(f"{path.relative_to(PACKS)}\n".encode() + path.read_bytes())
    return read.hexdigest()[:LENGTH]
