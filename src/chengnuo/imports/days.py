"""Days in the many forms in which tables have them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from chengnuo.core.messages import N_
from chengnuo.imports.faults import Unreadable
from chengnuo.imports.kinds import written
from chengnuo.imports.reading.limits import Cell

PARTS = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?(?:[ T]\s*0?0:00(?::00)?)?")
EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SPOKEN = re.compile(
    r"([〇零○一二三四五六七八九]{4})年(十?[一二三四五六七八九]?)月([一二三]?十?[一二三四五六七八九]?)[日号號]"
)
YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
NO_DAY_IN_IT = re.compile(r"\d{4}[-/.年]\d{1,2}月?|\d{4}年?")
DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
FIRST = date(1899, 12, 30)  # Excel's day nought: it counts a 29 February 1900 that never was
SERIALS = range(61, 73_051)  # 1 March 1900 to 31 December 2099
YEARS = range(1900, 2100)


def day(cell: Cell) -> str:
    """The day as 2026-01-05. What can be read in two ways is named, never guessed."""
    said = written(cell)
    if said.isdecimal() and int(said) in SERIALS and len(said) == len("46027"):
        return (FIRST + timedelta(days=int(said))).isoformat()
    if found := PARTS.fullmatch(said) or EIGHT.fullmatch(said):
        return _iso(*map(int, found.groups()))
    if spoken := SPOKEN.fullmatch(said):
        return _iso(int(spoken[1].translate(DIGITS)), _spoken(spoken[2]), _spoken(spoken[3]))
    if YEAR_LAST.fullmatch(said):
        raise Unreadable(N_("a date that can be read in several ways; write the year first, in four digits"))
    if NO_DAY_IN_IT.fullmatch(said):
        raise Unreadable(N_("a date without a day"))
    raise Unreadable(N_("no date; write it like 2026-01-05"))


def _iso(year: int, month: int, of_month: int) -> str:
    try:
        found = date(year, month, of_month)
    except ValueError:
        raise Unreadable(N_("no such day in the calendar")) from None
    if year not in YEARS:
        raise Unreadable(N_("a year that cannot be meant"))
    return found.isoformat()


def _spoken(words: str) -> int:
    """二十三 is 23, 十 is 10, 三 is 3."""
    tens, ten, ones = words.translate(DIGITS).rpartition("十")
    return int(tens or bool(ten)) * 10 + int(ones or 0)
