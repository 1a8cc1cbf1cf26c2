"""Whole runs beside the peer's: read, compute, write; in one process and in two; interleaved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.rules import sheet
from bench.rules.contestants import BLOCKS, CLOSED, FLOOR, FUSED, GUARDED, MONTHLY, PEERS
from bench.rules.files import Files
from bench.rules.turns import Taken, Turn, rounds

ALONE = 0  # processes: the computing alone, in one
COMPUTING = (BLOCKS, FUSED, CLOSED[1], MONTHLY[1])
LEAST = {BLOCKS: (1.0, 2.5), FUSED: (1.5, 4.0)}  # times as fast as OpenFisca's best, and as its monthly idiom
UNKNOWN = 1.5  # times the time on complete data, at most
MEGABYTES = 600
IN_WORDS = {1: "one process", 2: "two processes"}


class Contest:
    """`populations`: by the per cent of answers that are missing; 0 is complete. `processes`: in how many, each apart."""

    def __init__(self, populations: Mapping[int, Files], processes: Sequence[int], count: int, computed: Path) -> None:
        self._folders = {percent: files.folder for percent, files in populations.items()}
        self._processes, self._persons = processes, populations[0].count
        self._taken = rounds(self._turns(), count, computed)

    def tell(self) -> None:
        heads = [IN_WORDS[number] for number in self._processes]
        sheet.table(f"{self._persons:,} persons: read, compute, write", "goal", *heads)
        for name in (FLOOR, *PEERS):
            sheet.row(name, "", *[self._said(taken, None) for taken in self._each(name)])
        for name in (BLOCKS, FUSED, GUARDED):
            sheet.row(name, f"≤ {MEGABYTES} MB", *[self._said(taken, MEGABYTES) for taken in self._each(name)])
        for name, (best, monthly) in LEAST.items():
            self._beside(name, PEERS, "OpenFisca's best", best)
            self._beside(name, MONTHLY, "OpenFisca, monthly", monthly)
        for name in LEAST:
            shares = [f"{1 / times:.0%}" for times in self._times(name, FLOOR)]
            sheet.row(f"the I/O floor's share of {name}", "", *shares)
            for percent in self._unknown():
                times = [sheet.at_most(each, "×", UNKNOWN) for each in self._times(name, name, percent)]
                sheet.row(f"{name}, {percent} % unknown, times its own complete", f"≤ {UNKNOWN}×", *times)

    def tell_computing(self) -> None:
        sheet.table(f"{self._persons:,} persons: the computing alone, in one process", "seconds", "persons a second")
        for name in COMPUTING:
            seconds = self._of(name, ALONE).median
            sheet.row(name, sheet.said(seconds, " s"), sheet.said(self._persons / seconds, ""))

    def _turns(self) -> Iterator[Turn]:
        for number in self._processes:
            for name in (FLOOR, BLOCKS, FUSED, GUARDED, *PEERS):
                yield Turn(name, self._folders[0], number)
            for percent in self._unknown():
                yield from (Turn(name, self._folders[percent], number) for name in LEAST)
        yield from (Turn(name, self._folders[0], ALONE) for name in COMPUTING)

    def _beside(self, name: str, peers: Sequence[str], whose: str, goal: float) -> None:
        peers_best = [min(self._of(peer, number).median for peer in peers) for number in self._processes]
        times = [best / taken.median for best, taken in zip(peers_best, self._each(name), strict=True)]
        cells = [sheet.at_least(each, "×", goal) for each in times]
        sheet.row(f"{name}, times as fast as {whose}", f"≥ {goal}×", *cells)

    def _times(self, name: str, other: str, percent: int = 0) -> list[float]:
        """How many times as long it takes as the other takes on complete data."""
        pairs = zip(self._each(name, percent), self._each(other), strict=True)
        return [mine.median / theirs.median for mine, theirs in pairs]

    def _each(self, name: str, percent: int = 0) -> list[Taken]:
        return [self._of(name, number, percent) for number in self._processes]

    def _of(self, name: str, processes: int, percent: int = 0) -> Taken:
        return self._taken[Turn(name, self._folders[percent], processes)]

    def _unknown(self) -> list[int]:
        return [percent for percent in self._folders if percent]

    @staticmethod
    def _said(taken: Taken, megabytes: float | None) -> str:
        return f"{sheet.said(taken.median, ' s')} ({sheet.at_most(taken.peak, ' MB', megabytes)})"
