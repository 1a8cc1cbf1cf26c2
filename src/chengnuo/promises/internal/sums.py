"""All figures of a year as one system of sums, so that what is left out of one release is not told by another.

Of each column alone: a month's promises flow into its total, the months into their quarter, the quarter into the townships'
offices, the committees of each township and all other offices (which nobody publishes), and the committees' quarters into
the villages' years. No sum runs over columns, so no column tells of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from chengnuo.core.periods import MONTH, QUARTER, YEAR, Period
from chengnuo.core.privacy import Part, Stage
from chengnuo.people.models import Level
from chengnuo.promises.figures import COLUMNS, Kind
from chengnuo.promises.internal.county import County
from chengnuo.promises.ports import Tally

OUTSIDE = "outside"


@dataclass(frozen=True)
class Figure:
    """Where one count stands: of a place, in a period, in a row. Without a place it is counted and never published."""

    place: UUID | None
    period: Period
    kind: Kind
    key: str = ""


StageOf = Callable[[Figure, str], Stage]


def counted(tallies: Iterable[Tally], year: int, county: County) -> Mapping[str, Counter[Figure]]:
    """Every count by column and figure."""
    counts: dict[str, Counter[Figure]] = {column: Counter() for column in COLUMNS}
    for tally in tallies:
        for figure in _told_in(tally, year, county):
            counts[tally.column][figure] += tally.count
    return counts


@dataclass(frozen=True)
class Sum:
    """A figure and the two sums between which it stands."""

    figure: Figure
    tail: Hashable
    head: Hashable


def system(counts: Mapping[str, Counter[Figure]], until: Period, county: County) -> list[Sum]:
    """All figures of a year of which something may be known when `until` is over, published or not; in an order that is the
    same on every machine, so that the same figures are left out.
    """
    figures = {*_figures_of_year(until, county), *(figure for of in counts.values() for figure in of)}
    return [Sum(figure, *_ends(figure, county)) for figure in sorted(figures, key=_order)]


def parts(column: str, counts: Counter[Figure], sums: Iterable[Sum], stage_of: StageOf) -> dict[Figure, Part]:
    """The system of one column. What was shown before no longer moves, and needs no part in it."""
    found: dict[Figure, Part] = {}
    for each in sums:
        figure, stage = each.figure, stage_of(each.figure, column)
        if stage is not Stage.SHOWN:
            weight = int(figure.kind is Kind.TOTAL)
            found[figure] = Part(each.tail, each.head, counts[figure], stage, weight)
    return found


def _figures_of(place: UUID, period: Period, county: County) -> Iterator[Figure]:
    """The rows of a release, in their order; the guarded ones appear where there is something to count."""
    match period.length:
        case 1:
            yield from (Figure(place, period, Kind.PROMISE, key) for key, _ in county.promises.values())
            yield Figure(place, period, Kind.TOTAL)
        case 3:
            yield Figure(place, period, Kind.OFFICE, county.office_at[place].key)
            yield Figure(place, period, Kind.COMMITTEES)
        case _:
            yield Figure(place, period, Kind.OFFICE, county.office_at[place].key)


def _figures_of_year(until: Period, county: County) -> Iterator[Figure]:
    (whole,) = county.places[Level.COUNTY]
    year = Period(until.year, YEAR, 1)
    for month in range(1, until.months[-1] + 1):
        yield from _figures_of(whole, Period(until.year, MONTH, month), county)
    for number in range(1, 5):
        quarter = Period(until.year, QUARTER, number)
        yield Figure(None, quarter, Kind.OFFICE)
        for township in county.places[Level.TOWNSHIP]:
            yield from _figures_of(township, quarter, county)
    for village in county.places[Level.VILLAGE]:
        yield from _figures_of(village, year, county)


def _told_in(tally: Tally, year: int, county: County) -> Iterator[Figure]:
    """Every figure in which a tally is counted, published or not."""
    (whole,) = county.places[Level.COUNTY]
    month = Period(year, MONTH, tally.month)
    quarter = Period(year, QUARTER, (tally.month - 1) // QUARTER + 1)
    key = county.promises[tally.promise][0]
    if tally.is_guarded:
        yield Figure(whole, month, Kind.GUARDED, key)
        return
    yield Figure(whole, month, Kind.PROMISE, key)
    yield Figure(whole, month, Kind.TOTAL)
    office = county.offices[tally.office]
    if office.level == Level.TOWNSHIP:
        yield Figure(office.place, quarter, Kind.OFFICE, county.office_at[office.place].key)
    elif office.level == Level.VILLAGE:
        yield Figure(office.above, quarter, Kind.COMMITTEES)
        yield Figure(office.place, Period(year, YEAR, 1), Kind.OFFICE, county.office_at[office.place].key)
    else:
        yield Figure(None, quarter, Kind.OFFICE)


def _ends(figure: Figure, county: County) -> tuple[Hashable, Hashable]:
    """Between which two sums a figure stands; a guarded one belongs to no sum that is published."""
    period = figure.period
    quarter = Period(period.year, QUARTER, (period.months[0] - 1) // QUARTER + 1)
    if figure.kind is Kind.GUARDED:
        return OUTSIDE, OUTSIDE
    if period.length == MONTH:
        return (period, quarter) if figure.kind is Kind.TOTAL else (OUTSIDE, period)
    if period.length == YEAR and figure.place is not None:
        return county.above[figure.place], OUTSIDE
    return quarter, figure.place if figure.kind is Kind.COMMITTEES else OUTSIDE


def _order(figure: Figure) -> tuple[str, str, str, str]:
    return str(figure.period), str(figure.place), figure.kind.value, figure.key
