"""Workbooks: the sheets that can be seen, as rows of texts and numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from chengnuo.imports.reading.limits import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Cell, Row, Unfit, trimmed
from chengnuo.imports.reading.package import look_through

MIDNIGHT = time()
WHOLE = 1 << 53  # from here on a number of Excel has lost digits


def sheets_in(content: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """Name and rows of each sheet that holds anything. Raises Unfit, or whatever the reading of a broken one raises."""
    look_through(content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    if len(book.sheet_names) > MOST_SHEETS:
        raise Unfit("swells")
    for number, sheet in enumerate(book.sheets_metadata):
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            found = book.get_sheet_by_index(number)
            if found.end is not None:
                yield sheet.name, _rows(found)


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """From the first line of the sheet on, so that a row's number is the one that its reader sees."""
    first, last = sheet.start or (0, 0), sheet.end or (0, 0)
    if last[0] >= MOST_ROWS:
        raise Unfit("rows-many")
    if last[1] >= MOST_COLUMNS * 10:
        raise Unfit("columns-many")
    left: Row = [""] * first[1]
    for row in sheet.iter_rows():  # with the empty lines above, without the empty columns on the left
        yield trimmed(left + [cell_of(value) for value in row])


def cell_of(value: object) -> Cell:
    """A text or a number. A day is written 2026-01-05, and what stands for nothing is ""."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return value
        case float():
            return int(value) if value.is_integer() and abs(value) < WHOLE else value
        case datetime():
            return value.date().isoformat() if value.time() == MIDNIGHT else value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case _:
            return str(value).strip()
