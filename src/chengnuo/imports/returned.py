"""The person's own table back, with one more column: what becomes of each row and why. No program takes a cell of it for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from openpyxl import Workbook

from chengnuo.imports.header import Header
from chengnuo.imports.reader import Sheet
from chengnuo.imports.reading.limits import Cell, Row

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
NEVER_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_NAME = 31
NEVER_IN_A_NAME = re.compile(r"[\\/*?:\[\]]")
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Reasons:
    """`label` heads the column; `of` says for each row number what it is given."""

    label: str
    of: Mapping[int, str]


def returned(sheet: Sheet, header: Header, reasons: Reasons) -> bytes:
    """A file of the same kind, with every row that came."""
    rows = _rows(sheet, header, reasons)
    return workbook_of(rows, sheet.name) if sheet.kind == "xlsx" else _text(rows)


def harmless(cell: Cell) -> Cell:
    """A cell that no program takes for a formula."""
    if not isinstance(cell, str):
        return cell
    said = NEVER_IN_XML.sub("", cell)
    return f"'{said}" if said.startswith(FORMULA_SIGNS) else said


def _rows(sheet: Sheet, header: Header, reasons: Reasons) -> Iterator[Row]:
    """The new column stands last; one that an earlier return of the same table added is written over."""
    names = sheet.rows[header.line - 1]
    at = names.index(reasons.label) if reasons.label in names else max(map(len, sheet.rows))
    said = {header.line: reasons.label, **reasons.of}
    for line, row in enumerate(sheet.rows, 1):
        wide = [*map(harmless, row)]
        if line >= header.line:
            wide += [""] * (at + 1 - len(wide))
            wide[at] = harmless(said.get(line, ""))
        yield wide


def workbook_of(rows: Iterable[Row], name: str = "") -> bytes:
    """A workbook of one sheet; its cells are written as they are."""
    book, out = Workbook(write_only=True), io.BytesIO()
    table = book.create_sheet(NEVER_IN_A_NAME.sub("", name)[:LONGEST_NAME] or None)
    for row in rows:
        table.append([None if cell == "" else cell for cell in row])
    book.save(out)
    return out.getvalue()


def _text(rows: Iterator[Row]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
