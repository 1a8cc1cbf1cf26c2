"""Spark gives what blocks give, and refuses what they refuse. It needs Java, and starts once for all of it."""

import io
import shutil
import zlib

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from chengnuo.population import distributed, engines, nesting, on_spark
from chengnuo.population.faults import Faulty
from chengnuo.population.guard import Unguarded
from chengnuo.population.scalar import Scalar
from chengnuo.population.trouble import NotDone, Trouble
from tests.unit.population import made

PEOPLE = [
    made.household(n, made.child(1, chinese=None if n % 5 == 0 else True), made.adult(2), place=[None, "42", "429006", "420526001001"][n % 4])
    for n in range(40)
]  # fmt: skip


@pytest.fixture
def nested(tmp_path):
    nesting.write(made.flat(tmp_path, PEOPLE), made.PROGRAMMES, tmp_path / "nested.parquet")
    return tmp_path / "nested.parquet"


def a_job(nested, **how):
    return distributed.job(made.order([nested], nested.with_name("out.parquet"), **how), len(PEOPLE))


def batches(nested):
    return pq.ParquetFile(nested).iter_batches(7)


def test_batches_of_whole_households_give_what_a_run_gives(nested):
    found = pa.Table.from_batches(distributed.determined(a_job(nested), batches(nested))).to_pylist()
    persons, households = made.expected(PEOPLE)
    assert [{"household_id": each["household_id"], **person} for each in found for person in each["persons"]] == persons
    assert [{name: each[name] for name in households[0]} for each in found] == households
    assert [each["place"] for each in found[:4]] == [None, "42", "429006", "420526"]


def test_the_schema_of_the_results_is_known_before(nested):
    job = a_job(nested)
    assert (
        distributed.results_schema(job, pq.read_schema(nested))
        == next(distributed.determined(job, batches(nested))).schema
    )


def test_a_wrong_evaluator_is_found_in_a_batch(nested, monkeypatch):
    class Wrong(Scalar):
        def determine(self, block):
            return {
                key: each._replace(amount=each.amount + (each.outcome == 1))
                for key, each in super().determine(block).items()
            }

    monkeypatch.setattr(engines, "Blocks", Wrong)
    monkeypatch.setattr(distributed, "KEPT", {})
    with pytest.raises(Unguarded, match="360,001"):
        list(distributed.determined(a_job(nested), batches(nested)))


def test_the_guard_draws_about_so_many_by_their_ids(nested):
    ids = pa.chunked_array([pa.array(range(20_000))])
    drawn = np.flatnonzero(distributed._drawn(ids, distributed.job(made.order([], nested, guarded=1000), 20_000).share))
    assert 800 < len(drawn) < 1200
    assert (
        drawn.tolist()
        == np.flatnonzero(
            distributed._drawn(
                ids.cast(pa.string()), distributed.job(made.order([], nested, guarded=1000), 20_000).share
            )
        ).tolist()
    )


def test_who_was_drawn_is_told_and_nobody_else(nested, monkeypatch):
    compared = []
    monkeypatch.setattr(distributed.guard, "compared", lambda _, drawn, *__, **___: compared.append(len(drawn)))
    found = pa.Table.from_batches(distributed.determined(a_job(nested, guarded=20), batches(nested)))
    assert 0 < sum(found["drawn"].to_pylist()) == sum(compared) < len(PEOPLE)


@pytest.mark.parametrize("engine", ["blocks", "scalar", "spark"])
def test_the_engine_is_the_one_that_was_asked_for(nested, monkeypatch, engine):
    asked = []
    monkeypatch.setattr(distributed, "KEPT", {})
    monkeypatch.setattr(distributed, "engine", lambda name: asked.append(name) or engines.engine(name))
    list(distributed.determined(a_job(nested, engine=engine), batches(nested)))
    assert asked == [engine]
    assert a_job(nested, engine="scalar").key != a_job(nested, engine="blocks").key


def test_faults_of_a_batch_are_rows_that_are_added_elsewhere(tmp_path):
    persons = [made.child(1, role="baby"), made.child(1), made.child(2)]
    row = {"household_id": 1, "place": "x", "adults_complete": True, "children_complete": None, "persons": persons}
    pq.write_table(pa.Table.from_pylist([row, row]), tmp_path / "nested.parquet")
    found = pa.Table.from_batches(
        distributed.looked_through(a_job(tmp_path / "nested.parquet"), batches(tmp_path / "nested.parquet"))
    )
    assert {(each["where"], each["what"], each["count"]) for each in found.to_pylist()} == {
        ("persons, role", "is no role", 2),
        ("households, place", "is no division code", 2),
        ("persons, person_id", "is there twice in one household", 2),
    }


@pytest.mark.parametrize(
    "row", [{"household_id": None, "persons": []}, {"household_id": 1, "persons": [made.child(None)]}]
)
def test_empty_ids_are_counted(tmp_path, row):
    told = pa.schema(
        [
            ("household_id", pa.int64()),
            ("persons", pa.list_(pa.struct(made.tables(made.SOME)[0].drop_columns(["household_id"]).schema))),
        ]
    )
    batch = pa.RecordBatch.from_pylist([row, row], told)
    (found,) = pa.Table.from_batches(distributed.looked_through(a_job(tmp_path / "n"), [batch])).to_pylist()
    assert (found["what"], found["count"]) == ("is empty", 2)


@pytest.mark.parametrize(
    ("kind", "said"),
    [(pa.int64(), "is no list of persons"), (pa.list_(pa.int64()), "is no list of persons"), (pa.list_(pa.struct({"person_id": pa.int64()})), "persons, role")],
)  # fmt: skip
def test_what_is_not_nested_is_said(nested, kind, said):
    told = pq.read_schema(nested)
    changed = told.set(told.get_field_index("persons"), pa.field("persons", kind))
    assert said in Faulty(distributed.fitting(changed, a_job(nested))).args[0]


@pytest.mark.parametrize(
    ("files", "out", "said"),
    [
        (["persons.parquet", "households.parquet"], "hdfs://disk/out", "Give one nested file or folder there"),
        (["nested.parquet"], "out.csv", "Spark writes folders of Parquet files"),
    ],
)
def test_what_spark_cannot_do_is_said_before_it_starts(tmp_path, files, out, said):
    with pytest.raises(Trouble, match=said):
        on_spark.run(made.order([], tmp_path / "out.parquet"), files, out, "local[2]", io.StringIO())


# it asks for pandas at the door, and does not use it here
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")
@pytest.mark.timeout(300)  # on a machine that does much else, Java alone takes a minute to start
@pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java, which is not here")
def test_spark_gives_what_blocks_give_and_touches_no_result_before_the_guard_has_agreed(tmp_path, monkeypatch):
    files, out, said = made.flat(tmp_path, PEOPLE), tmp_path / "spark.parquet", io.StringIO()
    elsewhere = tmp_path / "elsewhere"

    def not_guarded(job, batches):
        raise Unguarded([])

    order = made.order(files, out, guarded=22)
    done = on_spark.run(order, [str(file) for file in files], str(out), "local[2]", said)
    there = made.ran(files, tmp_path / "out.parquet")
    assert (done.tally, done.households, done.persons) == (there.tally, 40, 80)
    share = distributed.job(order, 40).share
    assert done.guarded == sum(zlib.crc32(str(each["household_id"]).encode()) < share for each in PEOPLE) == 20
    for name in ("", ".households"):
        found = sorted(map(str, made.read(tmp_path / f"spark{name}.parquet")))
        assert found == sorted(map(str, made.read(tmp_path / f"out{name}.parquet")))
    assert "at local[2]: 40 households" in said.getvalue()
    assert not (tmp_path / "spark.parquet.parts").exists()

    nesting.write(files, made.PROGRAMMES, tmp_path / "nested.parquet")
    where = [f"file://{tmp_path}/nested.parquet"], f"file://{elsewhere}", "local[2]", said
    on_spark.run(order, *where)
    assert {each.name for each in elsewhere.iterdir()} == {"persons", "households"}
    before = {each: each.stat().st_mtime_ns for each in elsewhere.rglob("*")}
    monkeypatch.setattr(distributed, "determined", not_guarded)
    with pytest.raises(NotDone, match="not what the scalar"):
        on_spark.run(order, *where)
    assert {each: each.stat().st_mtime_ns for each in elsewhere.rglob("*")} == before
