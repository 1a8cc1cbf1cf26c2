"""What an archive says of itself: whose it is, what was counted, where the log stood, and the digest of every file in it.

It is signed with the key of the log's heads: whoever has the public part of the backup key alone cannot make one up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from chengnuo.core.log import canonical, tree
from chengnuo.foundation.keys import ring
from chengnuo.foundation.log import heads

SCHEMA = "chengnuo.backup/1"
Json = dict[str, Any]
Ask = Callable[[str], list[tuple[Any, ...]]]
COUNT = 'SELECT count(*) FROM "{}"'
NODE = 'SELECT hash FROM foundation_lognode WHERE level = {} AND "index" = {}'
NEWEST = (
    'SELECT epoch, size, root, at, before, "next", key_id, signature FROM foundation_loghead '
    "ORDER BY epoch DESC, size DESC LIMIT 1"
)
HEAD = ("epoch", "size", "root", "at", "before", "next", "key", "signature")


def facts(ask: Ask, tables: list[str]) -> Json:
    """What can be counted in a database, or in a copy of it: rows by table, the newest head, the migrations made."""
    return {
        "counts": {table: ask(COUNT.format(table))[0][0] for table in sorted(tables)},
        "head": _newest(ask),
        "migrations": sorted(f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations")),
    }


def root_fits(ask: Ask, head: Json) -> bool:
    """Whether the copy's own tree leads to the root of its newest head."""
    if not head:
        return True
    nodes = {}
    for level, index in tree.peaks(head["size"]):
        found = ask(NODE.format(level, index))
        if not found:
            return False
        nodes[level, index] = bytes(found[0][0])
    return bool(tree.root(head["size"], nodes.__getitem__).hex() == head["root"])


def signed(said: Json, at: datetime) -> Json:
    """The manifest of what was counted and written, with its signature."""
    keys = ring()
    whole = {
        "schema": SCHEMA,
        "county": settings.COUNTY,
        "made_at": at.isoformat(),
        "software": version(),
        "ring": {"sealing": sorted(keys.sealing), "signing": keys.signing_id},
        **said,
    }
    return {"manifest": whole, "key": keys.signing_id, "signature": heads.sign(canonical(whole).decode())}


def is_ours(said: Json, keys: Mapping[str, bytes]) -> bool:
    """Whether one of these keys of the log signed the manifest."""
    try:
        public = Ed25519PublicKey.from_public_bytes(keys[said["key"]])
        public.verify(bytes.fromhex(said["signature"]), canonical(said["manifest"]))
    except (KeyError, ValueError, TypeError, InvalidSignature):
        return False
    return True


def version() -> str:
    """Of this software."""
    with (settings.ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _newest(ask: Ask) -> Json:
    """As outsiders keep it; nothing where no head was signed yet."""
    found = ask(NEWEST)
    if not found:
        return {}
    head = dict(zip(HEAD, found[0], strict=True))
    at = head["at"] if isinstance(head["at"], datetime) else datetime.fromisoformat(f"{head['at']}+00:00")
    head |= {"schema": "chengnuo.head/1", "origin": heads.origin(), "at": heads.stamp(at)}
    return {name: value for name, value in head.items() if name != "next" or value}
