"""The populations of `bench rules`: what the six programmes ask for, of households at a place that the peer knows."""

from __future__ import annotations

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from bench.rules.populations import built
from bench.rules.question import SIX
from chengnuo.population.columns import columns


@pytest.mark.parametrize("unknown", [0, 10])
def test_a_population_has_the_columns_and_the_places_that_the_peer_knows(tmp_path, unknown):
    files = built(tmp_path, 10_000, unknown)
    households, persons = pq.read_table(files.households), pq.read_table(files.persons)
    assert set(households.column_names) == set(columns(SIX).of_households)
    assert set(persons.column_names) == set(columns(SIX).of_persons)
    assert pc.unique(pc.utf8_slice_codeunits(households["place"].drop_null(), 0, 2)).to_pylist() == ["42"]
    assert bool(households["place"].null_count) == bool(unknown)
    assert set(persons["household_id"].to_pylist()) <= set(households["household_id"].to_pylist())
    assert 9_900 < files.count < 10_000
    assert pq.ParquetFile(files.persons).num_row_groups > 1
    assert [path.name for path in tmp_path.iterdir()] == [files.folder.name]


def test_it_is_built_once(tmp_path):
    first = built(tmp_path, 300)
    made = first.persons.stat().st_mtime_ns
    assert built(tmp_path, 300) == first
    assert first.persons.stat().st_mtime_ns == made
