"""`--engine spark`: brings a population into the nested form where it is not, and the results to where they were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from chengnuo.population import nested, nesting
from chengnuo.population.optional import load
from chengnuo.population.parts import Parts
from chengnuo.population.publishing import beside
from chengnuo.population.run import Order, Outcome
from chengnuo.population.trouble import Trouble


def run(order: Order, files: Sequence[str], out: str, master: str, said: TextIO) -> Outcome:
    """Raises NotDone, NoValue."""
    spark = load("chengnuo.population.spark", extra="spark")
    if is_elsewhere(out):
        if len(files) != 1 or not is_elsewhere(files[0]):
            raise Trouble(
                "Results on a cluster's disks need a population there.", "Give one nested file or folder there."
            )
        found: Outcome = spark.run(order, files[0], lambda name: f"{out.rstrip('/')}/{name}", master, said)
        return found
    if Path(out).suffix != ".parquet" or Path(out).exists():
        raise Trouble(
            f"Spark writes folders of Parquet files, and {out} cannot be one.", "Give -o and a new name with .parquet."
        )
    kept = Parts(order.out)
    with kept.held():
        try:
            found = spark.run(
                order, _nested(order, files, kept.folder), lambda name: str(kept.folder / name), master, said
            )
            for name in ("households", "persons"):
                (kept.folder / name).rename(beside(order.out, name))
        finally:
            kept.remove()
    return found


def is_elsewhere(name: str) -> bool:
    """On a disk that Spark knows: hdfs://…, s3a://…"""
    return "://" in name


def _nested(order: Order, files: Sequence[str], folder: Path) -> str:
    if len(files) == 1 and (is_elsewhere(files[0]) or Path(files[0]).is_dir() or nested.is_nested(Path(files[0]))):
        return files[0]
    nesting.write(order.files, [*order.programmes, *order.others], folder / "nested.parquet")
    return str(folder / "nested.parquet")
