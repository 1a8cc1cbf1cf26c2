"""Which entries may be one person: probabilistic linkage (Fellegi and Sunter) by splink on DuckDB, in memory alone.

For the command that looks for duplicates: no page and no worker imports this, and a server does without its packages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_level_library as levels
from splink import comparison_library as comparisons

# A database that knows no folder: what does not fit into its memory ends the run, and is never written to a disk.
ALONE = """
SET memory_limit = '2GB'; SET temp_directory = ''; SET max_temp_directory_size = '0B'; SET enable_external_access = false;
SET lock_configuration = true
"""
LIKELY = 0.9  # from here on a person is asked
ONE_IN = 1 / 50_000  # of two entries that any block brings together


@dataclass(frozen=True)
class Entry:
    """One entry, opened. `number` has 18 characters; days are 2026-01-05."""

    unique_id: str
    name: str
    number: str
    born: str
    village: str
    township: str


AREA = "substr(number_l, 1, 6) = substr(number_r, 1, 6)"
BIRTH = "substr(number_l, 7, 8) = substr(number_r, 7, 8)"
ORDER = "substr(number_l, 15, 3) = substr(number_r, 15, 3)"
BIRTH_AND_ORDER = f"{BIRTH} AND {ORDER}"
ONE_DIGIT = "hamming(substr(number_l, 15, 3), substr(number_r, 15, 3)) = 1"
# The weights are written down, not learnt: the same register gives the same pairs, and a lawyer can read why. Of each line the first
# number is how often it is so for one person entered twice, the second how often for two people who were brought together.
WEIGHTS: dict[str, list[tuple[Any, float, float]]] = {
    "number": [
        (levels.CustomLevel(BIRTH_AND_ORDER, "another area alone"), 0.25, 0.0001),
        (levels.CustomLevel(f"{AREA} AND {ORDER}", "another birth alone"), 0.25, 0.001),
        (levels.CustomLevel(f"{AREA} AND {BIRTH} AND {ONE_DIGIT}", "one digit of the order"), 0.3, 0.027),
        (levels.ElseLevel(), 0.2, 0.9719),
    ],
    "name": [
        (levels.ExactMatchLevel("name").configure(tf_adjustment_column="name", tf_minimum_u_value=0.0001), 0.8, 0.005),
        (levels.DamerauLevenshteinLevel("name", 1), 0.18, 0.03),
        (levels.ElseLevel(), 0.02, 0.965),
    ],
    "born": [
        (levels.ExactMatchLevel("born"), 0.75, 0.0001),
        (levels.DamerauLevenshteinLevel("born", 1), 0.2, 0.002),
        (levels.ElseLevel(), 0.05, 0.9979),
    ],
    "village": [
        (levels.ExactMatchLevel("village"), 0.7, 0.01),
        (levels.ExactMatchLevel("township"), 0.2, 0.09),
        (levels.ElseLevel(), 0.1, 0.9),
    ],
}
# who shares none of these is never compared: the day and order within the number, name and birth, name and place, birth and place
BLOCKS: list[Any] = [
    block_on("substr(number, 7, 11)"),
    block_on("name", "born"),
    block_on("name", "village", "substr(born, 1, 4)"),
    block_on("born", "village"),
]


def alike(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The ids of every two entries that are likely one person."""
    with duckdb.connect(":memory:") as base:
        base.execute(ALONE)
        api = DuckDBAPI(base)
        table = api.register(_table(entries), table_name="entries")
        linker = Linker(table, _model(), log_level=None)
        found = linker.inference.predict(threshold_match_probability=LIKELY, warning_mode="never")
        rows = base.execute(f"SELECT unique_id_l, unique_id_r FROM {found.physical_name}")  # noqa: S608  # splink's own name
        while part := rows.fetchmany(1000):
            yield from part


def _table(entries: Iterable[Entry]) -> pa.Table:
    columns: dict[str, list[str]] = {name: [] for name in Entry.__dataclass_fields__}
    for entry in entries:
        for name, value in asdict(entry).items():
            columns[name].append(value)
    return pa.table(columns)


def _model() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(name, rows) for name, rows in WEIGHTS.items()],
        blocking_rules_to_generate_predictions=BLOCKS,
        probability_two_random_records_match=ONE_IN,
        retain_matching_columns=False,
    )


def _comparison(name: str, rows: list[tuple[Any, float, float]]) -> comparisons.CustomComparison:
    said = [level.configure(m_probability=one, u_probability=two) for level, one, two in rows]
    return comparisons.CustomComparison([levels.NullLevel(name), *said], output_column_name=name)
