"""What a public notice may be about: its kinds, each with one neutral heading, and the programmes for which a rule in force
requires it. Never a sensitive one, whatever a rule says (charter, right 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from chengnuo.core.rules.parameters import Source
from chengnuo.core.text3 import Text3
from chengnuo.policies.loader import PACKS
from chengnuo.policies.parameter_files import source
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet, Unfit

FILE = PACKS / "notices.yaml"


@dataclass(frozen=True)
class NoticeKind:
    """`heading` is the same for every programme; `says` what the list is, and what may be said about it."""

    key: str
    heading: Text3
    says: Text3


@dataclass(frozen=True)
class Notices:
    kinds: Mapping[str, NoticeKind]
    required: Mapping[str, Source]


@cache
def notices() -> Notices:
    """Read once a process. Raises Unfit."""
    return read(FILE)


def read(path: Path) -> Notices:
    """A file of notices. Raises Unfit for the first line that cannot stand."""
    sheet = Sheet.of(path)
    kinds, required = _by_key(sheet, "kinds"), _by_key(sheet, "required")
    sheet.close()
    sensitive = {each.words.key: each.words.sensitive for each in programmes()}
    for key, line in required.items():
        if sensitive.get(key, True):
            what = "is sensitive." if key in sensitive else "is no programme."
            why = "Who claims it is never named in public, whatever a rule says."
            raise Unfit(line.where, what, why, "nothing, or a programme that is not sensitive")
    return Notices({key: _kind(key, each) for key, each in kinds.items()}, {k: source(s) for k, s in required.items()})


def _kind(key: str, sheet: Sheet) -> NoticeKind:
    found = NoticeKind(key, sheet.text3("heading"), sheet.text3("says"))
    sheet.close()
    return found


def _by_key(sheet: Sheet, key: str) -> dict[str, Sheet]:
    keys = sheet.keys(key)
    inner = sheet.sheet(key)
    return {each: inner.sheet(each) for each in keys}
