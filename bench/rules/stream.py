"""Reads persons, does something, writes the results: whole or in chunks, in one process or in several, each with a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.rules.files import ROLE, Files

CHUNK, COMPRESSION = 100_000, "lz4"  # households; and as the product writes
Step = Callable[[pa.Table], pa.Table]


@dataclass(frozen=True)
class Stream:
    """`columns`: what is read of the persons; `rows`: of a chunk, None: all at once."""

    columns: Sequence[str]
    step: Step
    rows: int | None

    def run(self, files: Files, out: Path, processes: int) -> None:
        """Into a folder of results. Each process is a copy of this one, with all that it has made ready."""
        out.mkdir(parents=True)
        shares = files.shares(processes)
        if processes == 1:
            return self._share(files, shares[0], out / "0.parquet")
        copies = [
            get_context("fork").Process(target=self._share, args=(files, groups, out / f"{number}.parquet"))
            for number, groups in enumerate(shares)
        ]
        for copy in copies:
            copy.start()
        for copy in copies:
            copy.join()
        if any(copy.exitcode for copy in copies):
            raise RuntimeError(f"a process of {processes} broke off: {[copy.exitcode for copy in copies]}")
        return None

    def _share(self, files: Files, groups: list[int], out: Path) -> None:
        writer = None
        for table in chunks(files, self.columns, self.rows, groups):
            results = self.step(table)
            writer = writer or pq.ParquetWriter(out, results.schema, compression=COMPRESSION)
            writer.write_table(results)
        if writer:
            writer.close()


def chunks(files: Files, columns: Sequence[str], rows: int | None, groups: list[int]) -> Iterator[pa.Table]:
    """As many row groups at a time as hold no more rows, and one at least."""
    with pq.ParquetFile(files.persons, read_dictionary=[ROLE]) as file:
        taken: list[int] = []
        held = 0
        for group in groups:
            more = file.metadata.row_group(group).num_rows
            if taken and rows is not None and held + more > rows:
                yield file.read_row_groups(taken, columns=list(columns))
                taken, held = [], 0
            taken, held = [*taken, group], held + more
        if taken:
            yield file.read_row_groups(taken, columns=list(columns))
