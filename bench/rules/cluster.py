"""The product on Spark, a cluster of one machine. The nested form that it reads is made before, and kept beside the population."""

from __future__ import annotations

import io
from pathlib import Path

from bench.rules.contestants import Run
from bench.rules.files import Files
from bench.rules.question import SIX, asked, law
from chengnuo.population import nesting, spark
from chengnuo.population.run import Order


def ready(files: Files, _computed: Path) -> Run:
    nested = files.folder / "nested.parquet"
    if not nested.exists():
        nesting.write((files.persons, files.households), SIX, nested)

    def go(out: Path, processes: int) -> None:
        out.mkdir(parents=True)
        order = Order((nested,), out / "results", SIX, law(), asked(), guarded=0)
        spark.run(order, str(nested), lambda name: str(out / name), f"local[{processes}]", io.StringIO())

    return go
