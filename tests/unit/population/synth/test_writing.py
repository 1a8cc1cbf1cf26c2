"""The two files: one row a household, one a person, in the format of populations, and marked as made up."""

from datetime import date

import pyarrow.parquet as pq
import pytest

from chengnuo.population.synth.columns import households_schema, persons_schema
from chengnuo.population.synth.population import Wanted, population
from chengnuo.population.synth.writing import FICTIONAL, HOUSEHOLDS, PERSONS, write

WANTED = Wanted(persons=11_000, seed=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synth") / "made" / "here"
    assert write(folder, population(WANTED, piece=1_000), WANTED.told)[1] == WANTED.persons
    return folder


@pytest.fixture(scope="module")
def persons(folder):
    return pq.read_table(folder / PERSONS)


def test_the_columns_are_those_of_the_format(folder, persons):
    assert persons.schema.equals(persons_schema())
    assert pq.read_table(folder / HOUSEHOLDS).schema.equals(households_schema())


@pytest.mark.parametrize("file", [PERSONS, HOUSEHOLDS])
def test_each_file_says_that_it_is_made_up_and_how(folder, file):
    said = {key.decode(): value.decode() for key, value in pq.read_schema(folder / file).metadata.items()}
    assert said["fictional"] == FICTIONAL
    assert (said["seed"], said["year"], said["persons"]) == ("2", "2026", "11000")


def test_persons_stand_in_the_order_of_their_households(folder, persons):
    households = pq.read_table(folder / HOUSEHOLDS)["household_id"].to_pylist()
    theirs = persons["household_id"].to_pylist()
    assert households == sorted(set(households))
    assert theirs == sorted(theirs)
    assert set(theirs) <= set(households)


def test_a_person_is_numbered_within_the_household(persons):
    pairs = list(zip(persons["household_id"].to_pylist(), persons["person_id"].to_pylist(), strict=True))
    assert len(set(pairs)) == len(pairs)
    assert min(number for _, number in pairs) == 1


def test_what_is_not_asked_of_a_role_is_empty(persons):
    roles = persons["role"].to_pylist()
    for name, other in (("which_child", "person"), ("rural", "child")):
        assert all(value is None for value, role in zip(persons[name].to_pylist(), roles, strict=True) if role == other)


def test_a_value_and_that_there_is_none_are_never_both_said(persons):
    for name in ("died", "child_grade", "first_claimed"):
        both = zip(persons[name].to_pylist(), persons[f"{name}_none"].to_pylist(), strict=True)
        assert not [value for value, none in both if none and value is not None]


def test_days_are_days(persons):
    born = [day for day in persons["born"].to_pylist() if day is not None]
    assert date(1915, 1, 1) < min(born) < max(born) <= date(2026, 12, 31)


def test_the_same_seed_writes_the_same_files(folder, tmp_path):
    write(tmp_path, population(WANTED, piece=900), WANTED.told)
    for file in (PERSONS, HOUSEHOLDS):
        assert pq.read_table(tmp_path / file).equals(pq.read_table(folder / file))


def test_what_fails_while_a_piece_is_made_is_raised(tmp_path):
    def pieces():
        yield from population(Wanted(persons=50))
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        write(tmp_path, pieces(), {})


def test_a_population_may_be_empty(tmp_path):
    assert write(tmp_path, [], {}) == (0, 0)
    assert pq.read_table(tmp_path / PERSONS).schema.equals(persons_schema())


def test_each_piece_is_a_row_group_of_both_files(tmp_path):
    """Whoever reads row group by row group reads whole households."""
    write(tmp_path, population(Wanted(persons=3_000), piece=400), {})
    persons, households = (pq.ParquetFile(tmp_path / name) for name in (PERSONS, HOUSEHOLDS))
    assert persons.num_row_groups == households.num_row_groups > 2
    for group in range(persons.num_row_groups):
        own = set(households.read_row_group(group, ["household_id"])["household_id"].to_pylist())
        theirs = set(persons.read_row_group(group, ["household_id"])["household_id"].to_pylist())
        assert theirs <= own
