"""However many processes share the slices, and however these are cut: one result, one report, one refusal."""

from __future__ import annotations

import io
import json
import os
import pickle
import signal
from datetime import date

import duckdb
import pytest

from chengnuo.core.rules import Asked
from chengnuo.core.rules.parameters import NoValue
from chengnuo.policies.loader import parameters
from chengnuo.population import processes, slices, tally, worker
from chengnuo.population.faults import Faulty
from chengnuo.population.guard import Unguarded
from chengnuo.population.run import run
from chengnuo.population.trouble import Trouble
from chengnuo.population.worker import Against, Worker
from tests.unit.population import made

PLACES = ["420526", "429006", None, "4205"]
PEOPLE = [
    made.household(number, made.child(1), made.adult(2, rural=number % 2 == 0), place=PLACES[number % 4])
    for number in range(1, 13)
]
WAYS = [(size, count) for size in (1, 5, 100) for count in (1, 3)]


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]} a slice, {way[1]} processes")
def way(request, monkeypatch):
    size, count = request.param
    monkeypatch.setattr(slices, "HOUSEHOLDS", size)
    return {"processes": count}


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out.parquet"


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """Files of six slices for two processes."""
    monkeypatch.setattr(slices, "HOUSEHOLDS", 2)
    return made.flat(tmp_path, PEOPLE)


def left(tmp_path):
    return {each.name for each in tmp_path.iterdir()} - {"persons.parquet", "households.parquet"}


def test_the_same_rows_the_same_counts_and_the_same_sample(tmp_path, out, way):
    files = made.flat(tmp_path, PEOPLE)
    found = made.ran(files, out, guarded=5, **way)
    alone = made.ran(files, tmp_path / "alone.parquet", guarded=5)
    assert made.read(out) == made.expected(PEOPLE)[0]
    assert found == alone


WRONG = [
    made.household(1, made.child(1), made.child(1)),
    made.household(2, made.adult(1, children_living=-1), place="42x"),
    made.household(2, made.child(3)),
    made.household(3, {**made.child(4), "role": "cousin"}),
    made.household(7, made.child(5, born=None)),
    made.household(7),
    made.household(7),
]


def test_the_report_of_faults_is_the_same(tmp_path, out, way):
    files = made.flat(tmp_path, WRONG)
    with pytest.raises(Faulty) as faulty:
        made.ran(files, out, **way)
    told = [(row["where"], row["what"], row["count"]) for row in faulty.value.faults.rows()]
    assert sorted(told) == [
        ("households, household_id", "is there twice", 3),
        ("households, place", "is no division code", 1),
        ("persons, children_living", "out of range", 1),
        ("persons, person_id", "is there twice in one household", 1),
        ("persons, role", "is no role", 1),
    ]
    assert left(tmp_path) == set()


def test_a_wrong_evaluator_is_found_by_every_process(tmp_path, out, way, monkeypatch):
    real = worker.determined

    def wrong(batch, laws):
        found = real(batch, laws)
        found["childcare-subsidy"].amount[:] += 1
        return found

    monkeypatch.setattr(worker, "determined", wrong)
    files = made.flat(tmp_path, PEOPLE)
    with pytest.raises(Unguarded) as refused:
        made.ran(files, out, **way)
    assert len(refused.value.differences) == len(PEOPLE)
    assert left(tmp_path) == set()


def test_files_out_of_order_are_sorted_though_another_process_finds_it(tmp_path, out, monkeypatch):
    monkeypatch.setattr(slices, "HOUSEHOLDS", 2)
    turned = [*PEOPLE[:4], *reversed(PEOPLE[4:])]
    made.ran(made.flat(tmp_path, turned), out, processes=2)

    def by_id(rows):
        return sorted(rows, key=lambda row: (row["household_id"], row["person_id"]))

    assert by_id(made.read(out)) == by_id(made.expected(turned)[0])


@pytest.mark.parametrize("count", [1, 2])
def test_a_day_without_law_is_said_in_the_same_words(shared, out, count, monkeypatch):
    def without(*_):
        raise NoValue("limits.x", "nothing in 1900", "the law begins later", "for a later day")

    monkeypatch.setattr(worker, "determined", without)
    with pytest.raises(NoValue, match=r"(?s)limits.x: nothing in 1900.*Ask instead: for a later day") as refused:
        made.ran(shared, out, processes=count)
    assert refused.value.instead == "for a later day"
    assert processes.HERE == []


def test_what_a_process_refuses_reaches_the_one_that_asked():
    trouble = NoValue("a", "b", "c", "d")
    there = pickle.loads(pickle.dumps(trouble))  # noqa: S301  # as the pool does
    assert (str(there), vars(there)) == (str(trouble), vars(trouble))


def test_a_process_that_is_really_killed_is_said_in_words_and_the_run_goes_on(shared, tmp_path, out, monkeypatch):
    real, parent = Worker.work, os.getpid()

    def dying(self, which, read):
        if which.number == 5 and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, which, read)

    monkeypatch.setattr(Worker, "work", dying)
    with pytest.raises(Trouble, match="ended from outside"):
        made.ran(shared, out, processes=2)
    assert processes.HERE == []
    assert not out.exists()
    monkeypatch.setattr(Worker, "work", real)
    assert made.ran(shared, out, processes=2).households == len(PEOPLE)
    assert made.read(out) == made.expected(PEOPLE)[0]
    assert left(tmp_path) == {"out.parquet", "out.households.parquet"}


def test_a_run_after_a_refused_one_works_with_its_own_task(tmp_path, out, monkeypatch):
    """Copies of this process take over what stands ready in it: that must never be the task of an earlier run."""
    monkeypatch.setattr(slices, "HOUSEHOLDS", 2)
    files = made.flat(tmp_path, [*PEOPLE[:-1], made.household(99, {**made.child(1), "role": "cousin"})])
    with pytest.raises(Faulty):
        made.ran(files, out, processes=2)
    made.ran(made.flat(tmp_path, PEOPLE), out, processes=2, asked=Asked(date(2024, 12, 31)))
    assert {row["childcare-subsidy.outcome"] for row in made.read(out) if row["role"] == "child"} == {0}


def test_more_processes_than_slices_are_not_begun(tmp_path, out, monkeypatch):
    monkeypatch.setattr(slices, "HOUSEHOLDS", 6)
    begun, real = [], processes.ProcessPoolExecutor
    monkeypatch.setattr(processes, "ProcessPoolExecutor", lambda most, *more: begun.append(most) or real(most, *more))
    made.ran(made.flat(tmp_path, PEOPLE), out, processes=64)
    assert begun == [2]
    monkeypatch.setattr(slices, "HOUSEHOLDS", 12)
    made.ran(made.flat(tmp_path, PEOPLE), out, processes=64)
    assert begun == [2], "one slice needs no other process"


def counted(_batch, before, after):
    """Stands in a module: other processes are told of it by its name."""
    same = all((before[key].amount == after[key].amount).all() for key in before)
    return {"side by side": {"": [int(same), len(next(iter(before.values())).amount)]}}


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_comparison_is_shared_too(shared, out, count):
    order = made.order(shared, out, processes=count, against=Against(made.PROGRAMMES, parameters(), counted))
    assert run(order, io.StringIO()).tally["side by side"][""][0] == 6
    assert not out.exists()


def test_what_is_noted_of_a_slice_is_read_again_as_it_was(shared, out, monkeypatch):
    """Counts go through JSON between a run that was killed and the one that goes on."""
    whole, real = made.ran(shared, out), Worker.work

    def stopped(self, which, read):
        if which.number == 4:
            raise KeyboardInterrupt
        return real(self, which, read)

    monkeypatch.setattr(Worker, "work", stopped)
    with pytest.raises(KeyboardInterrupt):
        made.ran(shared, out)
    assert len(list(out.with_name("out.parquet.parts").glob("*.done.json"))) == 4
    monkeypatch.setattr(Worker, "work", real)
    assert json.loads(json.dumps(whole.tally)) == whole.tally
    assert made.ran(shared, out) == whole


def test_adding_leaves_what_is_added_as_it_was():
    total, more = {}, {"key": {"42": [1, 2, 3, 4]}}
    tally.add(total, more)
    tally.add(total, more)
    assert more == {"key": {"42": [1, 2, 3, 4]}}
    assert total == {"key": {"42": [2, 4, 6, 8]}}
    with pytest.raises(ValueError, match="shorter"):
        tally.add(total, {"key": {"42": [1]}})


def test_parts_of_empty_slices_and_of_ids_that_are_texts_are_joined(tmp_path, out, way):
    texts = [{**each, "household_id": f"h{each['household_id']:03}", "persons": [{**p, "person_id": f"p{p['person_id']}"} for p in each["persons"]]} for each in PEOPLE]  # fmt: skip
    texts[3]["persons"] = texts[4]["persons"] = []
    made.ran(made.flat(tmp_path, texts), out, **way)
    assert made.read(out) == made.expected(texts)[0]
    with duckdb.connect() as connection:
        rows = connection.from_parquet(str(out)).fetchall()
    assert len(rows) == sum(len(each["persons"]) for each in texts)
