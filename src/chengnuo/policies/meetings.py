"""The kinds of meeting by which people govern themselves, and what makes each valid on a day and at a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from chengnuo.core.rules.parameters import NoValue, Row
from chengnuo.core.text3 import Text3
from chengnuo.policies.loader import PACKS, parameters
from chengnuo.policies.sheet import Sheet

FILE = PACKS / "meetings.yaml"


@dataclass(frozen=True)
class MeetingKind:
    """`counts`: what the roll says, by measure; `quorum`: any of these present is enough; `composition`: each of these among the
    members; `demand`: any of these may ask for it; `is_urban`: of a community, not of a village.
    """

    key: str
    is_urban: bool
    name: Text3
    counts: tuple[str, ...]
    quorum: tuple[str, ...]
    composition: tuple[str, ...]
    demand: tuple[str, ...]

    def suits(self, code: str) -> bool:
        """Whether people of this division meet so: the last three digits of a village's code begin with 200, a community's below it
        (divisions for statistics, 统计用区划代码).
        """
        return self.is_urban == (code[9:] < "200")

    def law(self, condition: str, day: date, place: str) -> Row:
        """What the text in force says of a condition, such as `quorum_adults`. Raises NoValue where it says nothing."""
        return parameters().at(f"meetings.{self.key.replace('-', '_')}_{condition}", day, place)

    def notice(self, day: date, place: str) -> Row | None:
        """How many days before it has to be called; None where no text says so."""
        return self.law("notice", day, place) if self._asks_notice else None

    @property
    def _asks_notice(self) -> bool:
        return f"meetings.{self.key.replace('-', '_')}_notice" in parameters()


@dataclass(frozen=True)
class Meetings:
    measures: Mapping[str, Text3]
    kinds: Mapping[str, MeetingKind]


@cache
def meetings() -> Meetings:
    """Read once a process. Raises Unfit."""
    return read(FILE)


def read(path: Path) -> Meetings:
    """A file of kinds of meeting; each share that one names has to stand in the law. Raises Unfit for the first line that cannot stand."""
    sheet = Sheet.of(path)
    names, kinds = sheet.keys("measures"), sheet.keys("kinds")
    said, each = sheet.sheet("measures"), sheet.sheet("kinds")
    measures = {name: said.text3(name) for name in names}
    found = {key: _kind(key, each.sheet(key), names) for key in kinds}
    sheet.close()
    return Meetings(measures, found)


def _kind(key: str, sheet: Sheet, measures: list[str]) -> MeetingKind:
    is_urban, name, counts = sheet.flag("urban"), sheet.text3("name"), sheet.strings("counts", measures)

    def of(what: str) -> tuple[str, ...]:
        return sheet.strings(what, counts) if what in sheet else ()

    found = MeetingKind(key, is_urban, name, counts, sheet.strings("quorum", counts), of("composition"), of("demand"))
    sheet.close()
    _stands(found, sheet)
    return found


def _stands(kind: MeetingKind, sheet: Sheet) -> None:
    """Refuses a kind of which the law says nothing. Raises Unfit."""
    asked = {what: getattr(kind, what) for what in ("quorum", "composition", "demand")}
    names = ["majority", *(f"{what}_{measure}" for what, measures in asked.items() for measure in measures)]
    for name in names:
        try:
            kind.law(name, date.max, "")
        except NoValue as nothing:
            why = "Whether such a meeting is valid could never be said."
            raise sheet.unfit(name, "stands in no text.", why, f"{nothing.where} among the parameters") from nothing
