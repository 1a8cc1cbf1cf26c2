"""Spark runs the same blocks on a cluster that is there already: each row of the nested form is a whole household."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TextIO

import pyarrow as pa
from pyspark import StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from chengnuo.policies.household import HOUSEHOLD
from chengnuo.population import distributed
from chengnuo.population.columns import HOUSEHOLD_ID, PERSONS, PLACE
from chengnuo.population.distributed import DRAWN, FAULTS, Job
from chengnuo.population.faults import Faulty
from chengnuo.population.matching import TWICE
from chengnuo.population.run import Order, Outcome
from chengnuo.population.tally import Tally
from chengnuo.population.trouble import NotDone

AT_ONCE = 8192  # households in a batch
OUTCOMES = range(3)
Batches = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def run(order: Order, nested: str, out: Callable[[str], str], master: str, said: TextIO) -> Outcome:
    """`nested`: a file or folder as Spark names it; `out`: the folder of a table of results. Raises Faulty, NotDone."""
    session = started(master)
    try:
        rows = session.read.parquet(nested)
        total = rows.count()
        job = distributed.job(order, total)
        said.write(f"Spark {session.version} at {master}: {total:,} households\n")
        _look(rows, job)
        found = _determined(rows, job)
        # all of it is computed and guarded before anything is written
        drawn = found.filter(DRAWN).count()
        tables = _tables(found)
        for name, table in tables.items():
            table.drop(PLACE).write.mode("overwrite").parquet(out(name))
        return Outcome(_tally(tables, job), total, tables["persons"].count(), "by the households' ids", drawn)
    except PySparkException as error:
        raise NotDone(_reason(str(error))) from error
    finally:
        session.stop()


def started(master: str) -> SparkSession:
    """What else a cluster needs stands in its spark-defaults.conf."""
    # Spark asks for pandas at the door, and uses none of it on the way of Arrow
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    how: dict[str, bool | float | int | str | None] = {
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": AT_ONCE,
    }
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        # on this machine alone, and for nobody else to reach
        how |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.ui.enabled": "false"}
        how |= {"spark.sql.shuffle.partitions": os.cpu_count() or 1}
    return SparkSession.builder.master(master).appName("chengnuo").config(map=how).getOrCreate()


def _look(rows: DataFrame, job: Job) -> None:
    """A pass of its own, so that one report tells every kind of fault and nothing is written. Raises Faulty."""
    faults = distributed.fitting(to_arrow_schema(rows.schema), job)
    if not faults:
        looks: Batches = partial(distributed.looked_through, job)
        for each in rows.mapInArrow(looks, from_arrow_schema(FAULTS)).collect():
            faults.note((each["where"], each["what"], each["instead"]), each["count"], each["examples"])
        twice = rows.groupBy(HOUSEHOLD_ID).count().filter("count > 1")
        if some := twice.take(3):
            faults.add(*TWICE, count=twice.count(), examples=[each[0] for each in some])
    if faults:
        raise Faulty(faults)


def _determined(rows: DataFrame, job: Job) -> DataFrame:
    """A row a household, kept on the disks of those who compute it for as long as the session lasts."""
    told = distributed.results_schema(job, to_arrow_schema(rows.schema))
    determines: Batches = partial(distributed.determined, job)
    return rows.mapInArrow(determines, from_arrow_schema(told)).persist(StorageLevel.DISK_ONLY)


def _tables(found: DataFrame) -> dict[str, DataFrame]:
    people = found.select(HOUSEHOLD_ID, PLACE, sql.explode(PERSONS).alias("each")).select(HOUSEHOLD_ID, PLACE, "each.*")
    return {"persons": people, "households": found.drop(PERSONS, DRAWN)}


def _tally(found: dict[str, DataFrame], job: Job) -> Tally:
    counted: Tally = {}
    for name, table in found.items():
        about = [each for each in job.programmes if (each.who.name == HOUSEHOLD) == (name == "households")]
        sums = [one for programme in about for one in _sums(programme.words.key)]
        for row in table.groupBy(PLACE).agg(*sums).collect() if sums else []:
            for programme in about:
                key = programme.words.key
                numbers = [row[f"{key}.{which}"] or 0 for which in (*OUTCOMES, "amount")]
                if any(numbers):
                    counted.setdefault(key, {})[row[PLACE] or ""] = numbers
    return counted


def _sums(key: str) -> list[Column]:
    outcome, amount = sql.col(f"`{key}.outcome`"), sql.col(f"`{key}.amount`")
    counts = [sql.sum((outcome == which).cast("long")).alias(f"{key}.{which}") for which in OUTCOMES]
    return [*counts, sql.sum(amount).alias(f"{key}.amount")]


def _reason(told: str) -> str:
    """What the process of the cluster said, without how it got here."""
    lines = [line for line in told.splitlines() if "chengnuo." in line and not line.lstrip().startswith("File ")]
    after = told.splitlines()[told.splitlines().index(lines[-1]) :] if lines else told.splitlines()
    return "\n".join(after[:20])
