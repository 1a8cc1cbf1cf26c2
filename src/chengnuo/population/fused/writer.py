"""Writes statements of Python, one after the other, and knows which values have names where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chengnuo.core.rules.blocks.plan import Line
from chengnuo.core.rules.programme import HOUSEHOLD
from chengnuo.population.fused.phrases import Said, Truth

# a line, and which members are looked at: elsewhere it is another value
Place = tuple[int, tuple[str, ...]]


class Writer:
    """`text`: what is written so far; `rows`: the members that are looked at."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.rows = {HOUSEHOLD: HOUSEHOLD}
        self._known: list[dict[Place, Said]] = [{}]
        self._names = 0

    def write(self, statement: str) -> None:
        self.text.append("    " * len(self._known) + statement)

    @contextmanager
    def under(self, header: str) -> Iterator[None]:
        """What is named inside has no name outside."""
        self.write(header)
        self._known.append({})
        begun = len(self.text)
        yield
        if begun == len(self.text):
            self.write("pass")
        self._known.pop()

    @contextmanager
    def each(self, entity: str) -> Iterator[None]:
        """A loop over the members of the household."""
        outer, row, offsets = self.rows, self.name(entity), f"{entity}_offsets"
        with self.under(f"for {row} in range({offsets}[{HOUSEHOLD}], {offsets}[{HOUSEHOLD} + 1]):"):
            self.rows = {**outer, entity: row}
            yield
        self.rows = outer

    def name(self, stem: str) -> str:
        self._names += 1
        return f"{stem}_{self._names}"

    def let(self, stem: str, phrase: str) -> str:
        """The name of a new variable; what is a name already needs none."""
        if phrase.isidentifier():
            return phrase
        name = self.name(stem)
        self.write(f"{name} = {phrase}")
        return name

    def kept(self, said: Said) -> Said:
        """The same under names of its own."""
        stems = ("yes", "no") if isinstance(said, Truth) else ("value", "known", "absent")
        names = [None if each is None else self.let(stem, each) for stem, each in zip(stems, said, strict=False)]
        return type(said)(*names)  # type: ignore[arg-type]  # None stands only where it may

    def known(self, number: int, line: Line) -> Said | None:
        """What the line is called here, if it has a name yet."""
        place = self._place(number, line)
        return next((known[place] for known in self._known if place in known), None)

    def remember(self, number: int, line: Line, said: Said) -> Said:
        self._known[-1][self._place(number, line)] = said
        return said

    def _place(self, number: int, line: Line) -> Place:
        return number, tuple(self.rows[entity] for entity in line.frame)
