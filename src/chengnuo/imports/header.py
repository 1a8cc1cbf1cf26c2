"""Finds the line that names the columns: below titles, over one line or two, in any order, among columns that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from chengnuo.imports.kinds import plainly
from chengnuo.imports.layout import Column, Layout
from chengnuo.imports.reader import Sheet
from chengnuo.imports.reading.limits import Row
from chengnuo.imports.refusals import FileRefused
from chengnuo.policies.charter_words import tells_of

LOOKED_AT = 30


@dataclass(frozen=True)
class Header:
    """`line` is the number of its last row, counted from 1; `columns` says which column of the layout stands where (from 0);
    `unread` are the names of the others.
    """

    line: int
    columns: dict[int, Column]
    unread: tuple[str, ...] = ()


def find(sheets: list[Sheet], layout: Layout) -> tuple[Sheet, Header]:
    """The one sheet with such a table, and its header. Raises FileRefused."""
    best = [(sheet, _best(sheet, layout)) for sheet in sheets]
    whole = [(sheet, header) for sheet, header in best if not _missing(header, layout)]
    if len(whole) > 1:
        raise FileRefused("sheets")
    sheet, header = whole[0] if whole else max(best, key=lambda pair: len(pair[1].columns))
    if not header.columns:
        raise FileRefused("header", _listed(str(column.label) for column in layout.columns if column.required))
    if missing := _missing(header, layout):
        raise FileRefused("missing", _listed(missing))
    _need_each_once(header)
    if told := [name for name in _names_of_others(sheet, header, layout) if tells_of(name)]:
        raise FileRefused("never", _listed(told))
    return sheet, header


def _best(sheet: Sheet, layout: Layout) -> Header:
    """The one that names most columns; of equals the upper one."""
    rows: list[Row] = [[], *sheet.rows[:LOOKED_AT]]
    found = [
        _read(rows[at - 1] if two else [], rows[at], at, layout) for at in range(1, len(rows)) for two in (False, True)
    ]
    return max(found, key=lambda header: len({column.name for column in header.columns.values()}))


def _read(upper: Row, lower: Row, line: int, layout: Layout) -> Header:
    """A header of one row, or of two, where the upper one may reach over several columns."""
    width = max(len(upper), len(lower))
    above = [*map(str, upper), *[""] * (width - len(upper))]
    below = [*map(str, lower), *[""] * (width - len(lower))]
    over = list(accumulate(above, _last_said))
    columns, unread = {}, []
    for at in range(width):
        names = [over[at] + below[at], below[at]] if below[at] else [above[at]]
        known = [layout.by_header[name] for name in map(plainly, names) if name in layout.by_header]
        if known:
            columns[at] = known[0]
        elif any(names):
            unread.append(names[0])
    return Header(line, columns, tuple(unread))


def _names_of_others(sheet: Sheet, header: Header, layout: Layout) -> Iterable[str]:
    """Of the columns that nobody asked for, alone and with what is merged above them. What stands above the first column alone is a title."""
    *_, upper, lower = [], *sheet.rows[: header.line]
    grouped = _read(upper, lower, header.line, layout).unread if any(upper[1:]) else ()
    return dict.fromkeys((*header.unread, *grouped))


def _last_said(left: str, here: str) -> str:
    return here or left


def _missing(header: Header, layout: Layout) -> list[str]:
    there = {column.name for column in header.columns.values()}
    return [str(column.label) for column in layout.columns if column.required and column.name not in there]


def _need_each_once(header: Header) -> None:
    seen: set[str] = set()
    for column in header.columns.values():
        if column.name in seen:
            raise FileRefused("twice", str(column.label))
        seen.add(column.name)


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)
