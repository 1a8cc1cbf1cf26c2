"""The columns of both files follow the questions of the programmes."""

import numpy as np
import pyarrow as pa
import pytest

from chengnuo.policies.programmes import programmes
from chengnuo.population.columns import columns
from chengnuo.population.synth.columns import asked, column, households_schema, kind, merged, persons_schema

EVERY = columns(programmes())


def test_the_persons_have_every_column_of_the_format_and_no_other():
    assert set(persons_schema().names) == set(EVERY.of_persons)


def test_the_households_have_every_column_of_the_format_and_no_other():
    assert set(households_schema().names) == set(EVERY.of_households)


@pytest.mark.parametrize("name", sorted(merged()))
def test_a_fact_that_may_not_apply_has_a_column_that_says_so(name):
    assert (f"{name}_none" in persons_schema().names) == merged()[name].perhaps


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("born", pa.date32()),
        ("rural", pa.bool_()),
        ("children_ever", pa.int32()),
        ("first_claimed", pa.int32()),
        ("pension", pa.int64()),
        ("died_none", pa.bool_()),
    ],
)
def test_a_column_is_of_its_fact_s_type(name, wanted):
    assert persons_schema().field(name).type == wanted


def test_person_and_child_share_a_column_of_one_name():
    shared = set(asked()["person"]) & set(asked()["child"])
    assert {"born", "died", "certificate"} <= shared
    for name in shared:
        assert kind(asked()["person"][name]) == kind(asked()["child"][name])


@pytest.mark.parametrize(
    ("values", "known", "wanted", "said"),
    [
        ([1, 2], [True, False], pa.int32(), [1, None]),
        ([True, False], [False, True], pa.bool_(), [None, False]),
        ([1, 2], [True, True], pa.int64(), [1, 2]),
        ([5, 7], None, pa.int32(), [5, 7]),
    ],
)
def test_what_is_not_known_is_null(values, known, wanted, said):
    mask = None if known is None else np.array(known)
    assert column(np.array(values), mask, wanted).to_pylist() == said


def test_days_become_days():
    found = column(np.array([0, 20_000]), np.array([True, True]), pa.date32())
    assert [str(each) for each in found.to_pylist()] == ["1970-01-01", "2024-10-04"]
