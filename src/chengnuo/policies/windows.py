"""Until which day of a year a programme is claimed or renewed, and when people are reminded of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from chengnuo.core.rules.parameters import Source
from chengnuo.policies.claims import claims
from chengnuo.policies.loader import PACKS
from chengnuo.policies.parameter_files import CERTAINTIES, source
from chengnuo.policies.sheet import Sheet

FILE = PACKS / "windows.yaml"
DAY_OF_YEAR = re.compile("(0[13-9]|1[0-2])-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])")


@dataclass(frozen=True)
class Window:
    """From a day on a programme is claimed and renewed until this day of each year."""

    begins: date
    month: int
    day: int
    days_before: int
    certainty: str
    source: Source

    def closes(self, year: int) -> date:
        return date(year, self.month, self.day)

    def is_near(self, on: date) -> bool:
        """Whether people are reminded on a day: the year's last day lies ahead, and not far."""
        last = self.closes(on.year)
        return last - timedelta(days=self.days_before) <= on <= last


@cache
def windows() -> Mapping[str, tuple[Window, ...]]:
    """By programme, the oldest first. Raises Unfit."""
    return read(FILE)


def read(path: Path) -> Mapping[str, tuple[Window, ...]]:
    """A file of windows. Raises Unfit."""
    sheet = Sheet.of(path)
    found = {key: tuple(_window(each) for each in sheet.sheets(key)) for key in claims() if key in sheet}
    sheet.close()
    return found


def near(on: date) -> dict[str, date]:
    """The programmes of which people are reminded on a day, and when their time ends."""
    standing = {key: [row for row in rows if row.begins <= on] for key, rows in windows().items()}
    return {key: rows[-1].closes(on.year) for key, rows in standing.items() if rows and rows[-1].is_near(on)}


def _window(sheet: Sheet) -> Window:
    closes = str(sheet.take("closes", str, "12-15"))
    if not DAY_OF_YEAR.fullmatch(closes):
        why = "It is a day of every year; the 29th of February and the 31st are not."
        raise sheet.unfit("closes", f"is {closes!r}.", why, "closes: 12-15")
    month, day = map(int, closes.split("-"))
    begins, days = sheet.day("from"), sheet.count("days_before")
    found = Window(begins, month, day, days, sheet.choice("certainty", CERTAINTIES), source(sheet.sheet("source")))
    sheet.close()
    return found
