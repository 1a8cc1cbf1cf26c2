"""Parquet files are joined without being read, and every reader finds in the whole what stood in the parts."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.population import thrift
from chengnuo.population.joining import join
from chengnuo.population.thrift import BINARY, LIST, STRUCT, Field, Items

WAYS = [
    {}, {"compression": "lz4", "use_dictionary": ["b"]}, {"compression": "zstd", "write_page_index": True},
    {"use_dictionary": False, "column_encoding": {"a": "DELTA_BINARY_PACKED"}, "store_schema": False},
]  # fmt: skip


def parts(count, rows):
    return [
        pa.table({"a": pa.array(range(n * 1000, n * 1000 + rows + n), pa.int64()), "b": pa.array([None if i % 3 else f"t{n}" for i in range(rows + n)], pa.string())})
        for n in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize(("count", "rows"), [(1, 5), (2, 0), (3, 7), (20, 50)])
def test_the_whole_is_what_the_parts_were(tmp_path, how, count, rows):
    tables = parts(count, rows)
    paths = [tmp_path / f"{number}.parquet" for number in range(count)]
    for path, table in zip(paths, tables, strict=True):
        pq.write_table(table, path, row_group_size=20, **how)
    join(paths, tmp_path / "whole.parquet")
    wanted = pa.concat_tables(tables)
    assert pq.read_table(tmp_path / "whole.parquet").equals(wanted)
    with duckdb.connect() as connection:
        rows_found = connection.from_parquet(str(tmp_path / "whole.parquet")).order("a").fetchall()
    assert rows_found == [tuple(row.values()) for row in wanted.to_pylist()]
    with pq.ParquetFile(tmp_path / "whole.parquet") as file:
        assert file.metadata.num_rows == len(wanted)
        assert file.num_row_groups == sum(pq.ParquetFile(path).num_row_groups for path in paths)


WHOLE = st.integers(-(2**63), 2**63 - 1).map(lambda value: Field(6, value))
SIMPLE = (
    WHOLE
    | st.booleans().map(lambda value: Field(1 if value else 2, value))
    | st.binary(max_size=200).map(lambda value: Field(BINARY, value))
)
NUMBERS = st.lists(st.integers(-(2**31), 2**31), max_size=20).map(lambda values: Field(LIST, Items(5, values)))
STRUCTS = st.recursive(
    st.dictionaries(st.integers(1, 300), SIMPLE | NUMBERS, max_size=5),
    lambda inner: st.dictionaries(
        st.integers(1, 300), inner.map(lambda value: Field(STRUCT, value)) | st.lists(inner, max_size=17).map(lambda each: Field(LIST, Items(STRUCT, each))), max_size=3
    ),
    max_leaves=5,
)  # fmt: skip


@settings(deadline=None)
@given(fields=STRUCTS)
def test_what_is_written_is_read_again(fields):
    assert thrift.Reader(thrift.struct(fields)).struct() == fields
