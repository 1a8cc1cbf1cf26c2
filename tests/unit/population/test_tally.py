"""Counting by programme and place comes to what counting one by one comes to."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.core.rules import Asked
from chengnuo.policies.loader import parameters
from chengnuo.population.batch import batch
from chengnuo.population.cutting import determined
from chengnuo.population.laws import Laws
from chengnuo.population.scalar import Scalar
from chengnuo.population.tally import add, tally
from tests.unit.population import made

PLACES = [None, "42", "4205", "420526", "420526001", "420526001002", "429006", "110101"]
LAWS = Laws(Scalar, made.PROGRAMMES, parameters(), Asked(made.ASKED.day))


def a_batch(people):
    persons, households = made.tables(people)
    return batch(
        made.COLUMNS, households, persons, np.cumsum([len(each["persons"]) for each in people], dtype=np.int64)
    )


@st.composite
def populations(draw):
    found = []
    for number in range(draw(st.integers(1, 6))):
        children = [
            made.child(at, chinese=draw(st.sampled_from([True, False, None]))) for at in range(draw(st.integers(0, 2)))
        ]
        adults = [made.adult(10 + at, rural=draw(st.booleans())) for at in range(draw(st.integers(0, 2)))]
        found.append(made.household(number, *children, *adults, place=draw(st.sampled_from(PLACES))))
    return found


@settings(deadline=None, max_examples=30)
@given(people=populations(), digits=st.sampled_from([2, 4, 6, 9]))
def test_it_is_what_counting_one_by_one_comes_to(people, digits):
    whole = a_batch(people)
    found = tally(made.PROGRAMMES, whole, determined(whole, LAWS), digits)
    counts, amounts = Counter(), Counter()
    for each in people:
        place = "" if each["place"] is None else each["place"][:digits]
        for key, result in determined(a_batch([each]), LAWS).items():
            counts.update((key, place, int(outcome)) for outcome in result.outcome)
            amounts[key, place] += int(result.amount.sum())
    told = {(key, place): row for key, places in found.items() for place, row in places.items()}
    assert {
        (*where, outcome): row[outcome] for where, row in told.items() for outcome in range(3) if row[outcome]
    } == dict(counts)
    assert all(row[3] == amounts[where] for where, row in told.items())


@pytest.mark.parametrize("digits", [2, 4, 6, 9])
def test_a_place_that_says_less_than_is_counted_by_keeps_its_own_line(digits):
    whole = a_batch([made.household(n, made.child(1), place=place) for n, place in enumerate(PLACES)])
    found = tally(made.PROGRAMMES, whole, determined(whole, LAWS), digits)["childcare-subsidy"]
    assert set(found) == {"" if place is None else place[:digits] for place in PLACES}
    assert sum(row[1] for row in found.values()) == len(PLACES)


def test_households_are_counted_where_the_programme_is_about_them():
    whole = a_batch([made.household(1, place="42"), made.household(2, made.adult(1), made.adult(2), place="42")])
    found = tally(made.PROGRAMMES, whole, determined(whole, LAWS), 2)
    assert found["special-family-services"] == {"42": [2, 0, 0, 0]}
    assert sum(found["rural-incentive"]["42"][:3]) == 2


def test_amounts_beyond_what_a_float_holds_are_exact():
    whole = a_batch([made.household(number, made.child(1), place="42") for number in range(3)])
    found = determined(whole, LAWS)
    found["childcare-subsidy"].amount[:] = 2**53 + 1
    assert tally(made.PROGRAMMES, whole, found, 2)["childcare-subsidy"]["42"][3] == 3 * (2**53 + 1)


@settings(deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("ab"),
            st.dictionaries(st.sampled_from("xy"), st.lists(st.integers(0, 9), min_size=4, max_size=4)),
        ),
        max_size=5,
    )
)
def test_slices_may_be_added_in_any_order(tallies):
    one, other = {}, {}
    for each in tallies:
        add(one, each)
    for each in reversed(tallies):
        add(other, each)
    assert one == other
