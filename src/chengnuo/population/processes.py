"""Runs the slices of a population, one process a core; a process of our own where one is enough."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from chengnuo.population.slices import Slice
from chengnuo.population.trouble import Trouble
from chengnuo.population.worker import Done, Task, Worker

HERE: list[
    Worker
] = []  # in a process of the pool: the one that works there; a copy of this process has it from the beginning


def cores() -> int:
    return len(os.sched_getaffinity(0))


def run(task: Task, slices: Sequence[Slice], processes: int) -> Iterator[Done]:
    """Each slice as it is done, in any order. Raises NotSorted, NoValue, Trouble."""
    worker = Worker(task)
    if min(processes, len(slices)) <= 1:
        yield from worker.each(slices)
        return
    HERE[:] = [worker]
    # copies of this process, with all that it has loaded, take no time; elsewhere a copy is not safe
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(min(processes, len(slices)), context, begin, (task,)) as pool:
        # runs of slices: the next one of a process often begins in the row group that it has read
        runs = [
            slices[at : at + length] for length in [_length(slices, processes)] for at in range(0, len(slices), length)
        ]
        try:
            for future in [pool.submit(work, each) for each in runs]:
                yield from future.result()
        except BrokenProcessPool as error:
            what = "A process was ended from outside; perhaps there was no memory left."
            raise Trouble(
                what, "Start the same command again: it goes on where it was. --processes 1 needs least."
            ) from error
        finally:
            HERE.clear()
            pool.shutdown(cancel_futures=True)


def begin(task: Task) -> None:
    HERE[:] = HERE or [Worker(task)]


def work(slices: Sequence[Slice]) -> list[Done]:
    return list(HERE[0].each(slices))


def _length(slices: Sequence[Slice], processes: int) -> int:
    return max(1, min(4, len(slices) // (processes * 4)))
