"""Finds the programmes of all packs: the classes in their folders `programmes`, checked against the dated parameters."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import chengnuo.policies
from chengnuo.core.rules import Miswritten, Parameters, Programme, roots
from chengnuo.core.rules.graph import DAY, Node, reads, walk
from chengnuo.core.rules.parameters import NoValue, Row
from chengnuo.policies.loader import parameters
from chengnuo.policies.mistakes import RAISED, with_line


@cache
def programmes() -> tuple[type[Programme], ...]:
    """All programmes. Raises Miswritten when one cannot stand."""
    return found_in([Path(folder) for folder in chengnuo.policies.__path__], parameters())


def found_in(packs: list[Path], known: Parameters) -> tuple[type[Programme], ...]:
    """The programmes of these folders, in the order of their files."""
    found = [each for folder in packs for path in sorted(folder.rglob("programmes/*.py")) for each in _in(folder, path)]
    keys: dict[str, str] = {}
    for each in found:
        check(each, known)
        if (other := keys.setdefault(each.words.key, each.__module__)) != each.__module__:
            raise Miswritten(each.__module__, f"is called {each.words.key}.", f"So is one in {other}.", "another key")
    return tuple(found)


def check(programme: type[Programme], known: Parameters) -> None:
    """Raises Miswritten where the programme asks the law for something that it does not hold."""
    stands, own = _rows(programme, programme.stands, known), own_parameters(programme)
    for name, node in _asked_of_the_law(programme):
        _check_unit(programme, node, _rows(programme, name, known)[0])
        if name in own and node.operator in {"parameter", "chosen"}:
            for row in stands:
                _check_there(programme, name, row, known)


def own_parameters(programme: type[Programme]) -> tuple[str, ...]:
    """The parameters that it reads from its own file, each once. What another file holds may belong to another programme, and is
    looked up only where that one stands.
    """
    file = programme.stands.partition(".")[0] + "."
    return tuple(dict.fromkeys(name for name, _ in _asked_of_the_law(programme) if name.startswith(file)))


def _asked_of_the_law(programme: type[Programme]) -> Iterator[tuple[str, Node]]:
    for node in walk(*roots(programme)):
        if name := reads(node):
            yield name, node


def _check_there(programme: type[Programme], name: str, stands: Row, known: Parameters) -> None:
    """Raises Miswritten where a parameter has no value at a place and on a day on which the programme stands, or was not known
    when the programme was.
    """
    if stands.value is None:
        return
    try:
        known.at(name, stands.begins, stands.place, stands.known_since)
    except NoValue as error:
        where = f" at {stands.place}" if stands.place else ""
        what = f"needs {name}, which has no value on {stands.begins}{where}."
        why = f"The programme stands then{' and there' if where else ''}, with {programme.stands}. {error.why}"
        place = f', place: "{stands.place}"' if where else ""
        instead = f"a row of {name}: from: {stands.begins}, known_since: {stands.known_since}{place}"
        raise Miswritten(programme.words.key, what, why, instead) from error


def _rows(programme: type[Programme], name: str, known: Parameters) -> tuple[Row, ...]:
    try:
        return known.history(name)
    except NoValue as error:
        raise Miswritten(programme.words.key, f"asks for {name}: {error.what}", error.why, error.instead) from error


def _check_unit(programme: type[Programme], node: Node, row: Row) -> None:
    wanted = {"parameter": {DAY: "date"}.get(node.kind, node.kind), "accrued": "fen a month", "chosen": "reading"}
    unit = wanted.get(node.operator, row.unit)
    if row.unit != unit:
        what = f"reads {row.name} as {unit}."
        raise Miswritten(programme.words.key, what, f"Its file says that it counts in {row.unit}.", f"… as {row.unit}")
    if isinstance(node.data, tuple) and node.data[1] not in row.options:
        what, why = f"asks whether {row.name} is {node.data[1]!r}.", "The question has no such reading."
        raise Miswritten(programme.words.key, what, why, f"one of {', '.join(row.options)}")


def _in(folder: Path, path: Path) -> Iterator[type[Programme]]:
    name = ".".join(("chengnuo.policies", *path.relative_to(folder).with_suffix("").parts))
    try:
        module: ModuleType = importlib.import_module(name)
    except RAISED as error:
        raise with_line(error) from error
    for each in vars(module).values():
        if isinstance(each, type) and issubclass(each, Programme) and each.__module__ == name:
            yield each
