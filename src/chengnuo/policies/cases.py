"""Cases of programmes: sentences with a family and what it is owed, beside the rules that they hold to account.

programme: childcare-subsidy
ordinary: {child: {born: 2024-05-01, chinese: true, …}} # what each case says only where it differs; null is unknown
cases:
  - says: born in January 2022, one month for 2025
    day: 2025-12-31
    child: [{born: 2022-01-15}]
    gives: 300 # yuan ("0.50" with fen), days or marks; or `fails: [conditions]`; or `needs: [child.born]`
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from chengnuo.core.rules import Asked, Bound, Determination, Household, Outcome, Parameters, Programme
from chengnuo.policies.explaining import explained
from chengnuo.policies.household import HOUSEHOLD, household
from chengnuo.policies.outlook import Outlook
from chengnuo.policies.parameter_files import place
from chengnuo.policies.sheet import Sheet

FEN = 100
YUAN_AND_FEN = re.compile(r"\d+\.\d\d")


@dataclass(frozen=True)
class Case:
    where: str
    says: str
    programme: type[Programme]
    asked: Asked
    household: Household
    readings: Mapping[str, str]
    gives: int | None
    fails: tuple[str, ...]
    needs: tuple[str, ...]

    def determined(self, parameters: Parameters) -> Determination:
        """The result for the first whom the programme is about."""
        chosen = parameters.with_readings(self.readings)
        return Bound([self.programme], chosen, self.asked).determine(self.household)[0]

    def wrong(self, parameters: Parameters) -> str:
        """What came out otherwise, and why; empty when nothing did."""
        found = self.determined(parameters)
        failed = tuple(reason.condition.key for reason in found.failed)
        given = found.amount if found.outcome is Outcome.ENTITLED else None
        came, said = self._line(given, failed, map(str, found.needs)), self._line(self.gives, self.fails, self.needs)
        if came == said:
            return ""
        why = "\n    ".join(line.strip() for line in explained(found, Outlook(), "en"))
        instead = f"{came}; or mend the rule, where the text says {said}"
        return f"{self.where}, {self.says}: the case says {said}.\n  Why: {why}\n  Write instead: {instead}"

    def _line(self, gives: int | None, fails: Iterable[str], needs: Iterable[str]) -> str:
        """A result as it stands in a case."""
        if gives is not None:
            yuan, fen = divmod(gives, FEN) if _in_fen(self.programme) else (gives, 0)
            return f"gives: {yuan}" + (f".{fen:02}" if fen else "")
        said = {"fails": ", ".join(fails), "needs": ", ".join(needs)}
        lines = [f"{key}: [{names}]" for key, names in said.items() if names]
        return ", ".join(lines) or "nothing but the family, which is entitled without a sum"


def cases_in(path: Path, programmes: Mapping[str, type[Programme]]) -> Iterator[Case]:
    """Raises Unfit for a line that cannot stand."""
    sheet = Sheet.of(path)
    programme = programmes[sheet.choice("programme", programmes)]
    ordinary = sheet.take("ordinary", dict, "{child: {…}}") if "ordinary" in sheet else {}
    for each in sheet.sheets("cases"):
        yield _case(_filled(each, ordinary), programme, programmes)
    sheet.close()


def _filled(sheet: Sheet, ordinary: Mapping[str, Mapping[str, Any]]) -> Sheet:
    """The case with the ordinary facts where it does not tell others."""
    for entity, facts in ordinary.items():
        told = sheet.take(entity, list, "[{…}]") if entity in sheet else [{}]
        members = [{**facts, **(one or {})} for one in told]
        sheet.put(entity, members[0] if entity == HOUSEHOLD else members)
    return sheet


def _case(sheet: Sheet, programme: type[Programme], programmes: Mapping[str, type[Programme]]) -> Case:
    case = Case(
        where=sheet.where,
        says=str(sheet.take("says", str, "a sentence")),
        programme=programme,
        asked=asked(sheet),
        household=household(sheet, programmes.values()),
        readings=dict(sheet.take("readings", dict, "{…}")) if "readings" in sheet else {},
        gives=_gives(sheet, programme),
        fails=sheet.strings("fails") if "fails" in sheet else (),
        needs=sheet.strings("needs") if "needs" in sheet else (),
    )
    sheet.close()
    return case


def asked(sheet: Sheet) -> Asked:
    """The day, what was known when, and the place."""
    return Asked(
        sheet.day("day"),
        sheet.day("known") if "known" in sheet else date.max,
        place(sheet) if "place" in sheet else None,
    )


def _gives(sheet: Sheet, programme: type[Programme]) -> int | None:
    if "gives" not in sheet:
        return None
    said = sheet.peek("gives")
    if _in_fen(programme) and isinstance(said, str) and YUAN_AND_FEN.fullmatch(said):
        sheet.drop("gives")
        return int(said.replace(".", ""))
    count = sheet.count("gives")
    return count * FEN if _in_fen(programme) else count


def _in_fen(programme: type[Programme]) -> bool:
    return programme.amount is not None and programme.amount.node.kind == "fen"
