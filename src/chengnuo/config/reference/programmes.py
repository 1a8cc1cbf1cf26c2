"""docs/reference/programmes.md: every programme, whom it is about, who pays, since when, how much, and what its texts leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from chengnuo.config.reference import markdown
from chengnuo.config.reference.parameters import sure
from chengnuo.core.rules import Programme
from chengnuo.core.rules.parameters import Row
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import own_parameters, programmes
from chengnuo.policies.values import COUNTED, value

INTRODUCTION = (
    "What a family may be owed, as it stood on {day}, the day of the newest source. Certainty: A text read in full, B official, C "
    "secondary, D to be checked by the county's lawyer. All values that ever stood: [dated parameters](parameters.md). The rules "
    "stand in `src/chengnuo/policies/*/programmes`; how to add one: [a local programme](../how-to/add-a-local-programme.md)."
)
HEADS = ("gives", "about", "paid by", "done by", "where", "from", "to")
NUMBERS = ("number", "value", "where", "certainty", "source")
EVERYWHERE, DAY = "everywhere", timedelta(days=1)
ALREADY_SAID = {*COUNTED, "date"}  # the value names its unit


def page() -> str:
    known = parameters()
    day = max(row.source.date for name in known.names() for row in known.history(name))
    return markdown.page("Programmes", INTRODUCTION.format(day=day), *(_section(each, day) for each in programmes()))


def _section(programme: type[Programme], day: date) -> str:
    words = programme.words
    rows = [row for name in own_parameters(programme) for row in _standing(parameters().history(name), day)]
    numbers = [_number(row) for row in rows if not row.options]
    return markdown.section(
        markdown.code(words.key),
        f"{words.name.en} · {words.name.hans} · {words.name.hant}",
        markdown.table(HEADS, [_facts(programme)]),
        markdown.table(NUMBERS, numbers) if numbers else "",
        markdown.bullets(_said_besides(programme, rows)),
    )


def _facts(programme: type[Programme]) -> tuple[object, ...]:
    words, rows = programme.words, parameters().history(programme.stands)
    places = ", ".join(dict.fromkeys(row.place or EVERYWHERE for row in rows))
    until = rows[-1].begins - DAY if rows[-1].value is None else "no end is set"
    provider = words.provider.en if words.provider else "the same"
    return programme.gives, programme.who.label.en, words.payer.en, provider, places, rows[0].begins, until


def _standing(rows: Iterable[Row], day: date) -> list[Row]:
    """The row that counts on that day, of each place."""
    last = {row.place: row for row in rows if row.begins <= day}
    return [row for row in last.values() if row.value is not None]


def _number(row: Row) -> tuple[object, ...]:
    label = f"[{row.label.en}](parameters.md#{row.name.replace('.', '')})"
    return label, _value(row), row.place or EVERYWHERE, sure(row), row.source


def _value(row: Row) -> str:
    known = row.value
    said = str(known) if isinstance(known, tuple) else value(known, row.unit, "en")
    if row.unit.startswith("fen"):
        return said + row.unit.removeprefix("fen")
    return said if row.unit in ALREADY_SAID else f"{said} {row.unit}"


def _said_besides(programme: type[Programme], rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        if row.options:
            yield f"Open: {row.label.en} Taken: {row.options[str(row.value)].en} ({markdown.code(row.name)})."
    for text in programme.words.untested:
        yield f"The text also says “{text.name.en}” ({text.source}), which is neither recorded nor tested."
