"""Drawing the rows of releases: every count of a period, and which of them the public does not see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from chengnuo.core.periods import YEAR, Period
from chengnuo.core.privacy import Stage, withheld
from chengnuo.promises.figures import COLUMNS, Kind, Row, rows_of
from chengnuo.promises.internal import sums
from chengnuo.promises.internal.county import County
from chengnuo.promises.internal.sums import Figure, StageOf
from chengnuo.promises.internal.tallies import tallies
from chengnuo.promises.models import Release
from chengnuo.promises.ports import Tally
from chengnuo.promises.readings import FROZEN


@dataclass(frozen=True)
class Batch:
    """The places of one level whose figures of one period are frozen together; each in an act of its own."""

    period: Period
    places: tuple[UUID, ...]


Shown = Mapping[Figure, int | None]
Frozen = Mapping[tuple[UUID, str], Mapping[tuple[Kind, str], Row]]
ORDER = tuple(Kind)
ALWAYS = (Kind.TOTAL, Kind.OFFICE, Kind.COMMITTEES)


def drawn(batch: Batch, county: County, threshold: int) -> dict[UUID, list[Row]]:
    """The rows of each place as the public may see them, given all that was published of the year before."""
    year = Period(batch.period.year, YEAR, 1)
    settled = tallies(year.begins_at, batch.period.over_at)
    frozen = {
        (release.place_id, release.period): by_kind_and_key(rows_of(release))
        for release in Release.objects.filter(FROZEN, begins__year=year.year)
    }
    return rows_for(batch, county, settled, frozen, threshold)


def by_kind_and_key(rows: Iterable[Row]) -> dict[tuple[Kind, str], Row]:
    return {(row.kind, row.key): row for row in rows}


def rows_for(
    batch: Batch, county: County, settled: Iterable[Tally], frozen: Frozen, threshold: int
) -> dict[UUID, list[Row]]:
    """The same as a function of what was settled in the year so far and of its frozen releases."""
    counts = sums.counted(settled, batch.period.year, county)
    system, stage_of = sums.system(counts, batch.period, county), _stages(batch, frozen)
    shown: dict[str, Shown] = {}
    for column in COLUMNS:
        parts = sums.parts(column, counts[column], system, stage_of)
        hidden = withheld(parts, threshold)
        shown[column] = {
            figure: None if figure in hidden else part.count
            for figure, part in parts.items()
            if part.stage is Stage.NOW
        }
    return {place: _rows(place, county, shown) for place in batch.places}


def _stages(batch: Batch, frozen: Frozen) -> StageOf:
    """What the public knows of each figure when a batch is frozen. A row that a release does not list was zero, and that
    is known.
    """

    period = str(batch.period)
    now = {(place, period) for place in batch.places}

    def stage_of(figure: Figure, column: str) -> Stage:
        if figure.place is None:
            return Stage.KEPT_BACK
        release = frozen.get(where := (figure.place, str(figure.period)))
        if release is None:
            return Stage.NOW if where in now else Stage.KEPT_BACK
        row = release.get((figure.kind, figure.key))
        return Stage.WITHHELD if row and row.counts[column] is None else Stage.SHOWN

    return stage_of


def _rows(place: UUID, county: County, shown: Mapping[str, Shown]) -> list[Row]:
    """The rows of one release in their order. Promises of which nothing fell due are not listed."""
    names = dict(county.promises.values()) | {office.key: office.name for office in county.offices.values()}
    figures = {figure for counts in shown.values() for figure in counts if figure.place == place}
    rows = [
        Row(
            figure.kind,
            figure.key,
            names.get(figure.key),
            {column: counts.get(figure, 0) for column, counts in shown.items()},
        )
        for figure in sorted(figures, key=lambda figure: (ORDER.index(figure.kind), figure.key))
    ]
    return [row for row in rows if row.kind in ALWAYS or not row.is_empty]
