"""A run over a population: from its files to its results, which appear whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from chengnuo.core.rules import Asked, Parameters, Programme
from chengnuo.population import guard, inputs, parts, processes, publishing
from chengnuo.population.columns import Columns, columns
from chengnuo.population.faults import Faults, Faulty
from chengnuo.population.guard import Difference, Unguarded
from chengnuo.population.inputs import Input
from chengnuo.population.matching import NotSorted
from chengnuo.population.parts import Parts
from chengnuo.population.progress import Progress
from chengnuo.population.slices import Slice
from chengnuo.population.tally import Tally, add
from chengnuo.population.worker import Against, Done, Task


@dataclass(frozen=True)
class Order:
    """What is asked of a population. `others`: programmes whose columns may stand in the files too; `digits`: of the places by which is counted; `guarded`: households of the guard's sample; `against`: a second law, in a comparison, which writes nobody's results."""

    files: tuple[Path, ...]
    out: Path
    programmes: tuple[type[Programme], ...]
    parameters: Parameters
    asked: Asked
    others: tuple[type[Programme], ...] = ()
    engine: str = "blocks"
    digits: int = 6
    processes: int = 1
    guarded: int = guard.HOUSEHOLDS
    against: Against | None = None

    @property
    def columns(self) -> Columns:
        more = () if self.against is None else self.against.programmes
        return columns((*self.programmes, *more), self.others)


@dataclass(frozen=True)
class Outcome:
    """What a run came to. `seed`: of the guard's sample."""

    tally: Tally
    households: int
    persons: int
    seed: str
    guarded: int


def run(order: Order, said: TextIO) -> Outcome:
    """Raises Faulty, Unguarded, NoValue, Trouble."""
    publishing.look(order.out)
    kept = Parts(order.out)
    with kept.held():
        manifest = _manifest(order)
        kept.begin(manifest)
        seed = hashlib.sha256(json.dumps(manifest["inputs"]).encode()).hexdigest()
        known = order.columns
        given = inputs.found(order.files, known, kept.folder)
        try:
            found = _determined(order, kept, given, seed, said)
        except NotSorted:
            kept.forget()
            given = inputs.in_order(order.files, known, kept.folder)
            found = _determined(order, kept, given, seed, said)
        if order.against is None:
            publishing.publish(kept.folder, sorted(done.number for done in found), order.out, reorder=bool(given.also))
        kept.remove()
    total: Tally = {}
    for done in found:
        add(total, done.tally)
    households = sum(done.households for done in found)
    return Outcome(total, households, sum(done.persons for done in found), seed, min(order.guarded, households))


def _determined(order: Order, kept: Parts, given: Input, seed: str, said: TextIO) -> list[Done]:
    """Every slice; those that were done before are not done again."""
    source = given.source(order.columns)
    faults, differences = Faults(), list[Difference]()
    faults.join(given.faults)
    faults.join(source.faults)
    slices = source.slices() if source.readable else []
    task = _task(order, kept, given, slices, seed)
    before = kept.done()
    found = list(before.values())
    progress = Progress(said, task.total, sum(each.households for each in found))
    for done in processes.run(task, [each for each in slices if each.number not in before], order.processes):
        faults.join(done.faults)
        differences += done.differences
        if not faults and not differences:
            kept.note(done)
        found.append(done)
        progress.add(done.households)
    progress.end()
    if not faults:
        faults.join(source.unread(sum(each.households for each in found), sum(each.persons for each in found)))
    if faults or differences:
        kept.remove()
        raise Faulty(faults) if faults else Unguarded(differences)
    return found


def _manifest(order: Order) -> dict[str, object]:
    asked = [order.asked.day.isoformat(), order.asked.known.isoformat()]
    return {
        "inputs": [parts.fingerprint(path) for path in order.files],
        "rules": parts.rules_version(),
        "arguments": [*asked, order.engine, order.digits, order.guarded, [each.words.key for each in order.programmes]],
    }


def _task(order: Order, kept: Parts, given: Input, slices: Sequence[Slice], seed: str) -> Task:
    total = slices[-1].first + slices[-1].stop - slices[-1].start if slices else 0
    return Task(
        given.households, given.persons, given.also, order.programmes, order.others, order.parameters, order.asked, order.engine, order.digits, seed,
        total, order.guarded, kept.folder, order.against,
    )  # fmt: skip
