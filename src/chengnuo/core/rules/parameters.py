"""Dated parameters: numbers, hours and days that a law or an office sets, each with its source.

A value stands from a day until the next row of the same place begins. A row with a place code counts there and below;
the longest code that fits wins. A null value is a repeal: of a local row, so that the wider one counts again; of the
national one, so that nothing counts. Who says `known` is told what was known on that day: later rows are not there yet.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from itertools import groupby

from chengnuo.core.text3 import Text3


@dataclass(frozen=True)
class Source:
    """The text that sets a value. `date` is that of the text; `article` may be empty."""

    document: str
    article: str
    date: date

    def __str__(self) -> str:
        """As its own language cites it."""
        article = f"第{self.article.replace(', ', '、')}条" if self.article[:1].isdecimal() else self.article
        return f"{self.document}{article} ({self.date})"


class Unfound(Enum):
    """That something stands, and its figure was not found: what hangs on it is undecided, and asked at the office."""

    UNFOUND = "not found"


UNFOUND = Unfound.UNFOUND
Content = int | str | date | tuple[date, ...] | Unfound


FIRST_DAY = "from"
DOUBTS = (FIRST_DAY, "value")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of law: what a parameter is from the day `begins` on; None when repealed, UNFOUND when it stands and nobody here knows its figure.

    `known_since`: when it became known, which may be later. `certainty`: A text read in full, B official, C secondary,
    D to be checked. `place`: the first digits of the codes where it counts; empty: everywhere. `options`: what an open
    question's value is one of, each with its meaning. `doubt`: what of it is still to be checked, one of DOUBTS; "": nothing.
    """

    name: str
    label: Text3
    value: Content | None
    unit: str
    begins: date
    known_since: date
    source: Source
    certainty: str
    place: str = ""
    options: Mapping[str, Text3] = field(default_factory=dict, hash=False)
    doubt: str = ""


class NoValue(LookupError):
    """A parameter was asked for that does not exist, or not on that day. `where`, `what`, `why`, `instead` say it apart."""

    def __init__(self, where: str, what: str, why: str, instead: str) -> None:
        super().__init__(f"{where}: {what}\n  Why: {why}\n  Ask instead: {instead}")
        self.where, self.what, self.why, self.instead = where, what, why, instead

    def __reduce__(self) -> tuple[type[NoValue], tuple[str, str, str, str]]:
        """Between processes: made again of its four parts, where Python would give it the one sentence."""
        return type(self), (self.where, self.what, self.why, self.instead)


class Parameters:
    """All values by their dotted names, such as `limits.missing_list`."""

    def __init__(self, values: Iterable[Row]) -> None:
        ordered = sorted(values, key=lambda value: (value.name, value.begins))
        self._values = {name: tuple(rows) for name, rows in groupby(ordered, key=lambda value: value.name)}

    def names(self) -> list[str]:
        return list(self._values)

    def __contains__(self, name: str) -> bool:
        """Asked where a name may well be none: what NoValue says of an unknown one takes longer than a whole page."""
        return name in self._values

    def history(self, name: str) -> tuple[Row, ...]:
        """Every value that the parameter ever had, repeals too, the oldest first. Raises NoValue for an unknown name."""
        if name not in self._values:
            raise self._unknown(name)
        return self._values[name]

    def at(self, name: str, day: date, place: str = "", known: date = date.max) -> Row:
        """The value in force on a day at a place (its 12-digit code), as it was known on another. Raises NoValue."""
        # how a question is read becomes known to nobody: it stands with the programme that it is asked of
        rows = [row for row in self.history(name) if row.known_since <= known or row.options]
        begun = [row for row in rows if row.begins <= day and place.startswith(row.place)]
        nearest_first = sorted(_last_of_each_place(begun).values(), key=lambda row: -len(row.place))
        found = next((row for row in nearest_first if row.value is not None), None)
        if found is None:
            raise self._not_in_force(name, day, place, known, nearest_first)
        return found

    def whole(self, name: str, day: date, place: str = "") -> int:
        """The value as a whole number."""
        found = self.at(name, day, place).value
        if not isinstance(found, int):
            what = f"is {found!r}."
            raise NoValue(name, what, "A whole number was asked for.", "`at`, and read it by its unit")
        return found

    def joined(self, others: Parameters) -> Parameters:
        """These and others, such as those of a pack that stands elsewhere."""
        return Parameters(row for known in (self, others) for name in known.names() for row in known.history(name))

    def with_readings(self, chosen: Mapping[str, str]) -> Parameters:
        """The same, with other readings of open questions. Raises NoValue for a question or reading that does not exist."""
        for name, option in chosen.items():
            if option not in (known := self.history(name)[0].options):
                said = f"has no reading {option!r}."
                raise NoValue(name, said, "The texts leave these open.", " or ".join(known) or "no question")
        rows = (row for each in self._values.values() for row in each)
        return Parameters(replace(row, value=chosen[row.name]) if row.name in chosen else row for row in rows)

    def _unknown(self, name: str) -> NoValue:
        near = difflib.get_close_matches(name, self._values, n=3, cutoff=0.4)
        known = " or ".join(near or self._values) or "nothing: no file of parameters was read"
        return NoValue(name, "is no parameter.", "No file of parameters has this name.", known)

    def _not_in_force(self, name: str, day: date, place: str, known: date, begun: list[Row]) -> NoValue:
        what = f"has no value on {day}."
        if begun:
            ended = max(begun, key=lambda row: row.begins)
            why = f"It ended with {ended.begins}: {ended.source}."
            return NoValue(name, what, why, f"a day before {ended.begins}, or add what took its place")
        unknown = [row for row in self._values[name] if row.begins <= day and place.startswith(row.place)]
        if unknown:
            first = min(unknown, key=lambda row: row.known_since)
            what, why = (
                f"has no value on {day} as known on {known}.",
                f"It became known on {first.known_since}: {first.source}.",
            )
            return NoValue(name, what, why, f"as known on {first.known_since} or later")
        first = self._values[name][0]
        why = f"The first value begins on {first.begins}" + (f", and only in {first.place}." if first.place else ".")
        return NoValue(name, what, why, "a later day, or add the earlier value with its source")


def _last_of_each_place(begun: Iterable[Row]) -> Mapping[str, Row]:
    return {row.place: row for row in begun}
