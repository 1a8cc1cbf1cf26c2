"""Says what one family is entitled to, and why: from a file that names nobody."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from chengnuo.core.rules import Asked, Bound, Programme
from chengnuo.policies.explaining import explained
from chengnuo.policies.household import household
from chengnuo.policies.loader import parameters
from chengnuo.policies.machine_form import data
from chengnuo.policies.outlook import outlook
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet


def determined(
    path: Path, wanted: Iterable[type[Programme]], asked: Asked, *, language: str = "en", as_json: bool = False
) -> str:
    """The place of the family stands in its file. Raises Unfit, NoValue, OSError."""
    sheet = Sheet.of(path)
    place = str(sheet.take("place", str, '"420526"')) if "place" in sheet else None
    family = household(sheet, programmes(), born_by=asked.day)
    sheet.close()
    there = Asked(asked.day, asked.known, place)
    found = Bound(wanted, parameters(), there).determine(family)
    told = [(each, outlook(each, family, there)) for each in found]
    if as_json:
        return json.dumps([data(*each) for each in told], ensure_ascii=False, indent=2)
    return "\n\n".join("\n".join(explained(*each, language)) for each in told)
