"""Tables as people send them: workbooks and text, whole or damaged by a seeded chance."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

Rows = Iterable[Sequence[Any]]


def workbook(*sheets: Rows, names: Sequence[str] = ()) -> bytes:
    book = Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        if number < len(names):
            sheet.title = names[number]
        for row in rows:
            sheet.append(list(row))
    return _saved(book)


def text(rows: Rows, *, encoding: str = "utf-8", sign: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue().encode(encoding)


def parts(content: bytes) -> dict[str, bytes]:
    """What a workbook is made of."""
    with ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(inside: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        for name, content in inside.items():
            package.writestr(name, content)
    return out.getvalue()


def sheet_part(content: bytes) -> tuple[dict[str, bytes], str]:
    """The parts of a workbook, and the name of the one with the first sheet's cells."""
    inside = parts(content)
    return inside, next(name for name in inside if "worksheets/" in name)


def damaged(content: bytes, chance: Random) -> bytes:
    """A few bytes changed, cut out, doubled or put in."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + chance.randint(1, 64)]
            case 2:
                made[at:at] = made[at : at + chance.randint(1, 64)]
            case _:
                made[at:at] = chance.choice(WEDGES)
    return bytes(made)


def damaged_inside(content: bytes, chance: Random) -> bytes:
    """The same to one part of a workbook, in a package that is whole."""
    inside = parts(content)
    name = chance.choice(sorted(inside))
    return packed(inside | {name: damaged(inside[name], chance)})


WEDGES = (
    b"\x00", b"\xff\xfe", b"\r", b'"', b"<", b"&#x0;", b"<!DOCTYPE x>", b"<f>1+1</f>", b"]]>", b"&amp;", b"9" * 400, b'r="XFD1048576"',
    b"<c r='A1' t='s'><v>99999999</v></c>", b"<v>1e999</v>", b"\x81\x30", b",,,,,,", b"=1", "身份证号".encode(),
)  # fmt: skip


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
