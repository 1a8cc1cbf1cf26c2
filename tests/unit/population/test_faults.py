"""Faults are counted by kind, with their first examples, however many batches and processes find them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.population.faults import Faults, Faulty

KIND = ("persons, role", "is no role", "person or child")
FOUND = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.lists(st.sampled_from("uvwxyz"), max_size=4)), max_size=8
)


def added(found):
    faults = Faults()
    for where, count, examples in found:
        faults.add(where, "what", "instead", count=count, examples=examples)
    return faults


@settings(deadline=None)
@given(found=FOUND, cut=st.integers(0, 8))
def test_in_pieces_they_come_to_the_same(found, cut):
    first, second = added(found[:cut]), added(found[cut:])
    first.join(second)
    whole = {row["where"]: row["count"] for row in added(found).rows()}
    assert {row["where"]: row["count"] for row in first.rows()} == whole
    assert whole == {where: sum(n for w, n, _ in found if w == where) for where in {w for w, n, _ in found if n}}


@settings(deadline=None)
@given(found=FOUND)
def test_as_rows_of_another_process_they_are_the_same(found):
    faults = added(found)
    again = Faults()
    for row in faults.rows():
        again.add(row["where"], row["what"], row["instead"], count=row["count"], examples=row["examples"])
    assert again.rows() == faults.rows()
    assert bool(again) is bool(faults) is any(count for _, count, _ in found)


def test_none_is_no_fault():
    faults = Faults()
    faults.add(*KIND, count=0, examples=["x"])
    assert not faults
    assert faults.rows() == []


def test_three_examples_are_enough_and_each_is_shown_once():
    faults = Faults()
    for examples in ("a", "ab", "abcd", "e"):
        faults.add(*KIND, count=len(examples), examples=examples)
    (row,) = faults.rows()
    assert (row["count"], row["examples"]) == (8, ["a", "b", "c"])


@pytest.mark.parametrize(
    ("examples", "line"),
    [
        ([], "- persons, role: 12,345 × is no role. Instead: person or child."),
        (["x", 7], "- persons, role: 12,345 × is no role (x, 7). Instead: person or child."),
    ],
)
def test_the_report_has_a_line_for_each_kind(examples, line):
    faults = Faults()
    faults.add(*KIND, count=12_345, examples=examples)
    assert faults.report().splitlines() == [
        "This population cannot be determined: 1 kind of fault. Nothing was written.",
        line,
    ]
    faults.add("households, place", "is no division code", "digits", count=1)
    assert faults.report().startswith("This population cannot be determined: 2 kinds of fault.")
    assert str(Faulty(faults)) == faults.report()
