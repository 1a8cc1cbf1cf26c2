"""A slice comes to the same in however many batches it is determined, and a comparison sees each household once on both sides."""

import io
import threading
from datetime import date

import pytest

from chengnuo.core.rules import Asked
from chengnuo.policies.loader import parameters
from chengnuo.population import slices, worker
from chengnuo.population.flat import Flat
from chengnuo.population.parts import Parts
from chengnuo.population.results import part
from chengnuo.population.run import run
from chengnuo.population.simulate.counting import Counting
from chengnuo.population.worker import Against, Worker, ahead
from tests.unit.population import made

PLACES = ["420526", "429006", None, "42"]
PEOPLE = [
    made.household(
        number,
        *(made.child(at, chinese=None if (number + at) % 7 == 0 else True) for at in range(number % 3)),
        *(made.adult(10 + at, rural=number % 2 == 0) for at in range(number % 2)),
        place=PLACES[number % 4],
    )
    for number in range(30)
]
CHILDREN = sum(number % 3 for number in range(30))


@pytest.fixture
def files(tmp_path):
    return made.flat(tmp_path, PEOPLE)


@pytest.fixture(params=[1, 2, 7, 30, 31])
def in_batches(request, monkeypatch):
    monkeypatch.setattr(worker, "HOUSEHOLDS", request.param)


def test_results_are_those_of_each_household_alone(files, tmp_path, in_batches):
    done = made.ran(files, tmp_path / "out.parquet")
    persons, households = made.expected(PEOPLE)
    assert made.read(tmp_path / "out.parquet") == persons
    assert made.read(tmp_path / "out.households.parquet") == households
    assert sum(sum(row[:3]) for row in done.tally["childcare-subsidy"].values()) == CHILDREN


def compared(files, out, count, law=None):
    against = Against(made.PROGRAMMES, law or parameters(), count)
    return run(made.order(files, out, against=against), io.StringIO())


def test_a_comparison_sees_every_household_once_and_writes_nothing(files, tmp_path, in_batches):
    seen = []

    def count(batch, before, after):
        assert before.keys() == after.keys()
        seen.append(batch.households)
        return {"households": {"": [batch.households]}}

    done = compared(files, tmp_path / "none.parquet", count)
    assert done.tally == {"households": {"": [30]}}
    assert sum(seen) == done.households == 30
    assert {each.name for each in tmp_path.iterdir()} == {"persons.parquet", "households.parquet"}


def test_the_same_law_on_both_sides_changes_nothing(files, tmp_path, in_batches):
    counting = Counting(made.PROGRAMMES, 6)
    found = counting.counted(compared(files, tmp_path / "none.parquet", counting).tally)
    for each in (*found.programmes.values(), found.families):
        assert each.kinds[:, :4].sum() == 0
        assert (each.before == each.after).all()
    assert found.places == ["42", "420526", "429006", None]
    assert found.people["child"].sum() == CHILDREN


def test_a_comparison_adds_up_to_the_two_runs_alone(files, tmp_path, in_batches):
    """What is paid before is what a run pays, but for those who are undecided on either side."""
    counting = Counting(made.PROGRAMMES, 6)
    found = counting.counted(compared(files, tmp_path / "none.parquet", counting).tally)
    alone = made.ran(files, tmp_path / "out.parquet").tally
    for key, count in found.programmes.items():
        assert count.before.sum() == sum(row[3] for row in alone[key].values())
        assert count.kinds.sum() == sum(sum(row[:3]) for row in alone[key].values())


def test_both_sides_stand_on_the_day_that_is_asked_for(files, tmp_path):
    found = []
    asked = Asked(date(2024, 12, 31))
    order = made.order(
        files,
        tmp_path / "none.parquet",
        asked=asked,
        against=Against(made.PROGRAMMES, parameters(), lambda _, before, after: found.append((before, after)) or {}),
    )
    run(order, io.StringIO())
    ((before, after),) = found
    for side in (before, after):
        assert not side["childcare-subsidy"].outcome.any(), "nothing was paid for children of 2025 in 2024"


def test_the_next_slice_is_read_while_one_is_worked_at(files, tmp_path, monkeypatch):
    monkeypatch.setattr(slices, "HOUSEHOLDS", 10)
    read, second = Flat.read, threading.Event()

    def reading(source, which):
        if which.number == 1:
            second.set()
        return read(source, which)

    def working(worker, which, tables):
        assert second.wait(60), "the second slice is not waited for until the first is done"
        return work(worker, which, tables)

    work = Worker.work
    monkeypatch.setattr(Flat, "read", reading)
    monkeypatch.setattr(Worker, "work", working)
    made.ran(files, tmp_path / "out.parquet")
    assert made.read(tmp_path / "out.parquet") == made.expected(PEOPLE)[0]


def test_the_last_slice_is_written_while_the_next_is_worked_at(files, tmp_path, monkeypatch):
    monkeypatch.setattr(slices, "HOUSEHOLDS", 10)
    write, second = worker.write, threading.Event()

    def writing(folder, number, found):
        assert number > 0 or second.wait(60), "the second slice waits until the first is written"
        write(folder, number, found)

    def working(one, which, tables):
        if which.number == 1:
            second.set()
        return work(one, which, tables)

    work = Worker.work
    monkeypatch.setattr(worker, "write", writing)
    monkeypatch.setattr(Worker, "work", working)
    made.ran(files, tmp_path / "out.parquet")
    assert made.read(tmp_path / "out.parquet") == made.expected(PEOPLE)[0]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_ahead_is_one_only_and_in_order(count):
    asked = []

    def each():
        for number in range(count):
            asked.append(number)
            yield number

    for number, found in enumerate(ahead(lambda one: one * 10, each())):
        assert found == number * 10
        assert len(asked) == min(number + 2, count)


def test_what_goes_wrong_ahead_is_raised_after_what_was_done_before():
    found = ahead(lambda one: 12 // one, [3, 4, 0, 6])
    assert [next(found), next(found)] == [4, 3]
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_a_slice_is_told_of_only_when_it_is_written(files, tmp_path, monkeypatch):
    """Who notes a slice as done may rely on its part, whatever is killed afterwards."""
    monkeypatch.setattr(slices, "HOUSEHOLDS", 10)
    note, noted = Parts.note, []

    def noting(parts, done):
        noted.append(part(parts.folder, done.number, "persons").exists())
        note(parts, done)

    monkeypatch.setattr(Parts, "note", noting)
    made.ran(files, tmp_path / "out.parquet")
    assert noted == [True] * 3
