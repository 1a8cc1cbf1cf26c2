"""Days in the forms in which tables have them; what can be read in two ways is named."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.imports.days import FIRST, day
from chengnuo.imports.faults import Unreadable


@pytest.mark.parametrize(
    "cell",
    ["2026-1-5", "2026-01-05", "2026/1/5", "2026.1.5", "20260105", 20260105, "2026年1月5日", "2026年01月05号", "２０２６年１月５日",
     " 2026 - 1 - 5 ", "2026-01-05 00:00:00", "2026-01-05T00:00", 46027, 46027.0, "46027", "二〇二六年一月五日", "二○二六年一月五日"],
)  # fmt: skip
def test_every_form_is_the_same_day(cell):
    assert day(cell) == "2026-01-05"


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("5/1/2026", "several ways"),
        ("05-01-26", "several ways"),
        ("26.1.5", "several ways"),
        ("2026年1月", "without a day"),
        ("2026", "without a day"),
        ("2026-02-30", "no such day"),
        ("20261301", "no such day"),
        ("1026-01-05", "cannot be meant"),
        ("二〇二六年十三月五日", "no such day"),
        ("不详", "no date"),
        ("2026-01-05 08:30:00", "no date"),
        (12, "no date"),
        (46027.5, "no date"),
        (1e300, "no date"),
        (-46027, "no date"),
    ],
)
def test_what_is_no_day_is_named(cell, says):
    with pytest.raises(Unreadable) as trouble:
        day(cell)
    assert says in trouble.value.sentence


DAYS = st.dates(date(1949, 10, 1), date(2099, 12, 31))


@given(DAYS)
def test_every_day_comes_back_from_every_form(when):
    forms = (
        f"{when}",
        f"{when:%Y/%m/%d}",
        f"{when:%Y%m%d}",
        f"{when.year}年{when.month}月{when.day}日",
        (when - FIRST).days,
    )
    assert {day(form) for form in forms} == {when.isoformat()}


@given(DAYS)
def test_spoken_days_come_back(when):
    digits, ones = "〇一二三四五六七八九", " 一二三四五六七八九"
    year = "".join(digits[int(sign)] for sign in str(when.year))

    def spoken(number):
        tens, one = divmod(number, 10)
        return ("" if tens == 0 else "十" if tens == 1 else ones[tens] + "十") + (ones[one] if one else "")

    assert day(f"{year}年{spoken(when.month)}月{spoken(when.day)}日") == when.isoformat()


def test_the_first_serial_is_after_the_day_that_never_was():
    assert day(10_000) == (FIRST + timedelta(10_000)).isoformat()
    with pytest.raises(Unreadable):
        day(60)
