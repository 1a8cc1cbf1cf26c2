"""Reads what the bank sends back, line by line, and finds every fault before anything is booked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chengnuo.core.messages import N_
from chengnuo.foundation.refused import Refused
from chengnuo.imports.reader import sheets_of
from chengnuo.imports.reading.limits import Row
from chengnuo.imports.refusals import FileRefused
from chengnuo.policies.bank_files import bank_files

NEEDED = ("key", "sum", "state")
UNREAD = "unread"
YUAN = re.compile(r"(\d{1,10})(?:\.(\d{1,2})0*)?")
DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")
FAULTS = {
    "header": N_("No line of this file names the columns: key, sum and state."),
    "key": N_("The key of a payment is missing or altered, in line"),
    "twice": N_("The same payment stands there twice, in line"),
    "sum": N_("The sum is no sum of money, in line"),
    "state": N_("The state is neither success nor failure, in line"),
    "day": N_("The day on which it was booked is missing or no day, in line"),
    "foreign": N_("A payment is not one of this batch, in line"),
    "other-sum": N_("The sum is not the one that was sent, in line"),
    "otherwise": N_("An earlier file said otherwise of a payment, in line"),
}


class NotTheFile(Refused):
    """Nothing of it was booked. `line` counts from 1 in the file as it was sent."""

    code = "not-the-file"
    remedy = N_("Nothing was booked. Compare the file with the one that the bank was given, and send it again.")

    def __init__(self, fault: str, line: int = 0, *, said: str = "") -> None:
        super().__init__(said or FAULTS[fault], words=f"{line}." if line else "")
        self.fault, self.line = fault, line


@dataclass(frozen=True)
class Said:
    """What the bank says of one payment: booked on a day, or not, with the code of its reason."""

    payment: UUID
    fen: int
    line: int
    paid_on: date | None = None
    reason: str = ""


def read(content: bytes) -> list[Said]:
    """A table as text, or a workbook, read in a process of its own. Raises NotTheFile, ReadersBusy, and nothing else whatever the bytes are."""
    rows = _rows(content)
    start, columns = _header(rows)
    found: dict[UUID, Said] = {}
    for number, row in enumerate(rows[start:], start + 1):
        if any(cell.strip() for cell in row):
            said = _said(number, {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()})
            if found.setdefault(said.payment, said) is not said:
                raise NotTheFile("twice", number)
    return list(found.values())


def _rows(content: bytes) -> list[list[str]]:
    """The first sheet that names the columns, else the first; its cells as text. Raises NotTheFile, ReadersBusy."""
    try:
        sheets = [[_cells(row) for row in sheet.rows] for sheet in sheets_of(content)]
    except FileRefused as refused:
        raise NotTheFile(UNREAD, said=refused.said) from refused
    return next((rows for rows in sheets if _names(rows)), sheets[0])


def _cells(row: Row) -> list[str]:
    """A number that a workbook holds as one is written without what it adds."""
    return [f"{cell:.2f}".removesuffix(".00") if isinstance(cell, float) else str(cell) for cell in row]


def _names(rows: Sequence[Sequence[str]]) -> bool:
    try:
        return bool(_header(rows))
    except NotTheFile:
        return False


def _header(rows: Sequence[Sequence[str]]) -> tuple[int, Mapping[str, int]]:
    """The number of the first line below the header, and where each column is."""
    known = {header: name for name, headers in bank_files().returned.items() for header in headers}
    for number, row in enumerate(rows[:20], 1):
        found = {known[cell.strip()]: at for at, cell in enumerate(row) if cell.strip() in known}
        if all(name in found for name in NEEDED):
            return number, found
    raise NotTheFile("header")


def _said(line: int, cells: Mapping[str, str]) -> Said:
    payment, fen, known = _key(line, cells["key"]), _fen(line, cells["sum"]), bank_files()
    if cells["state"] in known.succeeded:
        return Said(payment, fen, line, paid_on=_day(line, cells.get("day", "")))
    if cells["state"] in known.failed:
        return Said(payment, fen, line, reason=known.reason_of(cells.get("reason", "")))
    raise NotTheFile("state", line)


def _key(line: int, said: str) -> UUID:
    try:
        return UUID(said.lstrip("'"))
    except ValueError as error:
        raise NotTheFile("key", line) from error


def _fen(line: int, said: str) -> int:
    found = YUAN.fullmatch(said.replace(",", ""))
    if found is None:
        raise NotTheFile("sum", line)
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


def _day(line: int, said: str) -> date:
    found = DAY.fullmatch(said)
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat(said)
    except ValueError as error:
        raise NotTheFile("day", line) from error
