"""Tables as text: which characters, which separator, then rows of texts."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from contextlib import suppress

from chengnuo.imports.reading.limits import MOST_IN_A_CELL, MOST_ROWS, Row, Unfit, trimmed

BY_MARK = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
SEPARATORS = ("\t", ",", ";", "|", "，")
LOOKED_AT = 30
SHARE_OF_NULS = 0.2
# how programs write a text that Excel must not turn into a number: ="0526"
KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


def decoded(content: bytes) -> str:
    """The text, by its mark, or else as UTF-16, UTF-8, GB18030, whichever fits first. Raises Unfit."""
    named = [encoding for mark, encoding in BY_MARK.items() if content.startswith(mark)]
    for encoding in named or [*_without_mark(content), "utf-8", "gb18030"]:
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            if "\0" not in text:
                return text
    raise Unfit("characters")


def rows_in(content: bytes) -> Iterator[Row]:
    """Every row of a table as text; empty lines are empty rows. Raises Unfit, csv.Error."""
    text = decoded(content)
    csv.field_size_limit(MOST_IN_A_CELL * 4)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), skipinitialspace=True)
    for number, row in enumerate(lines):
        if number >= MOST_ROWS:
            raise Unfit("rows-many")
        yield trimmed([_cell(cell) for cell in row])


def separator_of(text: str) -> str:
    """The one that cuts the first lines most evenly; a comma where none does."""
    lines = [line for line in text.splitlines()[:LOOKED_AT] if line.strip()]
    return max(SEPARATORS, key=lambda sign: (_usual(lines, sign), sign == ","))


def _usual(lines: list[str], sign: str) -> int:
    """How many of the lines have as many of this sign as the line that has most, times that number."""
    counts = [line.count(sign) for line in lines]
    most = max(counts, default=0)
    return counts.count(most) * most


def _without_mark(content: bytes) -> list[str]:
    """UTF-16 has a nul in every other place where letters are Latin or digits."""
    start = content[:4096]
    return [
        name
        for name, nuls in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2]))
        if nuls and nuls.count(0) > SHARE_OF_NULS * len(nuls)
    ]


def _cell(text: str) -> str:
    said = text.strip()
    if kept := KEPT_AS_TEXT.fullmatch(said):
        return kept[1].strip()
    if said.startswith("="):
        raise Unfit("formulas")
    return said
