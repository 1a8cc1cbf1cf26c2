"""OpenFisca as a step between two Parquet files: facts in, outcomes and amounts out, as the product writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bench.rules.contestants import Run
from bench.rules.files import Files
from bench.rules.peer.columns import FACTS, READ, arrays, of_role
from bench.rules.peer.system import Idiom, Peer
from bench.rules.question import IDS, SIX, asked, law
from bench.rules.stream import CHUNK, Stream, chunks


class Step:
    """Bound to the law; takes persons of a population, whole households or not."""

    def __init__(self, idiom: Idiom) -> None:
        self._peer = Peer(idiom, SIX, law(), asked())

    def __call__(self, persons: pa.Table) -> pa.Table:
        found = {}
        for theirs, amounts in self.computing(persons):
            for key, fen in amounts().items():
                found |= _columns(key, fen, theirs)
        order = [f"{each.words.key}.{what}" for each in SIX for what in ("outcome", "amount")]
        return pa.table({name: persons[name] for name in IDS} | {name: found[name] for name in order})

    def computing(self, persons: pa.Table) -> Iterator[tuple[NDArray[np.bool_], Callable[[], dict[str, NDArray[Any]]]]]:
        """By role, who bears it, and the computing alone: its columns are arrays by then."""
        for entity in FACTS:
            theirs, members = of_role(persons, entity)
            yield theirs, partial(self._peer.amounts, entity, arrays(members, entity), len(members))


def ready(files: Files, _computed: Path, *, idiom: str, in_chunks: bool) -> Run:
    return partial(Stream(READ, Step(Idiom(idiom)), files.rows(CHUNK) if in_chunks else None).run, files)


def computing(files: Files, *, idiom: str, in_chunks: bool) -> Iterator[Callable[[], object]]:
    step, (share,) = Step(Idiom(idiom)), files.shares(1)
    for persons in chunks(files, READ, files.rows(CHUNK) if in_chunks else None, share):
        for _, compute in step.computing(persons):
            yield compute


def _columns(key: str, fen: NDArray[Any], theirs: NDArray[np.bool_]) -> dict[str, pa.Array]:
    """Spread over everybody: null for those whom the programme is not about. OpenFisca is never undecided."""
    amount = np.zeros(len(theirs), np.int64)
    amount[theirs] = fen
    due = amount > 0
    outcome = pa.array(due.view(np.int8), mask=~theirs)
    return {f"{key}.outcome": outcome, f"{key}.amount": pa.array(amount, mask=~due)}
