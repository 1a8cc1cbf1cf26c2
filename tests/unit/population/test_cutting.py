"""A batch is cut by law and put together again: whoever stands beside a household changes nothing for it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.policies.loader import parameters
from chengnuo.population.cutting import chosen, determined, pieces
from chengnuo.population.laws import Laws
from chengnuo.population.scalar import Scalar
from tests.unit.population import made
from tests.unit.population.test_tally import a_batch, populations

LAWS = Laws(Scalar, made.PROGRAMMES, parameters(), made.ASKED)


def told(results, key):
    return list(zip(results[key].outcome.tolist(), results[key].amount.tolist(), strict=True))


@settings(deadline=None, max_examples=30)
@given(people=populations())
def test_each_household_alone_gets_what_it_gets_among_the_others(people):
    among = determined(a_batch(people), LAWS)
    alone = [determined(a_batch([each]), LAWS) for each in people]
    for key in among:
        assert told(among, key) == [row for each in alone for row in told(each, key)]


@settings(deadline=None, max_examples=30)
@given(people=populations(), data=st.data())
def test_some_chosen_households_get_what_they_get_among_all(people, data):
    whole = a_batch(people)
    numbers = data.draw(st.lists(st.integers(0, len(people) - 1), min_size=1, unique=True).map(sorted))
    some = determined(chosen(whole, np.array(numbers)), LAWS)
    again = determined(a_batch([people[number] for number in numbers]), LAWS)
    for key in some:
        assert told(some, key) == told(again, key)


@settings(deadline=None, max_examples=30)
@given(people=populations())
def test_the_pieces_hold_everybody_once(people):
    whole = a_batch(people)
    for entity, count in (("household", len(people)), *((role, len(rows)) for role, rows in whole.rows.items())):
        found = np.concatenate([np.arange(count)[piece.which[entity]] for piece in pieces(whole, LAWS)])
        assert sorted(found.tolist()) == list(range(count))


@pytest.mark.parametrize("order", [[1, 0, 2, 4, 3], [4, 3, 2, 1, 0]])
def test_the_order_of_households_changes_nothing(order):
    people = list(made.SOME)
    one, other = determined(a_batch(people), LAWS), determined(a_batch([people[at] for at in order]), LAWS)
    back = [order.index(at) for at in range(len(order))]
    key = "special-family-services"
    assert told(one, key) == [told(other, key)[at] for at in back]
