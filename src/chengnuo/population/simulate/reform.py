"""Reads a reform: rows of law that would stand, and programmes that would be reckoned otherwise. The shape of its file:

title: {hans: …, hant: …, en: …}
parameters: # the rows as in a pack's file; what the parameter is called and counts in is known already
  - name: special.bereaved
    values:
      - from: 2026-01-01
        known_since: 2025-12-01
        value: 69000
        certainty: D
        source: {document: …, date: 2025-12-01}
programmes: # a class with its words beside it, as in a pack, under the key of the programme that it replaces
  - {replaces: special-bereaved, class: bereaved.py}
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chengnuo.core.rules import Parameters, Programme
from chengnuo.core.rules.parameters import Row
from chengnuo.core.text3 import Text3
from chengnuo.policies.parameter_files import COUNTS, DATE, rows_of
from chengnuo.policies.programmes import programmes
from chengnuo.policies.sheet import Sheet
from chengnuo.population.simulate.classes import class_in

PARAMETERS, PROGRAMMES = "parameters", "programmes"


@dataclass(frozen=True)
class Reform:
    """`rows`: of law, each with its place in the file; `replaced`: the class that takes a programme's place, by key; `files`: all
    that it consists of.
    """

    title: Text3
    rows: tuple[tuple[str, Row], ...]
    replaced: Mapping[str, type[Programme]]
    files: tuple[Path, ...]


def read(path: Path, known: Parameters) -> Reform:
    """Raises Unfit for the first line that cannot stand."""
    sheet = Sheet.of(path)
    title = sheet.text3("title")
    rows = [row for each in _optional(sheet, PARAMETERS) for row in _rows(each, known)]
    replaced: dict[str, type[Programme]] = {}
    files = [path]
    for each in _optional(sheet, PROGRAMMES):
        key = _key(each)
        replaced[key], used = class_in(each, path.parent, key)
        files += [file for file in used if file not in files]
    sheet.close()
    names = [file.name for file in files]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        what, why = f"needs two files called {twice}.", "A dossier holds all of a reform's files side by side."
        raise sheet.unfit(PROGRAMMES, what, why, "another name for one of them")
    if not rows and not replaced:
        what, why = "names no parameter and no programme.", "It changes nothing, and there is nothing to measure."
        raise sheet.unfit(PARAMETERS, what, why, "a row of a parameter, or a class of a programme")
    return Reform(title, tuple(rows), replaced, tuple(files))


def _optional(sheet: Sheet, key: str) -> Iterator[Sheet]:
    return sheet.sheets(key) if key in sheet else iter(())


def _rows(sheet: Sheet, known: Parameters) -> Iterator[tuple[str, Row]]:
    name = str(sheet.take("name", str, "special.bereaved"))
    if name in known.names():
        first = known.history(name)[0]
        return rows_of(sheet, name, first.label, first.unit, first.options)
    if "unit" not in sheet:
        near = difflib.get_close_matches(name, known.names(), n=3, cutoff=0.4)
        why = "No file of parameters has this name; a new one also needs its label and its unit."
        raise sheet.unfit(
            "name", f"is {name!r}, which is no parameter.", why, " or ".join(near) or "a name that is known"
        )
    return rows_of(sheet, name, sheet.text3("label"), sheet.choice("unit", (*COUNTS, DATE)), {})


def _key(sheet: Sheet) -> str:
    key = str(sheet.take("replaces", str, "special-bereaved"))
    known = [programme.words.key for programme in programmes()]
    if key not in known:
        near = difflib.get_close_matches(key, known, n=3, cutoff=0.4)
        what, why = f"is {key!r}, which is no programme.", "A reform puts a class in the place of one that is there."
        raise sheet.unfit("replaces", what, why, " or ".join(near) or " or ".join(known))
    return key
