"""Persons are brought to their households; who is there twice, or belongs to none, is noted."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.population.faults import Faults
from chengnuo.population.matching import NotSorted, in_order, joined, numbered


def tables(households, persons, numbers=None, kind=None):
    """Two tables of these ids; persons are numbered as they come."""
    own = pa.table({"household_id": pa.array(households, kind)})
    numbers = list(range(len(persons))) if numbers is None else numbers
    return own, pa.table({"household_id": pa.array(persons, kind), "person_id": pa.array(numbers)})


def ends(households, persons, numbers=None, kind=None):
    faults = Faults()
    found = joined(*tables(households, persons, numbers, kind), faults)
    return found.tolist(), faults


SORTED = st.sets(st.integers(-50, 50), max_size=12).map(sorted)


@settings(deadline=None)
@given(households=SORTED, counts=st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_where_each_households_persons_end(households, counts):
    persons = [each for each, count in zip(households, counts, strict=False) for _ in range(count)]
    found, faults = ends(households, persons, kind=pa.int64())
    assert not faults
    assert found == np.cumsum(counts[: len(households)], dtype=int).tolist()


@pytest.mark.parametrize("apart", [1, 4, 5, 1000])
def test_ids_may_lie_close_together_or_far_apart(apart):
    found, faults = ends([apart * each for each in range(1, 5)], [apart, apart, apart * 3], kind=pa.int64())
    assert not faults
    assert found == [2, 2, 3, 3]


@settings(deadline=None)
@given(households=SORTED, counts=st.lists(st.integers(0, 3), min_size=12, max_size=12))
def test_of_texts_it_is_the_same(households, counts):
    texts = sorted(f"h{each}" for each in households)
    persons = [each for each, count in zip(texts, counts, strict=False) for _ in range(count)]
    found, faults = ends(texts, persons, kind=pa.string())
    assert not faults
    assert found == np.cumsum(counts[: len(texts)], dtype=int).tolist()


@settings(deadline=None)
@given(households=SORTED, persons=st.lists(st.integers(-50, 50), max_size=15).map(sorted), as_text=st.booleans())
def test_whoever_has_no_household_is_counted(households, persons, as_text):
    lost = sum(each not in households for each in persons)
    if as_text:
        households, persons = sorted(map(str, households)), sorted(map(str, persons))
    _, faults = ends(households, persons, kind=pa.string() if as_text else pa.int64())
    said = [row for row in faults.rows() if "no household" in str(row["what"])]
    assert sum(row["count"] for row in said) == lost


@settings(deadline=None)
@given(ids=st.lists(st.integers(0, 6), min_size=1, max_size=12).map(sorted), as_text=st.booleans())
def test_households_that_are_there_twice_are_counted(ids, as_text):
    own = [str(each) for each in ids] if as_text else ids
    _, faults = ends(own, [], kind=pa.string() if as_text else pa.int64())
    assert sum(row["count"] for row in faults.rows()) == len(ids) - len(set(ids))


@settings(deadline=None)
@given(persons=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=14), as_text=st.booleans())
def test_persons_that_are_there_twice_in_one_household_are_counted(persons, as_text):
    ordered = sorted(persons, key=lambda person: person[0])
    numbers = [f"p{number}" if as_text else number for _, number in ordered]
    _, faults = ends([0, 1, 2, 3], [each for each, _ in ordered], numbers or pa.array([], pa.int64()), kind=pa.int64())
    assert sum(row["count"] for row in faults.rows()) == len(persons) - len(set(persons))


@pytest.mark.parametrize(
    ("households", "persons"),
    [([2, 1], []), ([1, 2], [2, 1]), (["b", "a"], []), (["a", "b"], ["b", "a"]), ([1, 2], [2, 9, 1])],
)
def test_what_is_not_in_order_has_to_be_sorted(households, persons):
    with pytest.raises(NotSorted):
        ends(households, persons, kind=pa.string() if isinstance(households[0], str) else pa.int64())


def test_texts_as_numbers_keep_their_order_and_say_who_is_lost():
    own, theirs = numbered(pa.array(["a", "b", "b", "d"]), pa.array(["a", "b", "c", "d"]))
    assert own.tolist() == [0, 1, 1, 3]
    assert theirs.tolist() == [0, 1, -1, 3]


def test_large_and_small_texts_are_one_kind():
    own, theirs = numbered(pa.array(["a", "b"], pa.large_string()), pa.array(["b"], pa.string()))
    assert (own.tolist(), theirs.tolist()) == ([0, 1], [1])


@pytest.mark.parametrize("ids", [[], [1], [1, 1], [1, 2, 2, 3]])
def test_in_order(ids):
    in_order(np.array(ids, dtype=np.int64))


def test_examples_name_households_and_not_persons():
    _, faults = ends([1, 2], [1, 1, 2, 2], [13, 13, 4, 4])
    (row,) = faults.rows()
    assert row["examples"] == ["household 1", "household 2"]
