"""The line that names the columns is found wherever it stands, and what is missing is named."""

from __future__ import annotations

import pytest

from chengnuo.core.text3 import Text3
from chengnuo.imports.header import find
from chengnuo.imports.kinds import text
from chengnuo.imports.layout import Column, Layout
from chengnuo.imports.reader import Sheet
from chengnuo.imports.refusals import FileRefused
from tests.factories.register import LAYOUT

HEAD = ["身份证号", "姓名", "出生日期"]


def found(*rows, more=()):
    _sheet, header = find([Sheet("xlsx", "一", list(rows)), *more], LAYOUT)
    return header.line, {at: column.name for at, column in header.columns.items()}, header.unread


def refusal(*rows, more=()):
    with pytest.raises(FileRefused) as refused:
        found(*rows, more=more)
    return refused.value.reason, refused.value.facts["words"]


def test_below_titles_and_empty_lines():
    assert found(["某县花名册"], [], ["填报单位：", "", "2026年"], HEAD) == (4, {0: "id", 1: "name", 2: "born"}, ())


@pytest.mark.parametrize(
    "names",
    [
        ["证件号码", "户主姓名"],
        [" *身份 证号 ", "姓\n名"],
        ["公民身份号码（必填）", "姓名："],
        ["身份證號", "姓 名"],
        ["Identity number", "NAME"],
    ],
)
def test_under_its_other_names(names):
    assert found(names)[1] == {0: "id", 1: "name"}


def test_in_any_order_among_columns_that_nobody_asked_for():
    line, columns, unread = found(["序号", "姓名", "备注", "", "身份证号"])
    assert (line, columns, unread) == (1, {1: "name", 4: "id"}, ("序号", "备注"))


def test_over_two_lines_where_the_upper_one_is_merged():
    """Across: 户主 over 姓名 and 身份证号. Downwards: 出生日期 beside an empty cell."""
    line, columns, unread = found(["人员", "", "出生日期"], ["身份证号", "姓名", ""], ["x", "y", "z"])
    assert (line, columns, unread) == (2, {0: "id", 1: "name", 2: "born"}, ())
    assert found(["户主", "", "补贴"], ["证件号码", "姓名", "金额"])[1] == {0: "id", 1: "name", 3 - 1: "money"}


def test_the_upper_of_two_lines_that_say_the_same():
    assert found(HEAD, HEAD)[0] == 1


def test_what_is_missing_is_named():
    assert refusal(["姓名", "出生日期"]) == ("missing", "Identity number")
    assert refusal(["a", "b"]) == ("header", "Identity number、Name")
    assert refusal(*([["x"]] * 40), HEAD) == ("header", "Identity number、Name")


def test_a_column_that_stands_there_twice_is_named():
    assert refusal([*HEAD, "姓名"]) == ("twice", "Name")


def test_a_column_that_is_never_recorded_is_refused():
    assert refusal([*HEAD, "避孕措施"]) == ("never", "避孕措施")


def test_one_sheet_has_it():
    other = Sheet("xlsx", "说明", [["怎样填"], ["姓名：写全名"]])
    sheet, _header = find([other, Sheet("xlsx", "名单", [HEAD])], LAYOUT)
    assert sheet.name == "名单"
    assert refusal(HEAD, more=[Sheet("xlsx", "二", [HEAD])]) == ("sheets", "")


def test_a_layout_whose_columns_answer_to_one_name_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="same header"):
        Layout(
            (Column("a", Text3("电话", "電話", "a"), text()), Column("b", Text3("电 话", "話", "b"), text())), most=1
        )
