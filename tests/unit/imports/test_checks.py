"""Every fault of every row, and only of the rows that are rows."""

from __future__ import annotations

from chengnuo.imports.checks import check, rows_below
from chengnuo.imports.header import find
from chengnuo.imports.reader import Sheet
from tests.factories.register import HEAD, LAYOUT

ID, OTHER = "11010519491231002X", "110105194912310038"


def checked(*rows, head=HEAD):
    sheet, header = find([Sheet("csv", "", [["花名册"], head, *rows])], LAYOUT)
    return list(check(sheet.rows, header, LAYOUT))


def faults(row):
    return [(fault.column, fault.sentence % fault.facts) for fault in row.faults]


def test_a_good_row_says_what_it_says():
    (row,) = checked([ID.lower(), "张三", "1949年12月31日", 960.5])
    assert (row.line, row.faults) == (3, [])
    assert row.values == {"id": ID, "name": "张三", "born": "1949-12-31", "money": 96050}


def test_an_empty_cell_says_nothing_unless_it_is_needed():
    short, empty = checked([ID, "张三"], ["", "李四", "", 3])
    assert short.values == {"id": ID, "name": "张三"}
    assert faults(empty) == [("id", "nothing stands here, and something is needed")]


def test_all_faults_of_a_row_are_said_at_once():
    (row,) = checked(["1", "", "1/2/3", "-1"])
    assert [column for column, _said in faults(row)] == ["id", "born", "money", "name"]
    assert not any("1/2/3" in said for _column, said in faults(row))


def test_the_same_person_in_two_forms_is_found_in_the_later_row():
    first, second, third = checked([ID, "张三"], ["110105491231002", "张三"], [OTHER, "王"])
    assert first.faults == third.faults == []
    assert faults(second) == [("id", "the same as in row 3")]


def test_empty_lines_and_the_header_again_are_no_rows():
    rows = checked([ID, "张三"], [], list(HEAD), [OTHER, "王五"])
    assert [row.line for row in rows] == [3, 6]


def test_rows_are_counted_as_they_are_checked():
    sheet = Sheet("csv", "", [list(HEAD), [ID], [], list(HEAD), [OTHER]])
    _sheet, header = find([sheet], LAYOUT)
    assert [line for line, _row in rows_below(sheet.rows, header)] == [2, 5]
