"""How time and memory grow with the population, from a hundredth of the measured one to three times as many."""

from __future__ import annotations

from math import log
from pathlib import Path
from statistics import linear_regression

from bench.rules import sheet
from bench.rules.contest import MEGABYTES
from bench.rules.contestants import BLOCKS
from bench.rules.files import Files
from bench.rules.turns import Turn, rounds

STRAIGHT, FLAT = 1.05, 1.1  # the slope, and how much more memory three times as many persons may take


def sizes(persons: int) -> list[int]:
    return [max(1, persons // 100), max(1, persons // 10), persons, persons * 3]


def measure(populations: list[Files], count: int, processes: int, computed: Path) -> None:
    """`populations`: the smallest first."""
    taken = rounds([Turn(BLOCKS, files.folder, processes) for files in populations], count, computed)
    sheet.table(f"{BLOCKS}, {processes} processes", "seconds", "persons a second", "megabytes a process")
    for files, found in zip(populations, taken.values(), strict=True):
        speed = sheet.said(files.count / found.median, "")
        memory = sheet.at_most(found.peak, " MB", MEGABYTES)
        sheet.row(f"{files.count:,} persons", sheet.said(found.median, " s"), speed, memory)
    *_, before, last = taken.values()
    sheet.table("growth", "goal", "measured")
    slope = fit([files.count for files in populations], [found.median for found in taken.values()])
    sheet.row("time ∝ persons to the power of", f"≤ {STRAIGHT}", sheet.at_most(slope, "", STRAIGHT))
    times = sheet.at_most(last.peak / before.peak, "×", FLAT)
    sheet.row("memory a process at three times as many persons", f"≤ {FLAT}×", times)


def fit(persons: list[int], seconds: list[float]) -> float:
    """The slope of a straight line through the logarithms: 1 where twice as many take twice as long."""
    return linear_regression([log(each) for each in persons], [log(each) for each in seconds]).slope
