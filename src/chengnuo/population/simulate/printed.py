"""A simulation in the terminal: what it came to, programme by programme."""

from __future__ import annotations

from collections.abc import Iterator

from chengnuo.core.rules.graph import FEN
from chengnuo.population.changes import GAIN, LOSE
from chengnuo.population.simulate.found import Found
from chengnuo.population.simulate.words import amount, count, phrase, unit_of
from chengnuo.population.withholding import Row


def printed(found: Found, language: str) -> str:
    return "\n".join(_lines(found, language)) + "\n"


def _lines(found: Found, language: str) -> Iterator[str]:
    yield phrase("heading", language, title=found.title.in_language(language))
    yield phrase("asked", language, day=found.asked.day, year=found.asked.day.year)
    if found.fictional:
        yield phrase("fictional", language)
    if found.changes_nothing:
        yield phrase("no_change", language)
    for each in found.programmes:
        yield ""
        yield from _programme(each.words.name.in_language(language), found.of(each).total, unit_of(each), language)
    yield ""
    yield from _programme(phrase("families", language), found.families.total, FEN, language)
    yield ""
    if found.leaves_open:
        yield phrase("undecided_say", language)
    withheld = phrase("withheld", language)
    yield phrase("guarded", language, threshold=found.threshold, withheld=withheld)


def _programme(name: str, row: Row, unit: str, language: str) -> Iterator[str]:
    numbers = {"gain": row.of(*GAIN), "lose": row.of(*LOSE)}
    colon = ": " if language == "en" else "："
    yield name
    for key, number in numbers.items():
        yield f"  {phrase(key, language)}{colon}{count(number, language)}"
    for kind, number in zip(("newly", "more", "less", "no_longer", "same", "undecided"), row.kinds, strict=False):
        yield f"    {phrase(kind, language)}{colon}{count(number, language)}"
    if unit:
        sums = (row.before, row.after)
        both = " → ".join(amount(each, unit, language) for each in sums)
        yield f"  {both} ({amount(row.difference, unit, language, signed=True)})"
