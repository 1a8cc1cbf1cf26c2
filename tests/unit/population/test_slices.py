"""A population is cut into slices of whole households that fit into memory, from what its files say of themselves."""

from itertools import pairwise

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.population import slices
from chengnuo.population.matching import NotSorted
from chengnuo.population.slices import between, nulls, spans


@pytest.fixture
def file(tmp_path):
    """A file of households with these ids, so many in a row group."""

    def written(ids, rows=4, **how):
        table = pa.table({"household_id": ids, "place": ["42"] * len(ids)})
        pq.write_table(table, tmp_path / "households.parquet", row_group_size=rows, **how)
        return pq.ParquetFile(tmp_path / "households.parquet")

    return written


def covered(found):
    return [(each.group, each.start, each.stop) for each in found]


def test_a_row_group_that_fits_is_a_slice(file):
    found = slices.slices(file([1, 2, 5, 7, 8, 9]))
    assert covered(found) == [(0, 0, 4), (1, 0, 2)]
    assert [(each.begins, each.ends) for each in found] == [(None, 8), (8, None)]
    assert [(each.number, each.first, each.again) for each in found] == [(0, 0, False), (1, 4, False)]


def test_a_row_group_that_does_not_fit_is_cut(file, monkeypatch):
    monkeypatch.setattr(slices, "HOUSEHOLDS", 3)
    found = slices.slices(file([1, 2, 5, 7, 8, 9, 10], rows=7))
    assert covered(found) == [(0, 0, 3), (0, 3, 6), (0, 6, 7)]
    assert [(each.begins, each.ends) for each in found] == [(None, 7), (7, 10), (10, None)]


@settings(deadline=None)
@given(cuts=st.integers(1, 5), rows=st.integers(1, 6), ids=st.sets(st.integers(0, 1000), max_size=20).map(sorted))
def test_every_household_is_in_one_slice_and_the_bounds_meet(tmp_path_factory, cuts, rows, ids):
    path = tmp_path_factory.mktemp("cut") / "households.parquet"
    pq.write_table(pa.table({"household_id": pa.array(ids, pa.int64())}), path, row_group_size=rows)
    with pytest.MonkeyPatch.context() as patch, pq.ParquetFile(path) as opened:
        patch.setattr(slices, "HOUSEHOLDS", cuts)
        found = slices.slices(opened)
    assert sum(each.stop - each.start for each in found) == len(ids)
    assert [each.first for each in found] == [sum(e.stop - e.start for e in found[:n]) for n in range(len(found))]
    assert (found[0].begins, found[-1].ends) == (None, None)
    assert all(before.ends == after.begins for before, after in pairwise(found))


def test_the_same_id_at_a_cut_is_noticed(file, monkeypatch):
    assert [each.again for each in slices.slices(file([1, 2, 2, 3], rows=2))] == [False, True]
    monkeypatch.setattr(slices, "HOUSEHOLDS", 2)
    assert [each.again for each in slices.slices(file([1, 2, 2, 3], rows=4))] == [False, True]


def test_no_household_at_all_is_one_slice_without_bounds(file):
    (only,) = slices.slices(file(pa.array([], pa.int64())))
    assert only[:5] == (0, 0, 0, 0, 0)
    assert (only.begins, only.ends) == (None, None)


def test_texts_are_cut_as_numbers_are(file):
    found = slices.slices(file(["a", "b", "c", "é", "中"], rows=2))
    assert [(each.begins, each.ends) for each in found] == [(None, "c"), ("c", "中"), ("中", None)]


@pytest.mark.parametrize("ids", [[3, 4, 1, 2], [1, 9, 2, 3]])
def test_row_groups_out_of_order_have_to_be_sorted(file, ids):
    with pytest.raises(NotSorted):
        slices.slices(file(ids, rows=2))


def test_a_file_that_does_not_say_its_bounds_has_to_be_sorted(file):
    with pytest.raises(NotSorted):
        spans(file([1, 2], write_statistics=False))


def test_a_row_group_too_large_to_be_read_at_once_has_to_be_written_anew(file, monkeypatch):
    monkeypatch.setattr(slices, "LARGEST", 3)
    with pytest.raises(NotSorted):
        spans(file([1, 2, 3, 4]))


@pytest.mark.parametrize(("ids", "count"), [([1, None, 2, None, None], 3), ([1, 2], 0)])
def test_rows_without_an_id_are_counted_from_what_the_file_says(file, ids, count):
    assert nulls(file(pa.array(ids, pa.int64()), rows=2), "household_id") == count


def test_a_file_that_does_not_say_how_many_are_empty_says_none(file):
    assert nulls(file(pa.array([1, None]), write_statistics=False), "household_id") == 0


IDS = st.lists(st.integers(0, 20), max_size=12).map(sorted)


@settings(deadline=None)
@given(ids=IDS, begins=st.none() | st.integers(-1, 21), ends=st.none() | st.integers(-1, 21))
def test_ids_between_two_bounds(ids, begins, ends):
    if begins is not None and ends is not None and ends < begins:
        begins, ends = ends, begins
    start, stop = between(pa.chunked_array([pa.array(ids, pa.int64())]), begins, ends)
    wanted = [each for each in ids if (begins is None or each >= begins) and (ends is None or each < ends)]
    assert ids[start:stop] == wanted
