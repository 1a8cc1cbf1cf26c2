"""Spark on this machine: what it takes to start, and what it computes from then on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq

from bench.rules import sheet
from bench.rules.contestants import SPARK
from bench.rules.files import Files
from bench.rules.question import IDS
from bench.rules.turns import Turn, rounds, take


def measure(few: Files, many: Files, processes: int, count: int, computed: Path) -> None:
    """`few`: so few persons that nearly all of the time is start-up; `computed`: what blocks gave for `many`. Raises ValueError
    where Spark gives another.
    """
    small, large = (Turn(SPARK, files.folder, processes) for files in (few, many))
    _refuse_other(computed, large)
    taken = rounds([small, large], count, computed)
    start, whole = taken[small].median, taken[large].median
    sheet.table(f"{SPARK}, {processes} processes", "measured")
    sheet.row("the same results as blocks, to the fen", "yes")
    sheet.row(f"start-up, with {few.count:,} persons", sheet.said(start, " s"))
    sheet.row(f"{many.count:,} persons", sheet.said(whole, " s"))
    if whole > start:
        speed = (many.count - few.count) / (whole - start)
        sheet.row("persons a second, once it runs", sheet.said(speed, ""))
        sheet.row("a process, persons a second", sheet.said(speed / processes, ""))


def _refuse_other(computed: Path, turn: Turn) -> None:
    """A cluster writes in any order."""
    out = computed.parent.with_name("spark")
    take(turn, computed, out)
    mine = pq.read_table(computed)
    theirs = pq.read_table(out / "persons", columns=mine.column_names).cast(mine.schema)
    order = [(name, "ascending") for name in IDS[:2]]
    if not mine.sort_by(order).equals(theirs.sort_by(order)):
        raise ValueError(f"{out}: other results than in {computed}")
    shutil.rmtree(out)
