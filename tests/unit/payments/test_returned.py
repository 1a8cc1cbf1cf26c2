"""Reading what the bank sends back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.imports.returned import workbook_of
from chengnuo.payments.returned import NotTheFile, read

ONE, TWO = UUID(int=1), UUID(int=2)
HEAD = "备注,金额,状态,失败原因,到账日期"


def table(*lines, head=HEAD, encoding="utf-8"):
    return "\n".join([head, *lines]).encode(encoding)


def fault(content):
    with pytest.raises(NotTheFile) as refused:
        read(content)
    return refused.value.fault, refused.value.line


def test_success_has_a_day_and_failure_a_reason():
    booked, failed = read(table(f"{ONE},960.00,成功,,2026-03-12", f'{TWO},"1,960.5",失败,账号不存在,'))
    assert (booked.payment, booked.fen, booked.paid_on) == (ONE, 96_000, date(2026, 3, 12))
    assert (failed.payment, failed.fen, failed.reason, failed.paid_on) == (TWO, 196_050, "number", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_usual_encodings_are_read(encoding):
    assert len(read(table(f"{ONE},960,成功,,20260312", encoding=encoding))) == 1


def test_lines_above_the_header_empty_ones_and_other_columns_do_not_matter():
    content = table(
        f",x,{ONE},960,成功,2026年3月12日", "", ",,,,,", head="某银行回盘,,,,,\n序号,户名,流水号,金额,处理结果,入账日期"
    )
    assert [(each.payment, each.line, each.paid_on) for each in read(content)] == [(ONE, 3, date(2026, 3, 12))]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("x,960,成功,,2026-03-12", "key"),
        (f"{ONE},960.001,成功,,2026-03-12", "sum"),
        (f"{ONE},-960,成功,,2026-03-12", "sum"),
        (f"{ONE},九百六,成功,,2026-03-12", "sum"),
        (f"{ONE},960,好,,2026-03-12", "state"),
        (f"{ONE},960,,,", "state"),
        (f"{ONE},960,成功,,", "day"),
        (f"{ONE},960,成功,,2026-02-30", "day"),
    ],
)
def test_each_fault_names_its_line(line, what):
    assert fault(table(f"{TWO},1,失败,,", line)) == (what, 3)


def test_a_payment_that_stands_there_twice_is_a_fault():
    assert fault(table(f"{ONE},1,失败,,", f"{ONE},1,失败,,")) == ("twice", 3)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "姓名,金额\n张,1".encode(), b"\x80\x81"])
def test_what_is_no_such_table_is_said_so(content):
    assert fault(content)[0] in ("header", "unread")


def test_a_workbook_is_read_as_well_as_a_text():
    rows = [HEAD.split(","), [str(ONE), 960.5, "成功", "", "2026-03-12"], [str(TWO), "1", "失败", "账号", ""]]
    found = read(workbook_of([["回盘"], *rows]))
    assert [(each.payment, each.fen, each.line, each.reason) for each in found] == [
        (ONE, 96_050, 3, ""),
        (TWO, 100, 4, "number"),
    ]


def test_a_file_that_the_reader_refuses_says_why():
    with pytest.raises(NotTheFile, match=r"formulas|whole|text"):
        read(b"PK\x03\x04 no workbook")


@settings(max_examples=12, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda said: f"{HEAD}\n{said}".encode("utf-8", "ignore")))
def test_nothing_but_the_one_refusal_comes_of_any_bytes(content):
    with suppress(NotTheFile):
        assert all(each.paid_on or each.reason for each in read(content))
