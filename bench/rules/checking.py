"""Before anything is measured: every engine and both idioms of the peer give the same, and what the peer makes of unknowns."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench import tell
from bench.rules.agreement import Agreement, agreement
from bench.rules.contestants import BLOCKS, CLOSED, FUSED, PEERS
from bench.rules.files import Files
from bench.rules.turns import Turn, take

RESULTS = "results.parquet"


def check(populations: Mapping[int, Files], processes: int, folder: Path) -> Path:
    """The results of the complete population, which stay. Raises ValueError where anybody gives others."""
    shutil.rmtree(folder, ignore_errors=True)
    ours = {
        percent: _run(BLOCKS, files, processes, folder / f"ours-{percent}") for percent, files in populations.items()
    }
    for percent, files in populations.items():
        _refuse_other(ours[percent] / RESULTS, _run(FUSED, files, processes, folder / "fused") / RESULTS)
    for name in PEERS:
        found = agreement(ours[0] / RESULTS, _run(name, populations[0], processes, folder / "peer"))
        if found.different:
            raise ValueError(f"{name}: {found.different:,} of {found.results:,} results are not ours")
    named = ", ".join((FUSED, *PEERS))
    tell.remark(f"{found.results:,} results: {BLOCKS}, {named} give the same, to the fen")
    for percent, files in populations.items():
        _tell_unknown(percent, agreement(ours[percent] / RESULTS, _run(CLOSED[1], files, processes, folder / "peer")))
    return ours[0] / RESULTS


def _tell_unknown(percent: int, found: Agreement) -> None:
    taken = f"OpenFisca, which takes unknown for its default, calls {found.granted:,} of them entitled, the others not"
    tell.remark(f"{percent} % unknown: {found.undecided:,} of {found.results:,} results are undecided; {taken}")


def _refuse_other(ours: Path, other: Path) -> None:
    for mine, theirs in zip(_batches(ours), _batches(other), strict=True):
        if not mine.equals(theirs):
            raise ValueError(f"{other}: other results than in {ours}")


def _batches(path: Path) -> Iterator[pa.Table]:
    file = pq.ParquetFile(path)
    return (file.read_row_group(group) for group in range(file.num_row_groups))


def _run(name: str, files: Files, processes: int, out: Path) -> Path:
    take(Turn(name, files.folder, processes), out.parent / f"ours-0/{RESULTS}", out)
    return out
