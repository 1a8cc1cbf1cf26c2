"""With which service a county's catalogue offers the claim of a programme, where it does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from chengnuo.policies.loader import PACKS
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet

FILE = PACKS / "claims.yaml"


@cache
def claims() -> Mapping[str, str]:
    """Keys of services by keys of programmes. Raises Unfit."""
    sheet = Sheet.of(FILE)
    found = {each.words.key: sheet.slug(each.words.key) for each in programmes() if each.words.key in sheet}
    sheet.close()
    return found
