"""The charts of a report: cost by programme, who gains and loses, and the places where most changes."""

from __future__ import annotations

from collections.abc import Iterator

from chengnuo.core.rules.graph import FEN
from chengnuo.population.changes import GAIN, LOSE
from chengnuo.population.simulate.charts import Bars, Chart
from chengnuo.population.simulate.found import Found
from chengnuo.population.simulate.words import amount, count, phrase, place, unit_of
from chengnuo.population.withholding import Row

MOST = 20  # places in a chart: more cannot be read


def charts(found: Found, language: str) -> list[Chart]:
    return [_cost(found, language), _winners(found, language), *_places(found, language)]


def _cost(found: Found, language: str) -> Chart:
    money = [each for each in found.programmes if unit_of(each) == FEN]
    rows = [(each.words.name.in_language(language), found.of(each).total) for each in money]
    bars = tuple(_bars(name, (row.before, row.after), language) for name, row in rows)
    series = phrase("before", language), phrase("after", language)
    return Chart("cost", phrase("cost_chart", language), phrase("table_beside", language), series, bars)


def _winners(found: Found, language: str) -> Chart:
    rows = [(each.words.name.in_language(language), found.of(each).total) for each in found.programmes]
    rows.append((phrase("families", language), found.families.total))
    bars = tuple(
        Bars(name, numbers, tuple(count(each, language) for each in numbers))
        for name, numbers in ((name, (row.of(*GAIN), row.of(*LOSE))) for name, row in rows)
    )
    series = phrase("gain", language), phrase("lose", language)
    return Chart("winners", phrase("winners_chart", language), phrase("table_beside", language), series, bars)


def _places(found: Found, language: str) -> Iterator[Chart]:
    """None where there is one place only, or where no place may be shown."""
    rows = [row for row in found.families.rows if row.difference]
    if not found.families.rows[1:] or not rows:
        return
    largest = sorted(rows, key=_size)[:MOST]
    bars = tuple(
        Bars(place(row.place, language), (row.difference,), (amount(row.difference, FEN, language, signed=True),))
        for row in largest
    )
    says = phrase("largest", language, count=len(bars))
    yield Chart("places", phrase("place_chart", language), says, (phrase("difference", language),), bars)


def _size(row: Row) -> int:
    return -abs(row.difference or 0)


def _bars(name: str, numbers: tuple[int | None, ...], language: str) -> Bars:
    return Bars(name, numbers, tuple(amount(each, FEN, language) for each in numbers))
