"""Columns of a file as arrays: whatever piece of it, with what is unknown and what does not apply."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.population.arrays import coded, known_of, numbers, one, true_in, truths
from chengnuo.population.batch import batch, column
from chengnuo.population.columns import FactColumn
from tests.unit.population import made

PIECE = st.tuples(st.integers(0, 12), st.integers(0, 12))
DAYS = st.dates()


def piece(values, kind, bounds):
    """A part of an array, as a reader hands it on: it begins in the middle of a byte."""
    return pa.array(values, kind).slice(*bounds)


@settings(deadline=None)
@given(values=st.lists(st.none() | st.booleans(), max_size=30), bounds=PIECE)
def test_truths(values, bounds):
    array = piece(values, pa.bool_(), bounds)
    wanted = array.to_pylist()
    assert true_in(array).tolist() == [each is True for each in wanted]
    known = known_of(array)
    assert (np.ones(len(array), bool) if known is None else known).tolist() == [each is not None for each in wanted]
    assert [value for value, each in zip(truths(array).tolist(), wanted, strict=True) if each is not None] == [
        each for each in wanted if each is not None
    ]


@pytest.mark.parametrize("kind", [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint32()])
@settings(deadline=None)
@given(values=st.lists(st.none() | st.integers(0, 100), max_size=30), bounds=PIECE)
def test_whole_numbers_of_any_width(kind, values, bounds):
    array = piece(values, kind, bounds)
    found = numbers(array, "count")
    assert found.dtype == np.int64
    assert [value for value, each in zip(found.tolist(), array.to_pylist(), strict=True) if each is not None] == [
        each for each in array.to_pylist() if each is not None
    ]


@settings(deadline=None)
@given(values=st.lists(st.none() | DAYS, max_size=30), bounds=PIECE)
def test_days_count_as_python_counts_them(values, bounds):
    array = piece(values, pa.date32(), bounds)
    found = numbers(array, "day")
    assert [
        date.fromordinal(day) for day, each in zip(found.tolist(), array.to_pylist(), strict=True) if each is not None
    ] == [each for each in array.to_pylist() if each is not None]


@settings(deadline=None)
@given(
    values=st.lists(st.none() | st.sampled_from(["a", "b", "中"]), max_size=30),
    pieces=st.integers(1, 3),
    dictionary=st.booleans(),
)
def test_texts_as_numbers(values, pieces, dictionary):
    chunks = [pa.array(values[at::pieces], pa.string()) for at in range(pieces)]
    array = pa.chunked_array([each.dictionary_encode() if dictionary else each for each in chunks])
    found, texts = coded(array)
    assert [texts[number] for number in found.tolist()] == array.to_pylist()


def test_a_column_in_pieces_becomes_one():
    found = one(pa.chunked_array([pa.array([1, 2]), pa.array([3])]))
    assert found.to_pylist() == [1, 2, 3]


def test_an_empty_column_in_no_piece():
    assert one(pa.chunked_array([], pa.int64())).to_pylist() == []


SAID = FactColumn("died", "day", perhaps=True, facts={})


@pytest.mark.parametrize(
    ("values", "none", "known", "absent"),
    [
        ([date(2020, 1, 1)], [None], None, None),
        ([date(2020, 1, 1)], [False], None, None),
        ([None], [True], [True], [True]),
        ([None], [False], [False], None),
        ([None], [None], [False], None),
        ([None, date(2020, 1, 1), None], [True, None, None], [True, True, False], [True, False, False]),
    ],
)
def test_what_is_unknown_and_what_does_not_apply(values, none, known, absent):
    table = pa.table({"died": pa.array(values, pa.date32()), "died_none": pa.array(none, pa.bool_())})
    found = column(SAID, table)
    assert (None if found.known is None else found.known.tolist()) == known
    assert (None if found.absent is None else found.absent.tolist()) == absent


def test_a_fact_whose_second_column_is_not_there_applies_to_everybody():
    found = column(SAID, pa.table({"died": pa.array([None, date(2020, 1, 1)], pa.date32())}))
    assert (found.known.tolist(), found.absent) == ([False, True], None)


def test_a_column_without_any_value_is_unknown_for_everybody():
    found = column(SAID, pa.table({"died": pa.nulls(3)}))
    assert found.known.tolist() == [False] * 3
    assert found.values.dtype == np.int64


def test_roles_and_where_their_members_begin():
    persons, households = made.tables(made.SOME)
    found = batch(made.COLUMNS, households, persons, np.array([2, 2, 4, 5, 6]))
    assert found.rows["person"].tolist() == [0, 3, 4]
    assert found.offsets["person"].tolist() == [0, 1, 1, 2, 3, 3]
    assert found.rows["child"].tolist() == [1, 2, 5]
    assert found.offsets["child"].tolist() == [0, 1, 1, 2, 2, 3]
    assert found.of_members("child", np.array([10, 20, 30, 40, 50])).tolist() == [10, 30, 50]


def test_places_are_numbers_of_codes():
    persons, households = made.tables(made.SOME)
    found = batch(made.COLUMNS, households, persons, np.array([2, 2, 4, 5, 6]))
    assert [found.codes[place] for place in found.places.tolist()] == [each["place"] for each in made.SOME]


def test_a_column_that_is_not_there_is_no_fact():
    persons, households = made.tables(made.SOME)
    found = batch(made.COLUMNS, households, persons.drop_columns(["rural"]), np.array([2, 2, 4, 5, 6]))
    assert "rural" not in found.people["person"]
