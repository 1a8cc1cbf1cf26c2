"""Runs a population before and after a reform at once, both sides with their guard, and counts what differs."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np
import pyarrow.parquet as pq

from chengnuo.core.rules import Asked
from chengnuo.policies.household import HOUSEHOLD
from chengnuo.policies.programmes import programmes
from chengnuo.population.columns import COMPLETE
from chengnuo.population.guard import HOUSEHOLDS
from chengnuo.population.parts import rules_version
from chengnuo.population.run import Order, run
from chengnuo.population.simulate.counting import Counted, Counting, can_be_guarded
from chengnuo.population.simulate.found import FAMILIES, Found
from chengnuo.population.simulate.law import Pair
from chengnuo.population.simulate.reform import Reform
from chengnuo.population.summary import SMALL_CELL
from chengnuo.population.withholding import Raw, everybody, tables
from chengnuo.population.worker import Against

LEVELS = {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}
OUT = "none.parquet"  # beside which a run works; nobody's results are written

FICTIONAL = b"fictional"
PARQUET = ".parquet"
ROLES = tuple(COMPLETE)


@dataclass(frozen=True)
class Population:
    """`files`: in any form of a population; `by`: the level of the places by which is counted."""

    files: tuple[Path, ...]
    by: str = "county"
    engine: str = "blocks"
    processes: int = 1

    @property
    def fictional(self) -> bool:
        """Whether a file says so of itself."""
        told = (pq.read_schema(path).metadata or {} for path in self.files if path.suffix == PARQUET)
        return any(FICTIONAL in said for said in told)


def simulated(population: Population, reform: Reform, pair: Pair, asked: Asked, said: TextIO) -> Found:
    """Raises what a run raises."""
    counting = Counting(pair.after.programmes, LEVELS[population.by])
    with tempfile.TemporaryDirectory(prefix="simulation.") as folder:
        found = run(_order(population, pair, asked, counting, Path(folder) / OUT), said)
    can_be_guarded(found.tally)
    return _found(counting.counted(found.tally), population, reform, pair, asked)


def _order(population: Population, pair: Pair, asked: Asked, counting: Counting, out: Path) -> Order:
    """In one process where a class of the reform is computed: it has no name by which another process could find it."""
    made = pair.before.programmes != pair.after.programmes
    return Order(
        files=population.files,
        out=out,
        programmes=pair.before.programmes,
        parameters=pair.before.parameters,
        asked=asked,
        others=programmes(),
        engine=population.engine,
        processes=1 if made else population.processes,
        against=Against(pair.after.programmes, pair.after.parameters, counting),
    )


def _found(counts: Counted, population: Population, reform: Reform, pair: Pair, asked: Asked) -> Found:
    """What may be told of the counts."""
    threshold = pair.before.parameters.whole(SMALL_CELL, asked.day)
    nobody = np.zeros(len(counts.places), dtype=np.int64)
    every = {role: counts.people.get(role, nobody) for role in (HOUSEHOLD, *ROLES)}
    raw = {
        each.words.key: Raw(counts.programmes[each.words.key], every[each.who.name]) for each in pair.after.programmes
    }
    raw[FAMILIES] = Raw(counts.families, every[HOUSEHOLD])
    people = {role: everybody(each, threshold)[-1] for role, each in every.items()}
    households = people[HOUSEHOLD]
    return Found(
        reform=reform,
        law=pair.before.parameters,
        asked=asked,
        programmes=pair.after.programmes,
        untouched=pair.untouched,
        tables=tables(counts.places, raw, threshold, FAMILIES),
        people=people,
        threshold=threshold,
        sample=None if households is None else min(households, HOUSEHOLDS),
        fictional=population.fictional,
        rules=rules_version(),
        by=population.by,
    )
