"""Columns are looked at before any row: what is missing, not known, or of another type is said at once."""

import pyarrow as pa
import pytest

from chengnuo.population import schema
from chengnuo.population.faults import Faults
from tests.unit.population import made

PERSONS, HOUSEHOLDS = (table.schema for table in made.tables(made.SOME))


def with_type(told, name, kind):
    return told.set(told.get_field_index(name), pa.field(name, kind))


def of_persons(told):
    faults = Faults()
    return schema.of_persons(made.COLUMNS, told, faults), faults


FITS = [
    ("person_id", pa.int32()), ("person_id", pa.uint32()), ("person_id", pa.large_string()), ("person_id", pa.dictionary(pa.int8(), pa.string())),
    ("role", pa.dictionary(pa.int32(), pa.string())), ("role", pa.large_string()),
    ("children_living", pa.int8()), ("children_living", pa.int32()), ("children_living", pa.null()),
    ("born", pa.null()), ("rural", pa.null()),
]  # fmt: skip
DOES_NOT = [
    ("person_id", pa.float64(), "int64 or string"), ("person_id", pa.uint64(), "int64 or string"), ("person_id", pa.binary(), "int64 or string"),
    ("person_id", pa.null(), "int64 or string"), ("role", pa.int8(), "string"), ("role", pa.null(), "string"),
    ("born", pa.timestamp("ms"), "date32"), ("born", pa.date64(), "date32"), ("born", pa.int32(), "date32"), ("born", pa.string(), "date32"),
    ("rural", pa.int8(), "bool"), ("rural", pa.string(), "bool"), ("died_none", pa.int64(), "bool"),
    ("children_living", pa.float32(), "int32 or int64"), ("children_living", pa.decimal128(5, 0), "int32 or int64"),
    ("children_living", pa.bool_(), "int32 or int64"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), FITS, ids=str)
def test_a_type_that_fits(name, kind):
    names, faults = of_persons(with_type(PERSONS, name, kind))
    assert not faults
    assert names == PERSONS.names


@pytest.mark.parametrize(("name", "kind", "instead"), DOES_NOT, ids=str)
def test_a_type_that_does_not_fit_is_not_read(name, kind, instead):
    names, faults = of_persons(with_type(PERSONS, name, kind))
    assert name not in names
    assert [(row["where"], row["instead"]) for row in faults.rows()] == [(f"persons, {name}", instead)]


@pytest.mark.parametrize("name", ["household_id", "person_id", "role"])
def test_what_every_person_has_may_not_be_missing(name):
    _, faults = of_persons(PERSONS.remove(PERSONS.get_field_index(name)))
    assert [(row["where"], row["what"]) for row in faults.rows()] == [(f"persons, {name}", "is missing")]


def test_a_fact_may_be_missing():
    _, faults = of_persons(PERSONS.remove(PERSONS.get_field_index("born")))
    assert not faults


@pytest.mark.parametrize("name", ["household_id", "place", "adults_complete", "children_complete"])
def test_what_every_household_has_may_not_be_missing(name):
    faults = Faults()
    schema.of_households(made.COLUMNS, HOUSEHOLDS.remove(HOUSEHOLDS.get_field_index(name)), faults)
    assert [(row["where"], row["what"]) for row in faults.rows()] == [(f"households, {name}", "is missing")]


PERSONAL = [
    "name",
    "Name",
    "full_name",
    "姓名",
    "孩子姓名",
    "身份证",
    "身份證號碼",
    "id_card",
    "id_no",
    "id_number",
    "identity",
    "phone",
    "Mobile",
    "telephone",
    "手机号",
    "電話",
    "address",
    "家庭住址",
    "bank_account",
    "卡号",
]


@pytest.mark.parametrize("name", PERSONAL)
def test_a_column_that_tells_who_somebody_is(name):
    _, faults = of_persons(PERSONS.append(pa.field(name, pa.string())))
    assert [row["what"] for row in faults.rows()] == ["tells who somebody is"]


@pytest.mark.parametrize(
    ("name", "near"),
    [("bron", "born"), ("Born", "born"), ("children_livin", "children_living or children_ever"), ("xyzzy", "none")],
)
def test_a_column_that_was_misspelt_is_told_what_was_meant(name, near):
    _, faults = of_persons(PERSONS.append(pa.field(name, pa.string())))
    (row,) = faults.rows()
    assert (row["what"], row["instead"]) == ("is no column of a population", near)


def test_no_column_of_a_population_is_taken_for_one_that_tells_who_somebody_is():
    known = (*made.COLUMNS.of_persons, *made.COLUMNS.of_households)
    assert not [name for name in known if schema.PERSONAL.search(name) and name not in {"household_id", "person_id"}]
