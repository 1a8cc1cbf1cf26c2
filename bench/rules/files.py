"""A population on the disk, and how it is cut: into shares for processes, and into chunks."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow.parquet as pq

PERSONS, HOUSEHOLDS, ROLE = "persons.parquet", "households.parquet", "role"
RARITIES = 1000


@dataclass(frozen=True)
class Files:
    folder: Path

    @property
    def persons(self) -> Path:
        return self.folder / PERSONS

    @property
    def households(self) -> Path:
        return self.folder / HOUSEHOLDS

    @cached_property
    def count(self) -> int:
        """Of persons."""
        return int(pq.read_metadata(self.persons).num_rows)

    @property
    def rarities(self) -> int:
        """Households at the beginning that are not like the others."""
        return int(min(RARITIES, pq.read_metadata(self.households).num_rows // 2))

    def rows(self, households: int) -> int:
        """How many persons so many households have."""
        return max(1, self.count * households // pq.read_metadata(self.households).num_rows)

    def shares(self, processes: int) -> list[list[int]]:
        """The row groups of the persons, in as many stretches."""
        groups = list(range(pq.read_metadata(self.persons).num_row_groups))
        cuts = [len(groups) * number // processes for number in range(processes + 1)]
        return [groups[begins:ends] for begins, ends in itertools.pairwise(cuts)]
