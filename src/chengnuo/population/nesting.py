"""Turns a population in whatever form into the nested one, looked through as before a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from chengnuo.core.rules import Programme
from chengnuo.core.rules.blocks.cells import Whole
from chengnuo.population import inputs, nested
from chengnuo.population.checks import looked_through
from chengnuo.population.columns import columns
from chengnuo.population.faults import Faults, Faulty
from chengnuo.population.flat import Flat, Tables
from chengnuo.population.inputs import Input
from chengnuo.population.matching import NotSorted, joined
from chengnuo.population.parts import Parts, fingerprint


def write(files: Sequence[Path], programmes: Sequence[type[Programme]], out: Path) -> None:
    """Raises Faulty, Trouble."""
    kept, known = Parts(out), columns(programmes)
    with kept.held():
        kept.begin({"nested": [fingerprint(path) for path in files if path.exists()]})
        given = inputs.found(files, known, kept.folder)
        try:
            _write(given, given.source(known), out)
        except NotSorted:
            given = inputs.in_order(files, known, kept.folder)
            _write(given, given.source(known), out)
        finally:
            kept.remove()


def _write(given: Input, source: Flat, out: Path) -> None:
    faults = Faults()
    faults.join(given.faults)
    faults.join(source.faults)
    new = out.with_suffix(".new")
    try:
        nested.write(_looked_through(source, faults), new)
        if faults:
            raise Faulty(faults)
        new.replace(out)
    finally:
        new.unlink(missing_ok=True)


def _looked_through(source: Flat, faults: Faults) -> Iterator[tuple[Tables, Whole]]:
    """Slices while there is no fault; with one, the others are still looked through."""
    households = persons = 0
    for which in source.slices() if source.readable else []:
        read = source.read(which)
        households, persons = households + len(read.households), persons + len(read.persons)
        faults.join(looked_through(source.columns, *read))
        ends = joined(*read, faults)
        if not faults:
            yield read, ends
    if not faults:
        faults.join(source.unread(households, persons))
