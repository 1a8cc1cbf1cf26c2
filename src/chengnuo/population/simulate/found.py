"""What a simulation came to: all that a report, a table or a dossier tells, guarded already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.core.rules import Asked, Parameters, Programme
from chengnuo.core.text3 import Text3
from chengnuo.population.changes import GAIN, LOSE, Change
from chengnuo.population.simulate.law import Programmes
from chengnuo.population.simulate.reform import Reform
from chengnuo.population.withholding import Row, Table

FAMILIES = "families"


@dataclass(frozen=True)
class Found:
    """`law`: the parameters before the reform; `tables`: by programme's key, and FAMILIES; `people`: by role, in all; `sample`: how
    many households were determined twice; `by`: the level of the places.
    """

    reform: Reform
    law: Parameters
    asked: Asked
    programmes: Programmes
    untouched: Programmes
    tables: Mapping[str, Table]
    people: Mapping[str, int | None]
    threshold: int
    sample: int | None
    fictional: bool
    rules: str
    by: str = "county"

    @property
    def families(self) -> Table:
        return self.tables[FAMILIES]

    @property
    def title(self) -> Text3:
        return self.reform.title

    @property
    def changes_nothing(self) -> bool:
        """Whether it is known that nobody's result changes."""
        return all(total.of(*GAIN, *LOSE, Change.UNDECIDED) == 0 for total in self.totals)

    @property
    def leaves_open(self) -> bool:
        """Whether it may be that somebody's result is undecided on either side."""
        return any(total.of(Change.UNDECIDED) != 0 for total in self.totals)

    @property
    def totals(self) -> list[Row]:
        return [self.of(each).total for each in self.programmes]

    def of(self, programme: type[Programme]) -> Table:
        return self.tables[programme.words.key]
