"""What one process does: it reads a slice, looks through it, determines it, and writes its part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from chengnuo.core.rules import Asked, Parameters, Programme
from chengnuo.core.rules.blocks import Result
from chengnuo.core.rules.blocks.cells import Whole
from chengnuo.population.batch import Batch, batch
from chengnuo.population.checks import looked_through
from chengnuo.population.columns import HOUSEHOLD_ID, columns
from chengnuo.population.cutting import determined
from chengnuo.population.engines import engine
from chengnuo.population.faults import Faults
from chengnuo.population.flat import Flat, Tables
from chengnuo.population.guard import Difference, Guard
from chengnuo.population.laws import Laws
from chengnuo.population.matching import TWICE, joined
from chengnuo.population.results import tables, write
from chengnuo.population.scalar import Scalar
from chengnuo.population.slices import Slice
from chengnuo.population.tally import Tally, add, tally

HOUSEHOLDS = 1 << 16  # determined at once: a slice, where one law stands everywhere
KEPT = 31 << 20  # bytes: the C library takes note of blocks up to 32 MB
Found = Mapping[str, Result]
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Against:
    """Another law for the same households. Then nobody's results are written: `count` says what is kept of both."""

    programmes: tuple[type[Programme], ...]
    parameters: Parameters
    count: Callable[[Batch, Found, Found], Tally]


@dataclass(frozen=True)
class Task:
    """What is to be done, as every process is told. `others`: programmes whose columns may be
    there; `also`: columns that go from the input into the results; `digits`: of the
    places by which is counted; `seed`, `total`: of the guard's sample of `guarded`; `against`: a second law, in a comparison.
    """

    households: Path
    persons: Path
    also: tuple[str, ...]
    programmes: tuple[type[Programme], ...]
    others: tuple[type[Programme], ...]
    parameters: Parameters
    asked: Asked
    engine: str
    digits: int
    seed: str
    total: int
    guarded: int
    folder: Path
    against: Against | None = None

    @property
    def laws(self) -> list[tuple[tuple[type[Programme], ...], Parameters]]:
        first = self.programmes, self.parameters
        return [first] if self.against is None else [first, (self.against.programmes, self.against.parameters)]


class Done(NamedTuple):
    """A slice that is done; with faults or differences nothing of it counts."""

    number: int
    households: int
    persons: int
    tally: Tally
    faults: Faults
    differences: list[Difference]


class Worked(NamedTuple):
    """A slice that is worked at, and its results, which have still to be written."""

    done: Done
    results: list[Tables]


class Worker:
    def __init__(self, task: Task) -> None:
        # once so large a block was freed, memory of a slice is kept for the next: from the system it would be slow
        bytearray(KEPT)
        self._task = task
        self._columns = columns([each for programmes, _ in task.laws for each in programmes], task.others)
        self._sides = [_side(task, *law) for law in task.laws]

    @cached_property
    def _source(self) -> Flat:
        """Opened where it is read: a process shares no file with those that were copied from it."""
        return Flat(self._task.households, self._task.persons, self._columns, self._task.also)

    def each(self, slices: Sequence[Slice]) -> Iterator[Done]:
        """Reads the next slice and writes the last one while it works at one. Raises NotSorted, NoValue."""
        worked = (self.work(*each) for each in ahead(self._read, slices))
        return ahead(self._written, worked)

    def work(self, which: Slice, read: Tables) -> Worked:
        """Raises NotSorted, NoValue."""
        faults = looked_through(self._columns, *read)
        faults.add(*TWICE, count=int(which.again), examples=[which.begins])
        ends = joined(*read, faults)
        done = Done(which.number, len(read.households), len(read.persons), {}, faults, [])
        if faults or self._source.faults:
            return Worked(done, [])
        return Worked(done, list(self._determined(read, ends, which.first, done)))

    def _read(self, which: Slice) -> tuple[Slice, Tables]:
        return which, self._source.read(which)

    def _written(self, worked: Worked) -> Done:
        if worked.results:
            write(self._task.folder, worked.done.number, worked.results)
        return worked.done

    def _determined(self, read: Tables, ends: Whole, first: int, done: Done) -> Iterator[Tables]:
        """The results, batch by batch; none in a comparison."""
        bounds = np.concatenate([np.zeros(1, np.int64), ends])
        task = self._task
        # nobody at all is a batch too: the results have their columns
        for start in range(0, max(len(ends), 1), HOUSEHOLDS):
            stop = min(start + HOUSEHOLDS, len(ends))
            begins, end = int(bounds[start]), int(bounds[stop])
            part = Tables(read.households.slice(start, stop - start), read.persons.slice(begins, end - begins))
            each = batch(self._columns, *part, ends[start:stop] - begins)
            found = [determined(each, laws) for laws, _ in self._sides]
            for (_, guard), results in zip(self._sides, found, strict=True):
                done.differences.extend(guard.differences(each, first + start, part.households[HOUSEHOLD_ID], results))
            if task.against is not None:
                add(done.tally, task.against.count(each, *found))
                continue
            add(done.tally, tally(task.programmes, each, found[0], task.digits))
            yield tables(task.programmes, part, each, found[0], task.also)


def _side(task: Task, programmes: tuple[type[Programme], ...], parameters: Parameters) -> tuple[Laws, Guard]:
    reference = Laws(Scalar, programmes, parameters, task.asked)
    return (
        Laws(engine(task.engine), programmes, parameters, task.asked),
        Guard(task.seed, task.total, reference, task.guarded),
    )


def ahead(does: Callable[[T], R], each: Iterable[T]) -> Iterator[R]:
    """What it gives for each, on a thread of its own: it begins with the next before the last is handed on. Where the next cannot
    be had, the last is still handed on before that is raised.
    """
    with ThreadPoolExecutor(1) as thread:
        items, last = iter(each), None
        while True:
            try:
                one = next(items)
            except StopIteration:
                break
            except BaseException:
                if last is not None and last.exception() is None:
                    yield last.result()
                raise
            before, last = last, thread.submit(does, one)
            if before is not None:
                yield before.result()
        if last is not None:
            yield last.result()
