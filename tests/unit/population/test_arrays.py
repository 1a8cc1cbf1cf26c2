"""Arrow and NumPy by their common memory give what Arrow's own ways give."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.population.arrays import arrow, known_of, true_in, truths, whole

KINDS = {np.int8: pa.int8(), np.int32: pa.int32(), np.int64: pa.int64(), np.bool_: pa.bool_()}
ROWS = st.lists(st.one_of(st.none(), st.integers(-100, 100)), max_size=40)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(deadline=None)
@given(rows=ROWS)
def test_an_array_with_holes_is_the_one_that_arrow_makes(kind, rows):
    values = np.array([each or 0 for each in rows]).astype(kind)
    known = np.array([each is not None for each in rows], dtype=bool)
    made = arrow(values, known)
    made.validate(full=True)
    assert made.type == KINDS[kind]
    assert made.to_pylist() == [None if each is None else kind(each).item() for each in rows]
    assert made.null_count == rows.count(None)


@settings(deadline=None)
@given(rows=ROWS, step=st.sampled_from([1, 2, -1]))
def test_what_is_no_whole_piece_of_memory_is_taken_by_its_values(rows, step):
    values = np.array([each or 0 for each in rows], dtype=np.int64)[::step]
    assert arrow(values).to_pylist() == values.tolist()


@settings(deadline=None)
@given(rows=ROWS, begin=st.integers(0, 20), count=st.integers(0, 20))
def test_there_and_back_from_the_middle(rows, begin, count):
    values = np.array([each or 0 for each in rows], dtype=np.int64)
    known = np.array([each is not None for each in rows], dtype=bool)
    part = arrow(values, known).slice(begin, count)
    there = known_of(part)
    assert (np.ones(len(part), bool) if there is None else there).tolist() == known[begin : begin + count].tolist()
    assert whole(part, 7).tolist() == [7 if each is None else each for each in rows[begin : begin + count]]


@settings(deadline=None)
@given(rows=st.lists(st.sampled_from([True, False, None]), max_size=40), begin=st.integers(0, 20))
def test_truths_from_the_middle(rows, begin):
    part = pa.array(rows, pa.bool_()).slice(begin)
    assert true_in(part).tolist() == [each is True for each in rows[begin:]]
    assert len(truths(part)) == len(part)
