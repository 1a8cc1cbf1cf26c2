"""Places that no parameter tells apart stand under one law; a batch is cut by law and put together again."""

from datetime import date

import numpy as np
import pytest

from chengnuo.core.rules import Asked
from chengnuo.policies.law_places import told_apart
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.population.batch import batch
from chengnuo.population.cutting import chosen, determined, pieces
from chengnuo.population.laws import Laws
from chengnuo.population.scalar import Scalar
from tests.unit.population import made

WARDS = [each for each in programmes() if each.words.key == "yichang-kindergarten-grant"]


@pytest.fixture
def laws():
    return Laws(Scalar, made.PROGRAMMES, parameters(), Asked(date(2026, 12, 31)))


def a_batch(people):
    persons, households = made.tables(people)
    ends = np.cumsum([len(each["persons"]) for each in people])
    return batch(made.COLUMNS, households, persons, ends)


def test_only_places_that_a_parameter_of_the_programmes_names_count():
    assert told_apart(made.PROGRAMMES, parameters()) == ("4205", "429006")
    childcare = [each for each in made.PROGRAMMES if each.words.key == "childcare-subsidy"]
    assert told_apart(childcare, parameters()) == ()


def test_places_under_one_law_share_it(laws):
    assert laws.number("420526001001") == laws.number("4205") == laws.number("420581")
    assert laws.number("110101") == laws.number("11") == laws.number("421088")
    assert len({laws.number(place) for place in ("420526", "429006001", "110101", "42", None)}) == 5
    wards = Laws(Scalar, WARDS, parameters(), Asked(date(2026, 12, 31)))
    assert len({wards.number(place) for place in ("4205", "420506", "420526", "42")}) == 4


def test_an_evaluator_is_made_once(laws):
    assert laws.evaluator(laws.number("420526")) is laws.evaluator(laws.number("420506"))


def test_a_batch_is_cut_by_law_and_put_together_in_its_order(laws):
    people = [
        made.household(n, made.child(1), place=place) for n, place in enumerate(("429006", None, "42", "429006", "42"))
    ]
    whole = a_batch(people)
    assert sorted(piece.block.households for piece in pieces(whole, laws)) == [1, 2, 2]
    found = determined(whole, laws)
    one_by_one = [determined(a_batch([each]), laws) for each in people]
    for key, result in found.items():
        assert result.outcome.tolist() == [outcome for each in one_by_one for outcome in each[key].outcome]
        assert result.amount.tolist() == [amount for each in one_by_one for amount in each[key].amount]
    assert found["tianmen-birth-grant"].outcome.tolist() == [2, 2, 2, 2, 2]


def test_a_batch_under_one_law_is_one_block(laws):
    (piece,) = pieces(a_batch([made.household(n, made.child(1), made.adult(2)) for n in range(3)]), laws)
    assert piece.block.offsets["child"].tolist() == [0, 1, 2, 3]


def test_some_households_of_a_batch(laws):
    whole = a_batch([*made.SOME, made.household(20, made.child(1), made.child(2), made.adult(3))])
    few = chosen(whole, np.array([0, 2, 5]))
    assert few.households == 3
    assert {role: len(rows) for role, rows in few.rows.items()} == {"person": 3, "child": 4}
    found, every = determined(few, laws), determined(whole, laws)
    rows = np.isin(whole.rows["child"], few.rows["child"])
    assert found["childcare-subsidy"].amount.tolist() == every["childcare-subsidy"].amount[rows].tolist()
    assert (
        found["special-family-services"].outcome.tolist()
        == every["special-family-services"].outcome[[0, 2, 5]].tolist()
    )


def test_incomplete_households_are_said_and_complete_ones_cost_nothing():
    assert a_batch(made.SOME[:1]).partly == {}
    assert a_batch(made.SOME).partly["person"].tolist() == [False, False, False, False, True]
    unknown = a_batch([made.household(1, adults_complete=None)])
    assert unknown.partly["person"].tolist() == [True]


def test_what_does_not_apply_is_known_and_what_is_null_is_not():
    people = [
        made.household(
            1, made.child(1), made.child(2, died_none=None), made.child(3, died_none=False, died=date(2026, 1, 1))
        )
    ]
    died = a_batch(people).people["child"]["died"]
    assert (died.known.tolist(), died.absent.tolist()) == ([True, False, True], [True, False, False])
    assert died.values[2] == date(2026, 1, 1).toordinal()


def test_facts_that_only_the_other_role_has_are_not_given():
    whole = a_batch(made.SOME)
    assert "chinese" not in whole.people["person"]
    assert {role: len(people["born"].values) for role, people in whole.people.items()} == {"person": 3, "child": 3}
