"""The product's own runs, with the engine that is named."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.rules.contestants import Run
from bench.rules.files import Files
from bench.rules.question import SIX, asked, law
from chengnuo.core.rules import Household
from chengnuo.core.rules.blocks import households
from chengnuo.policies.household import facts_of
from chengnuo.population import engines
from chengnuo.population.batch import Batch, batch
from chengnuo.population.columns import columns
from chengnuo.population.cutting import pieces
from chengnuo.population.faults import Faults
from chengnuo.population.flat import Flat
from chengnuo.population.laws import Laws
from chengnuo.population.matching import joined
from chengnuo.population.run import Order, run
from chengnuo.population.scalar import Scalar

RESULTS = "results.parquet"


def ready(files: Files, _computed: Path, *, engine: str, guarded: int = 0) -> Run:
    parameters = law()
    engines.engine(engine)  # loaded now, as the peer is

    def go(out: Path, processes: int) -> None:
        out.mkdir(parents=True)
        order = Order(
            (files.persons, files.households), out / RESULTS, SIX, parameters, asked(),
            engine=engine, processes=processes, guarded=guarded,
        )  # fmt: skip
        run(order, io.StringIO())

    return go


def computing(files: Files, *, engine: str, **_: object) -> Iterator[Callable[[], object]]:
    """What each block of the population takes when it is read and its columns are arrays."""
    laws = Laws(engines.engine(engine), SIX, law(), asked())
    for each in _batches(files):
        for piece in pieces(each, laws):
            yield partial(laws.evaluator(piece.law).determine, piece.block)


def families(files: Files) -> Iterator[Household]:
    """Of a population, as the scalar evaluator reads them."""
    laws = Laws(Scalar, SIX, law(), asked())
    facts = [fact for of in facts_of(SIX).values() for fact in of.values()]
    for each in _batches(files):
        for piece in pieces(each, laws):
            yield from households(piece.block, facts)


def _batches(files: Files) -> Iterator[Batch]:
    known = columns(SIX)
    source = Flat(files.households, files.persons, known)
    for which in source.slices():
        read = source.read(which)
        yield batch(known, *read, joined(*read, Faults()))
