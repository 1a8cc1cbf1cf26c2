"""Made-up populations, with the columns that the six programmes ask for; built once, and kept while the code that makes them stays.

A few households of theirs live elsewhere, or nobody knows where. They are left out: the peer is bound to the law of one place.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import chengnuo.population.synth
from bench.rules.files import Files
from bench.rules.question import DAY, PLACE, SIX
from chengnuo.population.columns import HOUSEHOLD_ID, columns
from chengnuo.population.columns import PLACE as PLACE_COLUMN
from chengnuo.population.synth.population import Wanted, population
from chengnuo.population.synth.writing import write

SEED, PROVINCE = 20260101, 2  # the first digits of a place


def built(base: Path, persons: int, unknown: int = 0) -> Files:
    """`unknown`: per cent of the answers that are missing."""
    files = Files(base / f"population-{_fingerprint()}-{persons}-{unknown}")
    if not files.folder.exists():
        new = Files(files.folder.with_suffix(".new"))
        shutil.rmtree(new.folder, ignore_errors=True)
        whole = Files(new.folder / "whole")
        wanted = Wanted(persons, SEED, DAY.year, unknown)
        write(whole.folder, population(wanted), wanted.told)
        _pruned(whole, new, known=not unknown)
        shutil.rmtree(whole.folder)
        new.folder.rename(files.folder)
    return files


def _pruned(whole: Files, pruned: Files, *, known: bool) -> None:
    """What another programme would ask for is no column that the six know, and would be refused."""
    kept, left_out = columns(SIX), pa.array([], pa.int64())
    with _copied(whole.households, pruned.households, kept.of_households) as groups:
        for group, writer in groups:
            here = pc.starts_with(group[PLACE_COLUMN], PLACE[:PROVINCE]).fill_null(not known)
            left_out = pa.concat_arrays([left_out, *group.filter(pc.invert(here))[HOUSEHOLD_ID].chunks])
            writer.write_table(group.filter(here))
    with _copied(whole.persons, pruned.persons, kept.of_persons) as groups:
        for group, writer in groups:
            writer.write_table(group.filter(pc.invert(pc.is_in(group[HOUSEHOLD_ID], left_out))))


@contextmanager
def _copied(path: Path, out: Path, names: tuple[str, ...]) -> Iterator[Iterator[tuple[pa.Table, pq.ParquetWriter]]]:
    """Each row group, and where it goes."""
    with pq.ParquetFile(path) as file:
        schema = file.read_row_group(0, columns=list(names)).schema
        with pq.ParquetWriter(out, schema) as writer:
            yield ((file.read_row_group(group, columns=schema.names), writer) for group in range(file.num_row_groups))


def _fingerprint() -> str:
    """Of the code that makes them up."""
    folder = Path(chengnuo.population.synth.__file__).parent
    read = b"".join(path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.suffix in {".py", ".csv"})
    return hashlib.sha256(read).hexdigest()[:8]
