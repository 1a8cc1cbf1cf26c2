"""Every fault of every row: a cell that cannot be read, one that is missing, and a row that says what an earlier one said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from chengnuo.imports.faults import AGAIN, NEEDED, Fault, Unreadable
from chengnuo.imports.header import Header
from chengnuo.imports.kinds import Value
from chengnuo.imports.layout import Column, Layout, Values
from chengnuo.imports.reading.limits import Row


@dataclass(frozen=True)
class Checked:
    """One row of the file by its number: what it says, and what is wrong with it."""

    line: int
    values: Values
    faults: list[Fault] = field(default_factory=list)


def check(rows: list[Row], header: Header, layout: Layout) -> Iterator[Checked]:
    """Every row of the table with all its faults."""
    seen: dict[tuple[str, Value], int] = {}
    for line, row in rows_below(rows, header):
        yield _checked(line, row, header, layout, seen)


def rows_below(rows: list[Row], header: Header) -> Iterator[tuple[int, Row]]:
    """Every row of the table with its number, but for empty ones and the header again, as printed lists repeat it."""
    names = rows[header.line - 1]
    for line, row in enumerate(rows[header.line :], header.line + 1):
        if row and row != names:
            yield line, row


def _checked(line: int, row: Row, header: Header, layout: Layout, seen: dict[tuple[str, Value], int]) -> Checked:
    found = Checked(line, {})
    for at, column in header.columns.items():
        cell = row[at] if at < len(row) else ""
        if cell != "":
            _read(column, cell, found)
    said = {fault.column for fault in found.faults} | set(found.values)
    found.faults.extend(Fault(c.name, NEEDED) for c in layout.columns if c.required and c.name not in said)
    for column in layout.columns:
        if column.unique and column.name in found.values:
            first = seen.setdefault((column.name, found.values[column.name]), line)
            if first != line:
                found.faults.append(Fault(column.name, AGAIN, {"row": first}))
    return found


def _read(column: Column, cell: str | float, found: Checked) -> None:
    try:
        value = column.kind(cell)
    except Unreadable as trouble:
        found.faults.append(Fault(column.name, trouble.sentence, trouble.facts))
    else:
        if value != "":
            found.values[column.name] = value
