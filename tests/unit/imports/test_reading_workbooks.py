"""Workbooks: read as their reader sees them, and refused where they are more than a table."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from chengnuo.imports.reader import sheets_of
from chengnuo.imports.reading.limits import MOST_UNPACKED, Unfit
from chengnuo.imports.reading.package import PIECE, look_through
from chengnuo.imports.reading.workbook import cell_of, sheets_in
from chengnuo.imports.refusals import FileRefused
from tests.factories import tables

PLAIN = tables.workbook([["a", "b"], [1, "x"]])


def read(content):
    return {name: list(rows) for name, rows in sheets_in(content)}


def with_part(name, content, of=PLAIN):
    return tables.packed(tables.parts(of) | {name: content})


def in_sheet(old, new):
    inside, name = tables.sheet_part(PLAIN)
    assert old in inside[name]
    return tables.packed(inside | {name: inside[name].replace(old, new, 1)})


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (3.0, 3),
        (960.5, 960.5),
        (4.20525199001011e17, 4.20525199001011e17),
        (True, "TRUE"),
        (date(2026, 1, 5), "2026-01-05"),
        (datetime.fromisoformat("2026-01-05"), "2026-01-05"),
        (datetime.fromisoformat("2026-01-05T08:30"), "2026-01-05 08:30:00"),
        (time(8, 30), "08:30:00"),
        (" 张三 ", "张三"),
        (None, "None"),
    ],
)
def test_a_cell_is_a_text_or_a_number(value, cell):
    found = cell_of(value)
    assert (found, type(found)) == (cell, type(cell))


def test_a_row_has_the_number_that_its_reader_sees():
    book = Workbook()
    book.active["C4"], book.active["D6"] = "a", 3.5
    assert read(tables._saved(book)) == {"Sheet": [[], [], [], ["", "", "a"], [], ["", "", "", 3.5]]}


def test_hidden_and_empty_sheets_are_passed_over():
    book = Workbook()
    book.active.title = "名单"
    book.active.append(["a"])
    book.create_sheet("空")
    hidden = book.create_sheet("藏")
    hidden.append(["b"])
    hidden.sheet_state = "hidden"
    assert read(tables._saved(book)) == {"名单": [["a"]]}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (tables.workbook([["a"], ["=1+1"]]), "formulas"),
        (in_sheet(b"<v>1</v>", b"<x:f>1</x:f><v>1</v>"), "formulas"),
        (with_part("xl/vbaProject.bin", b"x"), "macros"),
        (with_part("xl/macrosheets/sheet1.xml", b"<a/>"), "macros"),
        (with_part("xl/externalLinks/externalLink1.xml", b"<a/>"), "others"),
        (with_part("xl/embeddings/oleObject1.bin", b"x"), "others"),
        (with_part("xl/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "defines"),
        (with_part("xl/x.xml", b"<a>" + b" " * PIECE + b"<!ENTITY b>"), "defines"),
        (with_part("xl/x.xml", b" " * (PIECE - len(b"<a><!EN")) + b"<a><!ENTITY b>"), "broken"),
        (with_part("xl/x.xml", b"<a>".ljust(PIECE - 4) + b"<!ENTITY b>"), "defines"),
        (with_part("xl/x.xml", "<a/>".encode("utf-16")), "broken"),
        (with_part("xl/x.bin", b"\0" * (len(PLAIN) * 400)), "swells"),
        (tables.packed({f"p{number}": b"" for number in range(1001)}), "swells"),
    ],
)  # fmt: skip
def test_what_is_more_than_a_table_is_refused(content, code):
    with pytest.raises(Unfit, match=code):
        look_through(content)


def test_two_parts_of_one_name_are_refused():
    out = io.BytesIO(PLAIN)
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(package.namelist()[0], b"<a/>")
    with pytest.raises(Unfit, match="broken"):
        look_through(out.getvalue())


def test_a_size_that_lies_is_found_out():
    """A part that says it is small: what it unpacks to counts, or it is broken."""
    bomb = bytearray(with_part("xl/x.bin", b"\0" * 50_000_000))
    with zipfile.ZipFile(io.BytesIO(bomb)) as package:
        real = package.getinfo("xl/x.bin").file_size.to_bytes(4, "little")
    assert bomb.count(real) >= 1
    with pytest.raises(FileRefused) as refused:
        sheets_of(bytes(bomb.replace(real, (100).to_bytes(4, "little"))))
    assert refused.value.reason in {"broken", "swells"}


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = with_part("xl/x.bin", b"\0" * (MOST_UNPACKED + 1))
    assert len(bomb) < 1_000_000
    with pytest.raises(FileRefused) as refused:
        sheets_of(bomb)
    assert refused.value.reason == "swells"


@pytest.mark.parametrize("where", [b'r="XFD1048576"', b'r="A1048576"', b'r="XFD1"'])
def test_a_cell_at_the_end_of_the_world_is_refused(where):
    with pytest.raises(FileRefused) as refused:
        sheets_of(in_sheet(b'r="B2"', where))
    assert refused.value.reason in {"memory", "rows-many", "columns-many", "broken"}
