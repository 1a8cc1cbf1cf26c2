"""What may be shown of the counts: no small cell, and none that gives one away (core/privacy/cells.py says how).

What everybody wants to know is settled first: how many people live at each place, then each programme's totals. The places are
guarded with these known. The tables of one reform tell of the same people: what one withholds at a place all withhold. A sum of
money is shown only where every count of its row is: at one rate for all, it is a count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chengnuo.core.privacy import Counts, Part, Stage, suppress, withheld
from chengnuo.population.changes import Change, Count, Ints

Shown = int | None
Cell = tuple[int, int]
Cells = frozenset[Cell]


@dataclass(frozen=True)
class Row:
    """Of a place, or of all; None where a number is withheld. `kinds`: by Change, or by outcome; `people`: whom the programme is about."""

    place: str | None
    people: Shown
    kinds: tuple[Shown, ...]
    before: Shown
    after: Shown

    def of(self, *kinds: Change) -> Shown:
        """How many of these together."""
        found = [self.kinds[each] for each in kinds]
        return None if None in found else sum(each for each in found if each is not None)

    @property
    def difference(self) -> Shown:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Table:
    rows: tuple[Row, ...]
    total: Row


@dataclass(frozen=True)
class Raw:
    """What is to be guarded: the counts by place, and how many people there are."""

    count: Count
    people: Ints

    @property
    def grid(self) -> list[list[int]]:
        """Places, and last all of them: how many of each kind, and last how many people."""
        kinds = [*self.count.kinds.tolist(), self.count.kinds.sum(axis=0).tolist()]
        return [[*counts, sum(counts)] for counts in kinds]


def tables(places: Sequence[str | None], raw: Mapping[str, Raw], threshold: int, summed: str = "") -> dict[str, Table]:
    """One for each of these, by its key. `summed`: the key of the one whose money is the sum of the others'."""
    peopled = {key: everybody(each.people, threshold) for key, each in raw.items()}
    totals = {key: _of_totals(each, peopled[key], threshold) for key, each in raw.items()}
    hidden: Cells = frozenset()
    while True:
        found = [
            withheld(_parts(each.grid, peopled[key], kept=hidden, never=totals[key]), threshold)
            for key, each in raw.items()
        ]
        if (more := hidden.union(*found)) == hidden:
            told = {key: _table(places, each, peopled[key], hidden | totals[key]) for key, each in raw.items()}
            return told | ({summed: _without_gaps(told, summed)} if summed else {})
        hidden = more


def _without_gaps(told: Mapping[str, Table], summed: str) -> Table:
    """A sum less the others is the one that is withheld: then the sum is, too."""
    own, others = told[summed], [each for key, each in told.items() if key != summed]
    rows = [_summed(row, [each.rows[number] for each in others]) for number, row in enumerate(own.rows)]
    return Table(tuple(rows), _summed(own.total, [each.total for each in others]))


def _summed(row: Row, others: Sequence[Row]) -> Row:
    return replace(row, before=None, after=None) if any(each.before is None for each in others) else row


def everybody(counts: Ints, threshold: int) -> list[Shown]:
    """How many may be shown at each place, and in all."""
    if not len(counts):
        return [0]
    names = tuple(str(number) for number in range(len(counts)))
    found = suppress(Counts(names, ("",), tuple((int(each),) for each in counts)), threshold)
    return [*found.row_totals, found.total]


def _of_totals(raw: Raw, shown: Sequence[Shown], threshold: int) -> Cells:
    """Which totals are withheld: those of a table of one line."""
    row = len(raw.grid) - 1
    *kinds, people = raw.grid[-1]
    parts = {(row, column): Part("line", "sum", count, Stage.NOW) for column, count in enumerate(kinds)}
    parts[row, len(kinds)] = Part("sum", "line", people, _known(shown[-1]))
    return withheld(parts, threshold)


def _parts(grid: Sequence[Sequence[int]], shown: Sequence[Shown], *, kept: Cells, never: Cells) -> dict[Cell, Part]:
    """Places flow through kinds of change into the totals, and back. `kept`: withheld by some table; `never`: totals that are."""
    last, people = len(grid) - 1, len(grid[0]) - 1
    parts: dict[Cell, Part] = {}
    for row, counts in enumerate(grid):
        for column, count in enumerate(counts):
            stage = Stage.KEPT_BACK if (row, column) in kept else Stage.NOW
            if column == people:
                stage = _known(shown[row])
            elif row == last:
                stage = Stage.WITHHELD if (row, column) in never else Stage.SHOWN
            ends = ("row", row), ("column", column)
            tail, head = ends[::-1] if (row == last) ^ (column == people) else ends
            parts[row, column] = Part(tail, head, count, stage)
    return parts


def _known(shown: Shown) -> Stage:
    return Stage.WITHHELD if shown is None else Stage.SHOWN


def _table(places: Sequence[str | None], raw: Raw, shown: Sequence[Shown], hidden: Cells) -> Table:
    *rows, total = _rows(raw, [*places, None], shown, hidden)
    return Table(tuple(rows), total)


def _rows(raw: Raw, places: Sequence[str | None], shown: Sequence[Shown], hidden: Cells) -> Iterator[Row]:
    """A nought tells of nobody, and is shown although another table withholds its cell."""
    sums = [[*each.tolist(), int(each.sum())] for each in (raw.count.before, raw.count.after)]
    for row, (place, counts) in enumerate(zip(places, raw.grid, strict=True)):
        kinds = tuple(None if (row, column) in hidden else count for column, count in enumerate(counts[:-1]))
        before, after = (None if None in kinds else each[row] for each in sums)
        yield Row(place, shown[row], kinds, before, after)
