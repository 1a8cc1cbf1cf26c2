"""The law as it stands for one question: on a day, known on a day, at a place. It turns a graph's leaves into values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from chengnuo.core.rules.facts import FIGURE, PLACE, Fact
from chengnuo.core.rules.graph import Node, reads
from chengnuo.core.rules.parameters import FIRST_DAY, UNFOUND, NoValue, Parameters, Row

DECEMBER = 12


@dataclass(frozen=True)
class Asked:
    """`day`: as the law stands then, for the calendar year in which it lies; `known`: as it was known then; `place`: a division
    code, or its beginning where no more is known; "": none that the law names; None: nobody said where.
    """

    day: date
    known: date = date.max
    place: str | None = None


class Law:
    """Answers the leaves of a graph that no household does."""

    def __init__(self, parameters: Parameters, asked: Asked) -> None:
        self._parameters, self.asked = parameters, asked
        self.errors: dict[Node, NoValue] = {}
        self.days = [date(asked.day.year, month, 1) for month in range(1, DECEMBER + 1)]

    def row(self, name: str) -> Row | None:
        """The value on the day asked for, or the last one before it in its year; None: it depends on the place, which is not
        known. Raises NoValue.
        """
        if self._depends_on_place(name):
            return None
        begun = [day for day in self.days if day <= self.asked.day]
        missing: NoValue | None = None
        for day in (self.asked.day, *reversed(begun)):
            try:
                return self._parameters.at(name, day, self.asked.place or "", self.asked.known)
            except NoValue as error:
                missing = missing or error
        raise missing or NoValue(name, "is not there.", "No day was asked for.", "a day")

    def rows(self, name: str) -> list[Row]:
        """The values of the year that is asked for, each once, in their order."""
        found = [row for row in self._by_month(name) if row is not None]
        return [row for number, row in enumerate(found) if number == 0 or row != found[number - 1]]

    def perhaps_begun(self, name: str) -> list[Row]:
        """The row that begins next, where its first day is in doubt: it may stand already."""
        place, known = self.asked.place or "", self.asked.known
        here = (
            row for row in self._parameters.history(name) if place.startswith(row.place) and row.known_since <= known
        )
        coming = [row for row in here if row.begins > self.asked.day]
        return [row for row in coming[:1] if row.doubt == FIRST_DAY]

    def value(self, node: Node) -> Any:
        """What a leaf is worth; None where it depends on the place, and where there is no value: that is an error (`errors`) only
        if the answer turns out to hang on it.
        """
        try:
            return self._value(node)
        except NoValue as error:
            self.errors[node] = error
            return None

    def _value(self, node: Node) -> Any:
        match node.operator, node.data:
            case "constant", known:
                return known
            case "asked", str(name):
                return self._of_the_year(name)
            case "in_force", str(name):
                return self._in_force(name)
            case "chosen", (str(name), option):
                return None if (row := self.row(name)) is None else row.value == option
            case _:
                row = self.row(str(node.data))
                return None if row is None or row.value is UNFOUND else row.value

    def rates(self, name: str) -> tuple[int, tuple[int, ...]] | None:
        """The number of the year's January, and what the monthly rate comes to before January, after January, …; None: it depends on
        the place, which is not known, or was not found for some month.
        """
        rows = self._by_month(name)
        if self._depends_on_place(name) or any(row is not None and row.value is UNFOUND for row in rows):
            return None
        sums = [0]
        for row in rows:
            sums.append(sums[-1] + (row.value if row is not None and isinstance(row.value, int) else 0))
        return self.asked.day.year * DECEMBER, tuple(sums)

    def lacks(self, node: Node) -> Fact:
        """What has to be asked where a leaf has no value and no error: the place, or at the office the figure."""
        return PLACE if self._depends_on_place(reads(node)) else FIGURE

    def _by_month(self, name: str) -> list[Row | None]:
        if self._depends_on_place(name):
            return []
        return [self._on(name, day) for day in self.days]

    def _on(self, name: str, day: date) -> Row | None:
        try:
            return self._parameters.at(name, day, self.asked.place or "", self.asked.known)
        except NoValue:
            return None

    def _in_force(self, name: str) -> bool | None:
        if self._depends_on_place(name):
            return None
        return any(self._on(name, day) for day in (*self.days, self.asked.day) if day <= self.asked.day)

    def _depends_on_place(self, name: str) -> bool:
        """Whether it may have a value of its own within what is known of the place."""
        if self.asked.place == "":
            return False
        within = self.asked.place or ""
        return any(row.place > within and row.place.startswith(within) for row in self._parameters.history(name))

    def _of_the_year(self, name: str) -> int | date:
        year = self.asked.day.year
        answers: dict[str, int | date] = {
            "today": self.asked.day,
            "year": year,
            "january": year * DECEMBER,
            "december": year * DECEMBER + 11,
            "new_years_day": date(year, 1, 1),
            "years_end": date(year, 12, 31),
        }
        return answers[name]
