"""What somebody else's file says is data: nothing in it makes us read another file, or believe what is not so."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chengnuo.population import checks, nesting, slices, thrift, worker
from chengnuo.population.faults import Faulty
from chengnuo.population.matching import NotSorted
from chengnuo.population.thrift import Field
from chengnuo.population.trouble import NotDone, Trouble
from tests.unit.population import made


@pytest.fixture
def database(tmp_path):
    """A population in a database, and beside it a file that is nobody's business."""
    (path,) = made.as_database(tmp_path, made.SOME)
    (tmp_path / "secret.txt").write_text("the ring of keys")
    return path


def with_sql(path, *statements):
    with duckdb.connect(str(path)) as connection:
        for each in statements:
            connection.execute(each)
    return [path]


def test_a_view_in_place_of_a_table_is_not_asked(tmp_path, database):
    reads = f"CREATE VIEW persons AS SELECT content AS household_id FROM read_text('{tmp_path / 'secret.txt'}')"
    with pytest.raises(Trouble, match=r"(?s)has no table persons.*no views"):
        made.ran(with_sql(database, "DROP TABLE persons", reads), tmp_path / "out.parquet")


def test_what_a_database_makes_its_reader_do_reaches_no_other_file(tmp_path, database):
    """A macro of the file's own answers for what is counted on to list its tables."""
    lists = f"(SELECT content AS table_name, 'main' AS schema_name FROM read_text('{tmp_path / 'secret.txt'}'))"
    with pytest.raises(Trouble, match=r"(?s)cannot be read.*disabled"):
        made.ran(with_sql(database, f"CREATE MACRO duckdb_tables() AS TABLE {lists}"), tmp_path / "out.parquet")


def test_a_database_is_read_into_a_folder_that_is_named_from_here(tmp_path, database, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = (tmp_path / "out.parquet").relative_to(tmp_path)
    made.ran([database.relative_to(tmp_path)], out)
    assert made.read(out) == made.expected(made.SOME)[0]


EIGHT = [made.household(number, made.child(1), place="420526") for number in range(8)]
GROUPS, COLUMNS, METADATA, STATISTICS, BOUNDS = 4, 1, 3, 12, (1, 2, 5, 6)


def lying(path, group, least, most):
    """The footer says that the ids of a row group lie between these."""
    data = path.read_bytes()
    end = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    told = thrift.Reader(data[end:-8]).struct()
    said = told[GROUPS].value.values[group][COLUMNS].value.values[0][METADATA].value[STATISTICS].value
    for number, value in zip(BOUNDS, (most, least, most, least), strict=True):
        if number in said:
            said[number] = Field(said[number].kind, value.to_bytes(8, "little"))
    footer = thrift.struct(told)
    path.write_bytes(data[:end] + footer + len(footer).to_bytes(4, "little") + b"PAR1")


def test_nobody_is_lost_to_bounds_that_a_file_states_falsely(tmp_path, monkeypatch):
    monkeypatch.setattr(slices, "HOUSEHOLDS", 4)
    persons, households = made.flat(tmp_path, EIGHT, rows=2)
    lying(persons, 2, 3, 3)
    said = "persons: 2 × is not where the file's own statistics say"
    with pytest.raises(Faulty, match=said):
        made.ran([persons, households], tmp_path / "out.parquet")
    with pytest.raises(Faulty, match=said):
        nesting.write([persons, households], made.PROGRAMMES, tmp_path / "nested.parquet")
    assert {path.name for path in tmp_path.iterdir()} == {"persons.parquet", "households.parquet"}


def test_a_household_that_is_there_twice_is_found_behind_false_bounds(tmp_path):
    people = [EIGHT[number] for number in (0, 1, 6, 7, 6, 7)]
    persons, households = made.flat(tmp_path, people, rows=2)
    lying(households, 1, 2, 3)
    lying(persons, 1, 2, 3)
    with pytest.raises(Faulty, match="households, household_id: 2 × is there twice"):
        made.ran([persons, households], tmp_path / "out.parquet")


LONG = "1" * 20_000


def many(tmp_path, *, order=1, **how):
    """A few kilobytes that hold the same long id for each of many households."""
    ids = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000 + [1], pa.int32()), pa.array([LONG, "2"][::order]))
    persons, households = made.tables([made.household(LONG, made.child("1"))])
    households = pa.table(
        {"household_id": ids} | {name: pa.repeat(households[name][0], len(ids)) for name in households.column_names[1:]}
    )
    files = made.written(tmp_path, persons, households)
    pq.write_table(households, files[1], **how)
    assert files[1].stat().st_size < 100_000
    return files


WAYS = {
    "in order": {},
    "to be sorted": {"order": -1},
    "by what differs from the last": {"use_dictionary": False, "column_encoding": {"household_id": "DELTA_BYTE_ARRAY"}},
}


@pytest.mark.parametrize("how", WAYS.values(), ids=WAYS)
def test_a_few_bytes_that_hold_long_ids_do_not_fill_the_memory(tmp_path, monkeypatch, how):
    files, held, write = many(tmp_path, **how), [], checks.looked_through

    def looked_through(columns, *read):
        held.append(sum(table.nbytes for table in read))
        return write(columns, *read)

    monkeypatch.setattr(worker, "looked_through", looked_through)
    with pytest.raises(NotDone, match=r"household_id: .* looks like a text of more than 64 characters|Out of Memory"):
        made.ran(files, tmp_path / "out.parquet")
    assert not [each for each in held if each > 5_000_000]


def test_a_row_group_of_too_many_bytes_is_not_read_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(slices, "BYTES", 10)
    with pytest.raises(NotSorted):
        slices.spans(pq.ParquetFile(made.flat(tmp_path, EIGHT)[0]))
