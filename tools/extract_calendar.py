#!/usr/bin/env python3
# /// script
# requires-python = ">=3.11"
# dependencies = ["chinesecalendar==1.11.0"]
# ///
"""Makes the file of workdays from the PyPI package `chinesecalendar`, which follows the State Council's yearly notices.

    python tools/extract_calendar.py > src/chengnuo/policies/national/parameters/working_days.yaml

When the notice for another year is out, usually in November: update the package, add the notice to NOTICES, run this,
and compare the days with the notice itself.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from datetime import date

# year: number and day of the notice of the General Office of the State Council
NOTICES = {
    2024: ("国办发明电〔2023〕7号", date(2023, 10, 25)),
    2025: ("国办发明电〔2024〕12号", date(2024, 11, 12)),
    2026: ("国办发明电〔2025〕7号", date(2025, 11, 4)),
}
HEAD = """\
# Holidays and make-up workdays (调休) of the whole country. Made by tools/extract_calendar.py from PyPI chinesecalendar
# 1.11.0; certainty B: its days agree with the notices as the press printed them. Each notice counts for its year alone.
parameters:"""
LABELS = {
    "holidays": "{hans: 放假日, hant: 放假日, en: public holidays}",
    "make_up_workdays": "{hans: 调休上班日, hant: 調休上班日, en: make-up workdays}",
}


def main() -> None:
    table = importlib.import_module("chinese_calendar.constants")
    print(HEAD)
    for name, days in (("holidays", table.holidays), ("make_up_workdays", table.workdays)):
        print("\n".join(_parameter(name, sorted(days))))


def _parameter(name: str, days: Iterable[date]) -> Iterator[str]:
    yield f"  - name: {name}"
    yield f"    label: {LABELS[name]}"
    yield "    unit: dates"
    yield "    values:"
    known = list(days)
    for year in NOTICES:
        listed = ", ".join(str(day) for day in known if day.year == year)
        yield from _row(year, f"[{listed}]", year)
    yield from _row(max(NOTICES) + 1, "null # not announced yet", max(NOTICES))


def _row(begins: int, value: str, year: int) -> Iterator[str]:
    number, day = NOTICES[year]
    yield f"      - from: {begins}-01-01"
    yield f"        known_since: {day}"
    yield f"        value: {value}"
    yield "        certainty: B"
    yield f"        source: {{document: 国务院办公厅关于{year}年部分节假日安排的通知, article: {number}, date: {day}}}"


if __name__ == "__main__":
    main()
