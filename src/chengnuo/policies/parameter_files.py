"""Reads files of dated parameters strictly. The shape of a file:

parameters:
  - name: missing_list
    label: {hans: …, hant: …, en: …}
    unit: working days
    values: # the oldest first; `value: null` is a repeal; `value: not found`: it stands, its figure is not known here; `place: "4205"` makes a row local
      - from: 2004-07-01
        known_since: 2003-08-27
        value: 5
        certainty: A
        source: {document: …, article: "32", date: 2003-08-27}
        doubt: from # what is still to be checked of it, if anything: its first day (from) or its value

A share is written `"> 1/2"` or `">= 2/3"`. A question that the texts leave open has the unit "reading", and `options: {key: {hans: …, hant: …, en: …}}`; its value is the
key of the reading that counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from chengnuo.core.ballots import ShareError, parse
from chengnuo.core.rules.parameters import DOUBTS, UNFOUND, Content, Parameters, Row, Source
from chengnuo.core.text3 import Text3
from chengnuo.policies.sheet import Sheet, Unfit

CERTAINTIES = ("A", "B", "C", "D")
NAME = re.compile(r"[a-z][a-z0-9_]*")
PLACE = re.compile("[0-9]{2}([0-9]{2}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?)?")
# the two digits with which the codes of provinces begin
PROVINCES = {11, 12, 13, 14, 15, 21, 22, 23, *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82}
CLOCK_TIME = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
CLOCK, DATE, DATES, READING, SHARE = "clock time", "date", "dates", "reading", "share"
A_YEAR = "fen a year"
COUNTS = (
    "working days",
    "days",
    "months",
    "years",
    "hours",
    "seconds",
    "percent",
    "grade",
    "marks",
    "people",
    "messages",
    "fen",
    "fen a month",
    A_YEAR,
)


def read(packs: Path) -> Parameters:
    """Every `parameters` folder below `packs`. Raises Unfit for the first line that cannot stand."""
    found: dict[tuple[str, str, date], Row] = {}
    units: dict[str, str] = {}
    for path in sorted(packs.rglob("parameters/*.yaml")):
        for where, value in _file(path):
            key = (value.name, value.place, value.begins)
            if key in found:
                what = f"begins on {value.begins} a second time."
                raise Unfit(where, what, "Only one of the two would count.", "another day, or one row only")
            if units.setdefault(value.name, value.unit) != value.unit:
                what = f"counts in {value.unit}, elsewhere in {units[value.name]}."
                raise Unfit(where, what, "Whoever asks would not know which they got.", "one unit, or another name")
            found[key] = value
    return Parameters(found.values())


def _file(path: Path) -> Iterator[tuple[str, Row]]:
    sheet = Sheet.of(path)
    for each in sheet.sheets("parameters"):
        yield from _parameter(path.stem, each)
    sheet.close()


def _parameter(file: str, sheet: Sheet) -> Iterator[tuple[str, Row]]:
    name = str(sheet.take("name", str, "missing_list"))
    if not NAME.fullmatch(name):
        raise sheet.unfit("name", f"is {name!r}.", "The code asks for it by name.", "small letters, digits and _")
    label, unit = sheet.text3("label"), sheet.choice("unit", (*COUNTS, CLOCK, DATE, DATES, READING, SHARE))
    options = _options(sheet) if unit == READING else {}
    yield from rows_of(sheet, f"{file}.{name}", label, unit, options)


def rows_of(
    sheet: Sheet, name: str, label: Text3, unit: str, options: Mapping[str, Text3]
) -> Iterator[tuple[str, Row]]:
    """The rows under `values`, which are all that is left of the sheet, each with its place for messages. Raises Unfit."""
    rows = sheet.take("values", list, "a list of rows, the oldest first")
    sheet.close()
    if not rows:
        raise sheet.unfit("values", "is empty.", "Without a value nothing is answered.", "at least one row")
    before = date.min
    for number, raw in enumerate(rows, 1):
        repealed = isinstance(raw, Mapping) and raw.get("value", ...) is None
        kept = {key: said for key, said in raw.items() if key != "value"} if repealed else raw
        row = Sheet(f"{sheet.where} › {name.rpartition('.')[2]} › values[{number}]", kept)
        value = _value(name, label, unit, row, options, repealed=repealed)
        if value.begins < before:
            raise row.unfit("from", f"is {value.begins}.", "A history is read from the top.", "the oldest first")
        before = value.begins
        if unit == A_YEAR and (before.month, before.day) != (1, 1):
            why = "One rate counts for a whole year: the months before would be paid at it too."
            raise row.unfit("from", f"is {before}.", why, "from: the first of a January, or a rate of fen a month")
        yield row.where, value


def _options(sheet: Sheet) -> dict[str, Text3]:
    """The readings of an open question, two at least."""
    keys = sheet.keys("options")
    if not keys[1:]:
        raise sheet.unfit("options", f"holds {len(keys)}.", "A question has more than one answer.", "two or more")
    inner = sheet.sheet("options")
    return {key: inner.text3(key) for key in keys}


def _value(name: str, label: Text3, unit: str, row: Sheet, options: Mapping[str, Text3], *, repealed: bool) -> Row:
    value = Row(
        name=name,
        label=label,
        options=options,
        value=None if repealed else _content(row, unit, options),
        unit=unit,
        begins=row.day("from"),
        known_since=row.day("known_since"),
        source=source(row.sheet("source")),
        certainty=row.choice("certainty", CERTAINTIES),
        place=place(row) if "place" in row else "",
        doubt=row.choice("doubt", DOUBTS) if "doubt" in row and not options else "",
    )
    row.close()
    if value.known_since < value.source.date:
        what = f"is {value.known_since}, and its source is of {value.source.date}."
        instead = f"{value.source.date} or later, or the earlier text as its source"
        raise row.unfit("known_since", what, "Nobody knows a number from a text that is still to come.", instead)
    return value


def source(sheet: Sheet) -> Source:
    article = str(sheet.take("article", str, '"32"')) if "article" in sheet else ""
    source = Source(str(sheet.take("document", str, "中华人民共和国行政许可法")), article, sheet.day("date"))
    sheet.close()
    return source


def place(sheet: Sheet) -> str:
    """The beginning of a division code, at the end of a level."""
    code = str(sheet.take("place", str, '"4205"'))
    if not PLACE.fullmatch(code):
        why = "It is the beginning of a division code, at the end of a level."
        raise sheet.unfit("place", f"is {code!r}.", why, "2, 4, 6, 9 or 12 digits in quotes")
    if int(code[:2]) not in PROVINCES:
        why = f"No province's code begins with {code[:2]}."
        raise sheet.unfit("place", f"is {code!r}.", why, '"42…" for Hubei, or what the code begins with')
    return code


def _content(row: Sheet, unit: str, options: Iterable[str]) -> Content:
    if unit != READING and "value" in row and row.peek("value") == UNFOUND.value:
        row.drop("value")
        return UNFOUND
    if unit == READING:
        return row.choice("value", options)
    if unit in (DATE, DATES):
        return row.day("value") if unit == DATE else _dates(row)
    if unit in (CLOCK, SHARE):
        return _share(row) if unit == SHARE else _matching(row, CLOCK_TIME, '"17:30"')
    return row.count("value")


def _matching(row: Sheet, shape: re.Pattern[str], example: str) -> str:
    text = str(row.take("value", str, example))
    if not shape.fullmatch(text):
        raise row.unfit("value", f"is {text!r}.", "It is a time of the day.", f"value: {example}, in quotes")
    return text


def _share(row: Sheet) -> str:
    text = str(row.take("value", str, '"> 1/2"'))
    try:
        return str(parse(text))
    except ShareError as error:
        raise row.unfit("value", f"is {text!r}.", "It is a part of a whole.", 'value: "> 1/2" or ">= 2/3"') from error


def _dates(row: Sheet) -> tuple[date, ...]:
    days: list[Any] = row.take("value", list, "[2026-01-01, 2026-01-02]")
    if not all(isinstance(day, date) for day in days) or days != sorted(set(days)):
        raise row.unfit("value", "is no list of days in order.", "Each day counts once.", "[2026-01-01, 2026-01-02]")
    return tuple(days)
