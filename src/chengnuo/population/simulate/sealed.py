"""By what a population is known again, by nobody but its office: digests under a salt, which lies beside the dossier and never in it.

A plain digest of a small file is found by trying: it would tell everybody who is in it.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable
from pathlib import Path

from chengnuo.population.trouble import Trouble

ABOUT = "about.json"


def salt_of(dossier: Path) -> Path:
    return dossier.with_name(f"{dossier.name}.salt")


def keep_salt(dossier: Path) -> str:
    """A new salt, for its owner alone. In hexadecimal."""
    salt, path = secrets.token_hex(32), salt_of(dossier)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(salt + "\n", encoding="ascii")
    return salt


def digests(salt: str, inputs: Iterable[Path]) -> list[str]:
    """HMAC-SHA256 of each file, in the order in which they were given."""
    return [_digest(bytes.fromhex(salt), path) for path in inputs]


def look_beside(dossier: Path, inputs: Iterable[Path], by: str) -> None:
    """Two levels of places together tell what each withholds: the difference of a county and its other townships is the one that is
    left. Raises Trouble where a dossier of the same population by another level stands in the same folder.
    """
    files = list(inputs)
    for path in sorted(dossier.parent.glob(f"*/{ABOUT}")):
        about, salt = json.loads(path.read_text(encoding="utf-8")), salt_of(path.parent)
        if not salt.exists() or about["by"] == by:
            continue
        if about["population"]["hmac_sha256"] == digests(salt.read_text(encoding="ascii").strip(), files):
            what = f"{path.parent.name} tells of the same people by {about['by']}; beside it this one would give small counts away."
            raise Trouble(what, f"Publish by {about['by']}, or withdraw that dossier first.")


def _digest(key: bytes, path: Path) -> str:
    found = hmac.new(key, digestmod="sha256")
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()
