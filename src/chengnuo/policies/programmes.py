"""Finds the programmes of all packs: the classes in their folders `programmes`, checked against the dated parameters."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import chengnuo.policies
from chengnuo.core.rules import Miswritten, Parameters, Programme, roots
from chengnuo.core.rules.graph import DAY, Node, walk
from chengnuo.core.rules.parameters import NoValue, Value
from chengnuo.policies.loader import parameters


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
    first = _rows(programme, programme.stands, known)[0].begins
    file = programme.stands.partition(".")[0] + "."
    for node in walk(*roots(programme)):
        if node.operator not in {"parameter", "accrued", "in_force", "chosen"}:
            continue
        name = str(node.data[0] if isinstance(node.data, tuple) else node.data)
        rows = _rows(programme, name, known)
        _check_unit(programme, node, rows[0])
        # what another file holds may belong to another programme, and is looked up only where that one stands
        if node.operator in {"parameter", "chosen"} and name.startswith(file) and rows[0].begins > first:
            what = f"needs {name}, which begins on {rows[0].begins}."
            why = f"The programme begins on {first}, with {programme.stands}."
            raise Miswritten(programme.words.key, what, why, f"a row of {name} from {first}")


def _rows(programme: type[Programme], name: str, known: Parameters) -> tuple[Value, ...]:
    try:
        return known.history(name)
    except NoValue as error:
        raise Miswritten(programme.words.key, f"asks for {name}: {error.what}", error.why, error.instead) from error


def _check_unit(programme: type[Programme], node: Node, row: Value) -> None:
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
    module: ModuleType = importlib.import_module(name)
    for each in vars(module).values():
        if isinstance(each, type) and issubclass(each, Programme) and each.__module__ == name:
            yield each
