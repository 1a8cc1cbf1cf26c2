"""A run gives for everybody what the scalar evaluator gives, whatever form the population has; and nothing where it is not so."""

import csv
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.population import engines, nesting, slices, worker
from chengnuo.population.scalar import Scalar
from chengnuo.population.trouble import Trouble
from tests.unit.population import made

DAYS = st.sampled_from(
    [date(1933, 1, 1), date(1964, 5, 1), date(1990, 2, 28), date(2022, 1, 1), date(2024, 2, 29), date(2026, 6, 1)]
)
VALUES = {"day": DAYS, "truth": st.booleans(), "year": st.integers(2023, 2027), "grade": st.integers(1, 4)}
PLACES = st.sampled_from([None, "42", "429006", "420526001001", "110101"])


def _within(column):
    return st.integers(column.least, min(column.least + 3, column.most))


@st.composite
def persons(draw, role):
    found = {"role": role}
    for column in made.COLUMNS.persons:
        if role in column.facts:
            none = column.perhaps and draw(st.booleans())
            found[f"{column.name}_none"] = none
            found[column.name] = None if none else draw(st.none() | VALUES.get(column.kind, _within(column)))
    return found


@st.composite
def populations(draw):
    """A few households with any answers, each with ids that are in order."""
    found = []
    for number in range(draw(st.integers(0, 5))):
        people = draw(st.lists(st.one_of(persons("person"), persons("child")), max_size=3))
        numbered = [{"person_id": at, **person} for at, person in enumerate(people)]
        complete = {name: draw(st.booleans()) for name in made.COLUMNS.complete.values()}
        found.append(made.household(number * 3, *numbered, place=draw(PLACES), **complete))
    return found


@pytest.fixture
def small_pieces(monkeypatch):
    """So small that even a few households are read in several slices and determined in several batches."""
    monkeypatch.setattr(slices, "HOUSEHOLDS", 2)
    monkeypatch.setattr(worker, "HOUSEHOLDS", 1)


SETTINGS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SETTINGS
@given(people=populations())
def test_any_population_gets_what_the_scalar_evaluator_gives(tmp_path, small_pieces, people):
    out = tmp_path / "out.parquet"
    made.ran(made.flat(tmp_path, people, rows=3), out)
    assert (made.read(out), made.read(tmp_path / "out.households.parquet")) == made.expected(people)


@settings(SETTINGS, max_examples=5)
@given(people=populations(), turn=st.randoms(use_true_random=False))
def test_in_any_form_and_any_order_the_same_comes_out_in_the_order_of_the_input(tmp_path, people, turn):
    turn.shuffle(people)
    out = tmp_path / "out.parquet"
    for files in (made.flat(tmp_path, people, rows=2), made.as_database(tmp_path, people)):
        made.ran(files, out)
        assert (made.read(out), made.read(tmp_path / "out.households.parquet")) == made.expected(people)
    made.ran(made.as_csv(tmp_path, people), out)
    as_text = [
        {**row, "household_id": int(row["household_id"]), "person_id": int(row["person_id"])} for row in made.read(out)
    ]
    assert as_text == made.expected(people)[0]


def test_persons_that_stand_apart_are_brought_to_their_households(tmp_path):
    persons, households = made.tables(made.SOME)
    mixed = persons.take(pa.array([3, 0, 5, 2, 1, 4]))
    out = tmp_path / "out.parquet"
    made.ran(made.written(tmp_path, mixed, households), out)
    wanted = made.expected(made.SOME)[0]
    assert made.read(out) == [wanted[at] for at in (3, 0, 5, 2, 1, 4)]


def test_ids_may_be_texts(tmp_path):
    people = [{**each, "household_id": f"h{each['household_id']}"} for each in made.SOME]
    people = [
        {**each, "persons": [{**p, "person_id": f"p{p['person_id']}"} for p in each["persons"]]} for each in people
    ]
    out = tmp_path / "out.parquet"
    made.ran(made.flat(tmp_path, people), out)
    assert made.read(out) == made.expected(people)[0]


def test_the_nested_form_gives_the_same(tmp_path):
    nested, out = tmp_path / "nested.parquet", tmp_path / "out.parquet"
    nesting.write(made.flat(tmp_path, made.SOME), made.PROGRAMMES, nested)
    assert [len(each["persons"]) for each in made.read(nested)] == [2, 0, 2, 1, 1]
    made.ran([nested], out)
    assert (made.read(out), made.read(tmp_path / "out.households.parquet")) == made.expected(made.SOME)


def test_results_as_csv_and_in_a_database(tmp_path):
    files, wanted = made.flat(tmp_path, made.SOME), made.expected(made.SOME)[0]
    made.ran(files, tmp_path / "out.csv")
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["childcare-subsidy.amount"] for row in rows] == [
        "" if each["childcare-subsidy.amount"] is None else str(each["childcare-subsidy.amount"]) for each in wanted
    ]
    made.ran(files, tmp_path / "out.duckdb")
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as connection:
        assert connection.table("persons").order("household_id, person_id").project("household_id").fetchall()
        assert len(connection.table("households").fetchall()) == len(made.SOME)


def test_nobody_at_all_gets_nothing(tmp_path):
    made.ran(made.flat(tmp_path, []), tmp_path / "out.parquet")
    assert made.read(tmp_path / "out.parquet") == []


def test_two_processes_give_what_one_gives(tmp_path, small_pieces):
    people = [made.household(number, made.child(1), made.adult(2), place=f"42{number % 3}006") for number in range(40)]
    files = made.flat(tmp_path, people, rows=4)
    made.ran(files, tmp_path / "one.parquet")
    made.ran(files, tmp_path / "two.parquet", processes=2)
    assert made.read(tmp_path / "one.parquet") == made.read(tmp_path / "two.parquet") == made.expected(people)[0]


def test_one_programme_alone_writes_no_households(tmp_path):
    only = [each for each in made.PROGRAMMES if each.words.key == "childcare-subsidy"]
    made.ran(made.flat(tmp_path, made.SOME), tmp_path / "out.parquet", programmes=tuple(only), others=made.PROGRAMMES)
    assert not (tmp_path / "out.households.parquet").exists()
    assert pq.read_schema(tmp_path / "out.parquet").names[-2:] == [
        "childcare-subsidy.outcome",
        "childcare-subsidy.amount",
    ]


def test_it_counts_by_place_and_programme(tmp_path):
    people = [made.household(number, made.child(1), place="420526" if number < 6 else None) for number in range(10)]
    done = made.ran(made.flat(tmp_path, people), tmp_path / "out.parquet")
    assert done.tally["childcare-subsidy"] == {"420526": [0, 6, 0, 6 * 360000], "": [0, 4, 0, 4 * 360000]}
    assert (done.households, done.persons, done.guarded) == (10, 10, 10)


class Wrong(Scalar):
    """Gives one fen more to everybody who is entitled."""

    def determine(self, block):
        return {
            key: each._replace(amount=each.amount + (each.outcome == 1))
            for key, each in super().determine(block).items()
        }


def test_a_wrong_evaluator_is_found_and_nothing_is_published(tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "Blocks", Wrong)
    with pytest.raises(
        made.Unguarded, match=r"household 1, childcare-subsidy: entitled, 360,001; expected entitled, 360,000"
    ) as told:
        made.ran(made.flat(tmp_path, made.SOME), tmp_path / "out.parquet")
    assert "Nothing was written" in str(told.value)
    assert {path.name for path in tmp_path.iterdir()} == {"persons.parquet", "households.parquet"}


def test_a_form_that_is_not_written_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(Trouble, match=r"(?s)out\.xlsx.*\.parquet, \.csv, \.duckdb"):
        made.ran([], tmp_path / "out.xlsx")
    with pytest.raises(Trouble, match="There is no folder"):
        made.ran([], tmp_path / "nowhere" / "out.parquet")


def test_files_of_no_form_are_refused(tmp_path):
    (tmp_path / "persons.xlsx").write_bytes(b"x")
    with pytest.raises(Trouble, match=r"(?s)is no population.*households\.parquet"):
        made.ran([tmp_path / "persons.xlsx"], tmp_path / "out.parquet")
