"""Populations in other forms, and results in them: what is read, what is written, in which order."""

import csv

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.population import csv_form, database, inputs, nested
from chengnuo.population.faults import Faults
from chengnuo.population.flat import Flat, Tables
from chengnuo.population.publishing import beside
from chengnuo.population.results import part, write
from chengnuo.population.trouble import Trouble
from tests.unit.population import made


def test_flat_files_are_read_by_slices_across_their_row_groups(tmp_path):
    people = [made.household(number, *[made.child(at) for at in range(number % 4)]) for number in range(30)]
    persons, households = made.tables(people)
    pq.write_table(persons, tmp_path / "persons.parquet", row_group_size=7)
    pq.write_table(households, tmp_path / "households.parquet", row_group_size=4)
    source = Flat(tmp_path / "households.parquet", tmp_path / "persons.parquet", made.COLUMNS)
    read = [source.read(each) for each in source.slices()]
    assert pa.concat_tables([each.households for each in read]).num_rows == 30
    assert [row["household_id"] for each in read for row in each.persons.to_pylist()] == persons[
        "household_id"
    ].to_pylist()
    assert all(
        set(each.persons["household_id"].to_pylist()) <= set(each.households["household_id"].to_pylist())
        for each in read
    )


def test_coded_ids_are_plain_again(tmp_path):
    persons, households = made.tables(
        [{**each, "household_id": f"h{each['household_id']}", "persons": []} for each in made.SOME]
    )
    coded = households.set_column(0, "household_id", households["household_id"].dictionary_encode())
    source = Flat(*reversed(made.written(tmp_path, persons, coded)), made.COLUMNS)
    assert source.read(source.slices()[0]).households["household_id"].type == pa.string()


def test_columns_that_nobody_asks_for_are_not_read(tmp_path):
    only = [each for each in made.PROGRAMMES if each.words.key == "childcare-subsidy"]
    known = made.columns(only, made.PROGRAMMES)
    source = Flat(*reversed(made.flat(tmp_path, made.SOME)), known)
    assert not source.faults
    assert "rural" not in source.read(source.slices()[0]).persons.column_names


PEOPLE = st.lists(st.integers(0, 3), max_size=6)


@settings(deadline=None)
@given(sizes=PEOPLE)
def test_a_population_is_nested_and_flat_again(sizes):
    people = [made.household(number, *[made.child(at) for at in range(size)]) for number, size in enumerate(sizes)]
    persons, households = made.tables(people)
    ends = np.cumsum(sizes, dtype=np.int64)
    read, again = nested.unnest(nested.nest(Tables(households, persons), ends))
    assert again.tolist() == ends.tolist()
    assert (read.households.to_pylist(), read.persons.to_pylist()) == (households.to_pylist(), persons.to_pylist())


def test_a_household_whose_list_is_empty_or_not_there_has_nobody():
    kind = pa.list_(pa.struct([("person_id", pa.int64()), ("role", pa.string())]))
    table = pa.table(
        {"household_id": [1, 2, 3], "persons": pa.array([None, [], [{"person_id": 4, "role": "child"}]], kind)}
    )
    read, ends = nested.unnest(table)
    assert ends.tolist() == [0, 0, 1]
    assert read.persons.to_pylist() == [{"household_id": 3, "person_id": 4, "role": "child"}]


@pytest.fixture
def text(tmp_path):
    """What is read of a CSV file of households, and what is wrong with it."""

    def read(said, encoding="utf-8"):
        (tmp_path / "households.csv").write_bytes(said.encode(encoding))
        faults = Faults()
        with database.opened(tmp_path) as connection:
            rows = csv_form.rows(
                connection, tmp_path / "households.csv", "households", made.COLUMNS, faults=faults, folder=tmp_path
            )
            return rows.columns, rows.fetchall(), faults

    return read


HEAD = "household_id,place,adults_complete,children_complete\n"


def test_ids_and_places_stay_as_they_are_written(text):
    _, rows, faults = text(HEAD + "007,042,true,false\n")
    assert rows == [("007", "042", True, False)]
    assert not faults


def test_an_empty_field_is_nothing(text):
    _, rows, _ = text(HEAD + '1,,true,\n2,"",true,\n')
    assert rows == [("1", None, True, None), ("2", None, True, None)]


def test_a_mark_of_the_encoding_at_the_begin_is_no_part_of_a_name(text):
    columns, _, _ = text(HEAD + "1,42,true,true\n", encoding="utf-8-sig")
    assert columns[0] == "household_id"


def test_quotation_marks_and_ends_of_lines_of_other_systems(text):
    _, rows, _ = text(HEAD.replace("\n", "\r\n") + '"1","42","true","true"\r\n')
    assert rows == [("1", "42", True, True)]


def test_another_encoding_is_said(text):
    with pytest.raises(Trouble, match=r"(?s)households\.csv cannot be read.*UTF-8"):
        text(HEAD + "户,42,true,true\n", encoding="gb18030")


def test_a_file_without_a_line_is_said(text):
    with pytest.raises(Trouble, match="cannot be read"):
        text("")


def test_columns_that_are_none_are_kept_to_be_reported(text):
    columns, _, _ = text("household_id,colour\n1,red\n")
    assert columns == ["household_id", "colour"]


def test_a_database_without_the_tables_is_said(tmp_path):
    with duckdb.connect(str(tmp_path / "population.duckdb")) as connection:
        connection.execute("CREATE TABLE persons (household_id INTEGER)")
    with pytest.raises(Trouble, match=r"(?s)no table households.*persons and households"):
        inputs.in_order([tmp_path / "population.duckdb"], made.COLUMNS, tmp_path)


def test_a_database_is_only_read(tmp_path):
    files = made.as_database(tmp_path, made.SOME)
    before = files[0].read_bytes()
    made.ran(files, tmp_path / "out.parquet")
    assert files[0].read_bytes() == before


def test_rows_are_put_in_order_with_their_numbers_and_back(tmp_path):
    table = pa.table({"household_id": [3, 1, 2, 1], "said": list("abcd")})
    pq.write_table(table, tmp_path / "in.parquet")
    with database.opened(tmp_path) as connection:
        database.put_in_order(
            connection.from_parquet(str(tmp_path / "in.parquet")), "persons", tmp_path / "sorted.parquet"
        )
        assert "".join(row["said"] for row in made.read(tmp_path / "sorted.parquet")) == "bdca"
        database.put_back(connection, tmp_path / "sorted.parquet", tmp_path / "out.parquet")
    assert made.read(tmp_path / "out.parquet") == table.to_pylist()


@pytest.mark.parametrize(
    ("out", "name"), [("out.parquet", "out.households.parquet"), ("a.b.csv", "a.b.households.csv")]
)
def test_households_stand_beside_persons(tmp_path, out, name):
    assert beside(tmp_path / out, "persons") == tmp_path / out
    assert beside(tmp_path / out, "households") == tmp_path / name


def test_results_have_plain_types_and_no_mark_of_arrow(tmp_path):
    role = pa.array(["child", "person"]).dictionary_encode()
    rows = pa.table(
        {
            "household_id": [1, 1],
            "person_id": [1, 2],
            "role": role,
            "k.outcome": pa.array([1, None], pa.int8()),
            "k.amount": pa.array([5, None], pa.int64()),
        }
    )
    write(tmp_path, 7, [Tables(pa.table({"household_id": [1]}), rows)])
    schema = pq.read_schema(part(tmp_path, 7, "persons"))
    assert schema.types == [pa.int64(), pa.int64(), pa.string(), pa.int8(), pa.int64()]
    assert not schema.metadata
    assert not list(tmp_path.glob("*.new"))


def test_results_of_texts_as_ids(tmp_path):
    rows = pa.table({"household_id": ["a", "b"], "person_id": ["1", "2"], "role": ["child", "child"]})
    write(tmp_path, 0, [Tables(pa.table({"household_id": ["a", "b"]}), rows)])
    assert made.read(part(tmp_path, 0, "persons")) == rows.to_pylist()


def test_null_in_the_results_is_an_empty_field_of_csv(tmp_path):
    made.ran(made.flat(tmp_path, made.SOME[:1]), tmp_path / "out.csv")
    person, child = csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines())
    assert (person["role"], person["childcare-subsidy.outcome"], person["rural-incentive.outcome"]) == (
        "person",
        "",
        "1",
    )
    assert (child["role"], child["childcare-subsidy.outcome"], child["rural-incentive.outcome"]) == ("child", "1", "")
