"""The guard draws the same households whoever asks, and finds every result that is another one than the reference's."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.core.rules import Asked
from chengnuo.policies.loader import parameters
from chengnuo.population.batch import batch
from chengnuo.population.cutting import determined
from chengnuo.population.guard import Difference, Guard, Unguarded, compared, members, said
from chengnuo.population.laws import Laws
from chengnuo.population.scalar import Scalar
from tests.unit.population import made

PEOPLE = [
    made.household(number, made.adult(1), *[made.child(at) for at in range(2, 2 + number % 3)], place=["420526", "429006", None][number % 3])
    for number in range(12)
]  # fmt: skip
IDS = pa.chunked_array([[each["household_id"] for each in PEOPLE]])


@pytest.fixture(scope="module")
def laws():
    return Laws(Scalar, made.PROGRAMMES, parameters(), Asked(made.ASKED.day))


@pytest.fixture(scope="module")
def whole():
    persons, households = made.tables(PEOPLE)
    return batch(made.COLUMNS, households, persons, np.cumsum([len(each["persons"]) for each in PEOPLE]))


@settings(deadline=None)
@given(total=st.integers(0, 300), drawn=st.integers(0, 50), cut=st.integers(1, 60))
def test_in_however_many_pieces_the_same_are_drawn(total, drawn, cut):
    guard = Guard("seed", total, None, drawn)
    pieces = [first + guard.among(first, cut) for first in range(0, total, cut)]
    found = [number for piece in pieces for number in piece.tolist()]
    assert found == sorted(set(found))
    assert len(found) == min(drawn, total)
    assert all(0 <= number < total for number in found)


def test_another_input_draws_others():
    first, again, other = (Guard(seed, 10_000, None, 100).among(0, 10_000).tolist() for seed in ("a", "a", "b"))
    assert first == again != other


def test_it_draws_ten_thousand_by_itself():
    assert len(Guard("seed", 50_000, None).among(0, 50_000)) == 10_000


def test_where_nothing_differs_nothing_is_found(laws, whole):
    assert compared(whole, np.arange(12), IDS, determined(whole, laws), reference=laws) == []
    assert compared(whole, np.arange(0), IDS, {}, reference=laws) == []


@pytest.mark.parametrize(
    "programme", ["childcare-subsidy", "rural-incentive", "special-family-services", "tianmen-birth-grant"]
)
@pytest.mark.parametrize("part", ["outcome", "amount"])
def test_one_result_that_differs_is_found_with_its_household(laws, whole, programme, part):
    found = determined(whole, laws)
    last = getattr(found[programme], part)
    last[-1] += 1
    household = 11  # the last household has a child too
    (difference,) = compared(whole, np.arange(12), IDS, found, reference=laws)
    assert (difference.household, difference.programme) == (str(household), programme)
    assert difference.found != difference.expected


def test_what_was_not_drawn_is_not_looked_at(laws, whole):
    found = determined(whole, laws)
    found["childcare-subsidy"].amount[-1] += 1
    assert compared(whole, np.arange(11), IDS, found, reference=laws) == []


def test_households_with_each_of_their_members(whole):
    assert members(whole, "household", np.array([3, 5])) == [(3, 3), (5, 5)]
    assert members(whole, "person", np.array([3, 5])) == [(3, 3), (5, 5)]
    assert members(whole, "child", np.array([0, 1, 2])) == [(1, 0), (2, 1), (2, 2)]


def test_a_result_is_said_in_words(laws, whole):
    assert said(determined(whole, laws)["childcare-subsidy"], 0) == "entitled, 360,000"


def test_the_report_names_opaque_ids_and_ends():
    many = [Difference(str(number), "key", "entitled, 1", "not entitled, 0") for number in range(1200)]
    told = str(Unguarded(many)).splitlines()
    assert told[0].startswith("1,200 results are not what the scalar evaluator gives. Nothing was written.")
    assert told[1] == "- household 0, key: entitled, 1; expected not entitled, 0"
    assert len(told) == 11
