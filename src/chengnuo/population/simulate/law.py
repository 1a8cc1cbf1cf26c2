"""The law with a reform: its rows among those that stand, its programmes in the place of those that they replace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import compress

from chengnuo.core.rules import Asked, NoValue, Parameters, Programme, roots
from chengnuo.core.rules.graph import reads, walk
from chengnuo.core.rules.parameters import Content, Row
from chengnuo.policies.programmes import check
from chengnuo.policies.sheet import Unfit
from chengnuo.population.simulate.reform import Reform
from chengnuo.population.simulate.rewriting import rewritten, same

CODE = 12
Programmes = tuple[type[Programme], ...]


@dataclass(frozen=True)
class Law:
    programmes: Programmes
    parameters: Parameters


@dataclass(frozen=True)
class Pair:
    """The programmes that read something of what a reform changes, before and after it; the results of the `untouched` are the same."""

    before: Law
    after: Law
    untouched: Programmes

    @property
    def laws(self) -> tuple[Law, Law]:
        return self.before, self.after


def pair(law: Law, reform: Reform, asked: Asked) -> Pair:
    """Raises Unfit, Miswritten."""
    after = with_reform(law, reform, asked)
    names = {row.name for _, row in reform.rows}
    touched = [
        old is not new or bool(_read([old]) & names) for old, new in zip(law.programmes, after.programmes, strict=True)
    ]
    return Pair(
        Law(tuple(compress(law.programmes, touched)), law.parameters),
        Law(tuple(compress(after.programmes, touched)), after.parameters),
        tuple(compress(law.programmes, [not each for each in touched])),
    )


def with_reform(law: Law, reform: Reform, asked: Asked) -> Law:
    """Raises Unfit where a row or a class changes nothing: not the law, no programme, or not in the year that is asked for; and
    Miswritten where a class asks for what the law does not hold.
    """
    rows = [row for _, row in reform.rows]
    parameters = overlaid(law.parameters, rows)
    for key, each in reform.replaced.items():
        check(each, parameters)
        _reckons_otherwise(key, each, law.programmes)
    changed = rewritten(law.programmes, reform.replaced)
    names = _read(changed)
    for where, row in reform.rows:
        _changes_the_law(where, row, overlaid(law.parameters, [each for each in rows if each is not row]))
        if row.name not in names:
            what, why = f"changes {row.name}.", "No programme that is computed reads it."
            raise Unfit(where, what, why, "a parameter that one of them reads")
    if changed == law.programmes and not any(_in_the_year(row, law.parameters, parameters, asked) for row in rows):
        first = min(row.begins for row in rows)
        what = f"leaves the law of {asked.day.year} as it is up to {asked.day}."
        why = f"It begins on {first}, or was not known yet, or another row stands in its place."
        raise Unfit("reform", what, why, f"--on a day from {first} on, or rows that stand on {asked.day}")
    return Law(changed, parameters)


def overlaid(known: Parameters, rows: Sequence[Row]) -> Parameters:
    """A row of a day and place takes the place of the one that is there."""
    new = {(row.name, row.place, row.begins): row for row in rows}
    kept = {(row.name, row.place, row.begins): row for name in known.names() for row in known.history(name)}
    return Parameters((kept | new).values())


def _read(programmes: Iterable[type[Programme]]) -> set[str]:
    nodes = walk(*(root for each in programmes for root in roots(each)))
    return {name for node in nodes if (name := reads(node))}


def _reckons_otherwise(key: str, new: type[Programme], programmes: Programmes) -> None:
    old = next((each for each in programmes if each.words.key == key), None)
    if old is None:
        what, why = f"replaces {key}.", "That programme is not among those that are computed."
        raise Unfit("reform › programmes", what, why, f"--only with {key}, or without --only")
    if old.who != new.who:
        what, why = f"replaces {key} by a class about each {new.who.name}.", f"It is about each {old.who.name}."
        raise Unfit("reform › programmes", what, why, "a class about the same, or a programme of its own")
    if same(old, new):
        what, why = f"replaces {key} by a class with the same conditions and amount.", "That changes nothing."
        raise Unfit("reform › programmes", what, why, "other conditions, another amount, or no class")


def _changes_the_law(where: str, row: Row, known: Parameters) -> None:
    if _at(known, row.name, Asked(row.begins), row.place) == row.value:
        said = "nothing" if row.value is None else str(row.value)
        what = f"sets {row.name} to {said} from {row.begins}."
        raise Unfit(where, what, "That is what the law says on that day already.", "another value, or no such row")


def _in_the_year(row: Row, before: Parameters, after: Parameters, asked: Asked) -> bool:
    """Whether the row makes a difference on a day that counts for the answer, at its own place or at one below it."""
    laws = before, after
    return any(len({_at(law, row.name, each, row.place) for law in laws}) > 1 for each in _days(asked))


def _days(asked: Asked) -> Iterator[Asked]:
    """The firsts of the year's months, at which rates are read, and the day that is asked for."""
    yield asked
    yield from (replace(asked, day=date(asked.day.year, month, 1)) for month in range(1, 13))


def _at(law: Parameters, name: str, asked: Asked, place: str) -> Content | None:
    try:
        return law.at(name, asked.day, place.ljust(CODE, "0"), asked.known).value
    except NoValue:
        return None
