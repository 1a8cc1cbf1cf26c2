"""The person's own table back, with one more column; no program takes a cell of it for a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from chengnuo.imports.header import find
from chengnuo.imports.reader import Sheet, sheets_of
from chengnuo.imports.returned import Reasons, harmless, returned, workbook_of
from tests.factories.register import HEAD, LAYOUT

ROWS = [["花名册"], HEAD, ["1", "张三", 3, 960.5, "more"], ["2", "=1+1"], []]
REASONS = Reasons("结果", {3: "好", 4: "=坏"})


def back(kind, rows=ROWS, reasons=REASONS, name="名/单"):
    sheet, header = find([Sheet(kind, name, [list(row) for row in rows])], LAYOUT)
    return returned(sheet, header, reasons)


def test_a_workbook_comes_back_whole_with_a_last_column():
    book = load_workbook(io.BytesIO(back("xlsx")))
    assert [list(row) for row in book.active.values][:4] == [
        ["花名册", *[None] * 5],
        [*HEAD, None, "结果"],
        ["1", "张三", 3, 960.5, "more", "好"],
        ["2", "'=1+1", None, None, None, "'=坏"],
    ]
    assert book.active.title == "名单"
    assert all(cell.data_type != "f" for row in book.active for cell in row)


def test_text_comes_back_as_text_that_excel_reads():
    content = back("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1] == [*HEAD, "", "结果"]
    assert rows[3] == ["2", "'=1+1", "", "", "", "'=坏"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_what_came_back_can_be_sent_again_and_again(kind):
    again = sheets_of(back(kind))
    sheet, header = find(again, LAYOUT)
    assert header.unread == ("结果",)
    (twice,) = sheets_of(returned(sheet, header, Reasons("结果", {3: "新"})))
    assert [row.count("结果") for row in twice.rows[:2]] == [0, 1]
    assert twice.rows[2][-1] == "新"
    assert "坏" not in str(twice.rows[3]), "an old reason does not stay"


@given(st.text(max_size=30))
def test_no_cell_begins_like_a_formula(said):
    found = harmless(said)
    assert not str(found).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert harmless(5) == 5


@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_text_can_be_written(row):
    assert workbook_of([[*map(harmless, row)]], "n")
