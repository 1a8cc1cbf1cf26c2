"""Files that the bank, or somebody else, sends back and that do not fit: each says where, and books nothing at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from openpyxl import Workbook

from chengnuo.foundation.refused import MoveRefused
from chengnuo.imports.returned import workbook_of
from chengnuo.payments.models import Line
from chengnuo.payments.operations import batches, settling
from chengnuo.payments.returned import NotTheFile
from tests.factories import money

pytestmark = pytest.mark.django_db
NOBODYS = str(UUID(int=7))
Lines = list[str]


@pytest.fixture
def batch():
    """Of two payees, with the bank."""
    money.awarded(1), money.awarded(2)
    return money.exported()


def lines_of(batch) -> Lines:
    return money.returned(batch).decode("gb18030").splitlines()


def file(lines: Lines) -> bytes:
    return "\n".join(lines).encode("gb18030")


def standing(batch):
    return (
        Line.objects.count(),
        money.again(batch).version,
        [(each.status, each.version) for each in money.payments(batch)],
    )


def refused(batch, content):
    """The fault of a file and its line, after it has booked nothing."""
    before = standing(batch)
    with pytest.raises(NotTheFile) as found:
        money.reconciled(batch, content)
    assert standing(batch) == before
    return found.value.fault, found.value.line


def last(old: str, new: str) -> Callable[[Lines], Lines]:
    """Altered in the last line alone: everything above it fits."""
    return lambda lines: [*lines[:-1], lines[-1].replace(old, new)]


WRONG: dict[str, tuple[Callable[[Lines], Lines], tuple[str, int]]] = {
    "no line names the columns": (lambda lines: lines[1:], ("header", 0)),
    "the key has another name": (lambda lines: [lines[0].replace("备注", "摘要"), *lines[1:]], ("header", 0)),
    "there is no column of states": (lambda lines: [lines[0].replace("状态", ""), *lines[1:]], ("header", 0)),
    "a key lost its beginning": (lambda lines: [*lines[:-1], lines[-1][2:]], ("key", 3)),
    "a key is empty": (lambda lines: [*lines[:-1], lines[-1][36:]], ("key", 3)),
    "a key is nobody's": (lambda lines: [*lines[:-1], NOBODYS + lines[-1][36:]], ("foreign", 3)),
    "a payment stands there twice": (lambda lines: [*lines, lines[1]], ("twice", 4)),
    "a payment was booked and was not": (
        lambda lines: [*lines, lines[2].replace("成功", "失败")],
        ("twice", 4),
    ),
    "a fen more": (last("960.00", "960.01"), ("other-sum", 3)),
    "the sum is in fen": (last("960.00", "96000"), ("other-sum", 3)),
    "a sum has three places": (last("960.00", "960.001"), ("sum", 3)),
    "a sum is below nothing": (last("960.00", "-960.00"), ("sum", 3)),
    "a sum has a sign of money": (last("960.00", "¥960.00"), ("sum", 3)),
    "a sum is missing": (last("960.00", ""), ("sum", 3)),
    "two columns changed places": (
        lambda lines: [lines[0].replace("金额,状态", "状态,金额"), *lines[1:]],
        ("sum", 2),
    ),
    "a state is unknown": (last("成功", "处理中"), ("state", 3)),
    "a state is missing": (last("成功", ""), ("state", 3)),
    "a day is missing": (last("2026-03-12", ""), ("day", 3)),
    "a day is none": (last("2026-03-12", "2026-02-30"), ("day", 3)),
    "a day is a word": (last("2026-03-12", "昨天"), ("day", 3)),
    "a line breaks off": (lambda lines: [*lines[:-1], lines[-1][:36]], ("sum", 3)),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_line_that_does_not_fit_stops_the_whole_file_and_is_named(batch, what):
    alter, fault = WRONG[what]
    assert refused(batch, file(alter(lines_of(batch)))) == fault


def formula():
    book = Workbook()
    book.active.append(["备注", "金额", "状态"])
    book.active.append(["=1+1", 960, "成功"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"\x00" * 64, b"%PDF-1.7\n", b"PK\x03\x04 broken", workbook_of([["a"]])[:-40], formula(), b"<html><table>"],
    ids=["nothing", "empty lines", "zeros", "a paper", "a broken workbook", "half a workbook", "a formula", "a page"],
)  # fmt: skip
def test_what_is_no_such_table_at_all_books_nothing(batch, content):
    fault, line = refused(batch, content)
    assert fault in {"header", "unread"}
    assert line == 0


def test_the_file_of_another_batch_is_foreign_from_its_first_line(batch):
    money.awarded(3)
    other = money.exported(money.fund(0))
    assert refused(batch, money.returned(other)) == ("foreign", 2)


def test_a_file_with_a_good_part_of_this_and_a_line_of_another_batch_is_foreign_there(batch):
    money.awarded(3)
    other = money.exported(money.fund(0))
    assert refused(batch, file([*lines_of(batch), lines_of(other)[1]])) == ("foreign", 4)


def test_a_table_without_a_line_says_nothing_of_anybody(batch):
    assert money.reconciled(batch, file(lines_of(batch)[:1])).status == "exported"
    assert {each.status for each in money.payments(batch)} == {"sent"}


def test_a_workbook_with_numbers_and_days_as_such_on_its_second_sheet_fits(batch):
    book = Workbook()
    book.active.append(["某银行", "回盘"])
    table = book.create_sheet("明细")
    table.append(["备注", "金额", "状态", "失败原因", "到账日期"])
    for payment, day in zip(money.payments(batch), [date(2026, 3, 12), date(2026, 3, 13)], strict=True):
        table.append([str(payment.pk), 960, "成功", None, day])
    out = io.BytesIO()
    book.save(out)
    assert money.reconciled(batch, out.getvalue()).status == "reconciled"
    assert [each.paid_on for each in money.payments(batch)] == [date(2026, 3, 12), date(2026, 3, 13)]


def test_what_was_said_in_an_earlier_file_is_not_unsaid_by_a_later_one(batch):
    money.reconciled(batch, failed={money.digits(1): "户名不符"})
    lines = lines_of(batch)
    failed = next(each for each in money.payments(batch) if each.status == "failed")
    (number,) = [number for number, line in enumerate(lines, 1) if line.startswith(str(failed.pk))]
    assert refused(batch, file(lines)) == ("otherwise", number)


@pytest.mark.parametrize(("word", "reason"), [("户名不符", "name"), ("久悬户", "dormant"), ("已销户", "closed"), ("请联系客户", "other"), ("", "other")])  # fmt: skip
def test_whatever_the_bank_writes_is_kept_as_a_reason_of_the_closed_list_alone(batch, word, reason):
    money.reconciled(batch, file([line.replace("成功,", f"失败,{word}") for line in lines_of(batch)]))
    assert {(each.status, each.reason) for each in money.payments(batch)} == {("failed", reason)}


# a batch that is at its end, or not with the bank yet


def test_a_file_for_a_batch_that_is_finished_books_nothing(batch):
    money.reconciled(batch)
    settling.close(batch=batch.pk, **money.said(money.CLERK))
    before = standing(batch)
    with pytest.raises(MoveRefused):
        money.reconciled(batch, failed={money.digits(1): "户名不符"})
    assert standing(batch) == before


def test_a_file_for_a_batch_of_which_only_a_part_is_with_the_bank_books_nothing(monkeypatch):
    monkeypatch.setattr(batches, "AT_A_TIME", 1)
    money.awarded(1), money.awarded(2)
    batch = batches.export(batch=money.approved().pk, **money.said(money.CLERK))
    batches.go_on(at=money.LATER, batch=batch.pk, steps=1)
    before = standing(batch)
    assert [status for status, _version in before[2]] == ["sent", "planned"]
    with pytest.raises(MoveRefused):
        money.reconciled(batch)
    assert standing(batch) == before
