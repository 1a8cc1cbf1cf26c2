"""Small populations for tests: households as mappings, written in every form; and what the scalar evaluator gives for them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from chengnuo.core.rules import NOT_APPLICABLE, Asked, Bound, Household
from chengnuo.policies.loader import parameters
from chengnuo.policies.programmes import programmes
from chengnuo.population.columns import Columns, columns
from chengnuo.population.guard import Unguarded
from chengnuo.population.run import Order, Outcome, run

__all__ = ["Unguarded", "parameters"]

KEYS = ("childcare-subsidy", "rural-incentive", "special-bereaved", "special-family-services", "tianmen-birth-grant")
PROGRAMMES = tuple(each for each in programmes() if each.words.key in KEYS)
COLUMNS = columns(PROGRAMMES)
ASKED = Asked(date(2026, 12, 31))
TYPES = {"day": pa.date32(), "truth": pa.bool_()}
CHILD = {
    "born": date(2025, 3, 2),
    "died_none": True,
    "chinese": True,
    "guardian_claims": True,
    "first_claimed_none": True,
}
ADULT = {
    "born": date(1964, 5, 1), "died_none": True, "ended_none": True, "first_claimed_none": True, "rural": True, "spouse_rural_none": True, "children_living": 1,
    "children_ever": 1, "child_died_none": True, "child_grade_none": True, "complication_grade_none": True, "wife_born_none": True,
}  # fmt: skip


def household(
    number: Any, *persons: Mapping[str, Any], place: str | None = "420526001001", **more: Any
) -> dict[str, Any]:
    complete = dict.fromkeys(COLUMNS.complete.values(), True)
    return {"household_id": number, "place": place, **complete, "persons": list(persons), **more}


def child(number: Any = 1, **facts: Any) -> dict[str, Any]:
    return {"person_id": number, "role": "child", **CHILD, **facts}


def adult(number: Any = 1, **facts: Any) -> dict[str, Any]:
    return {"person_id": number, "role": "person", **ADULT, **facts}


SOME = (
    household(1, adult(1), child(2)),
    household(2, place="429006002003"),
    household(4, child(1, chinese=None), adult(2, born=None), place=None),
    household(7, adult(9, children_living=0, child_died=date(2020, 1, 1), child_died_none=None), place="4290"),
    household(9, child(3, born=date(2024, 8, 1)), place="110101", adults_complete=False),
)


def tables(people: Sequence[Mapping[str, Any]], known: Columns = COLUMNS) -> tuple[pa.Table, pa.Table]:
    """Persons and households, with every column that there may be."""
    rows = [{"household_id": each["household_id"], **person} for each in people for person in each["persons"]]
    of_id = pa.string() if people and isinstance(people[0]["household_id"], str) else pa.int64()
    return _table(rows, known.of_persons, known, of_id), _table(people, known.of_households, known, of_id)


def _table(rows: Sequence[Mapping[str, Any]], names: Sequence[str], known: Columns, of_id: pa.DataType) -> pa.Table:
    truths = dict.fromkeys(known.complete.values(), pa.bool_())
    kinds = {name: TYPES.get(kind, pa.int64()) for name, kind in known.facts.items()} | truths
    kinds |= {"household_id": of_id, "person_id": of_id, "place": pa.string(), "role": pa.string()}
    return pa.table({name: pa.array([row.get(name) for row in rows], kinds[name]) for name in names})


def flat(folder: Path, people: Sequence[Mapping[str, Any]], rows: int = 1 << 16) -> tuple[Path, Path]:
    """Two Parquet files. `rows`: of a row group."""
    return written(folder, *tables(people), rows=rows)


def written(folder: Path, persons: pa.Table, households: pa.Table, rows: int = 1 << 16) -> tuple[Path, Path]:
    pq.write_table(persons, folder / "persons.parquet", row_group_size=rows)
    pq.write_table(households, folder / "households.parquet", row_group_size=rows)
    return folder / "persons.parquet", folder / "households.parquet"


def as_csv(folder: Path, people: Sequence[Mapping[str, Any]]) -> tuple[Path, Path]:
    flat(folder, people)
    with duckdb.connect() as connection:
        for name in ("persons", "households"):
            connection.from_parquet(str(folder / f"{name}.parquet")).write_csv(str(folder / f"{name}.csv"), header=True)
    return folder / "persons.csv", folder / "households.csv"


def as_database(folder: Path, people: Sequence[Mapping[str, Any]]) -> tuple[Path]:
    flat(folder, people)
    (folder / "population.duckdb").unlink(missing_ok=True)
    with duckdb.connect(str(folder / "population.duckdb")) as connection:
        for name in ("persons", "households"):
            connection.from_parquet(str(folder / f"{name}.parquet")).create(name)
    return (folder / "population.duckdb",)


def order(files: Sequence[Path], out: Path, **how: Any) -> Order:
    return Order(tuple(files), out, **{"programmes": PROGRAMMES, "parameters": parameters(), "asked": ASKED, **how})


def ran(files: Sequence[Path], out: Path, **how: Any) -> Outcome:
    return run(order(files, out, **how), io.StringIO())


def read(path: Path) -> list[dict[str, Any]]:
    return pq.read_table(path).to_pylist()


def expected(people: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of the results about persons and households, by the scalar evaluator alone."""
    persons, households = [], []
    for each in people:
        found = Bound(PROGRAMMES, parameters(), _asked(each["place"])).determine(_family(each))
        row = {"household_id": each["household_id"]}
        households.append(row | _results(found, "household", 0))
        for place, person in enumerate(each["persons"]):
            before = sum(other["role"] == person["role"] for other in each["persons"][:place])
            own = {name: person[name] for name in ("person_id", "role")}
            persons.append(row | own | _results(found, person["role"], before))
    return persons, households


def _asked(place: str | None) -> Asked:
    return Asked(ASKED.day, place=place)


def _family(each: Mapping[str, Any]) -> Household:
    members = {
        role: [_facts(person, role) for person in each["persons"] if person["role"] == role] for role in COLUMNS.roles
    }
    partly = frozenset(role for role, name in COLUMNS.complete.items() if not each[name])
    return Household({}, members, partly)


def _facts(person: Mapping[str, Any], role: str) -> dict[str, Any]:
    known = [column for column in COLUMNS.persons if role in column.facts]
    return {
        column.name: NOT_APPLICABLE if person.get(f"{column.name}_none") else person.get(column.name)
        for column in known
    }


def _results(found: Sequence[Any], entity: str, member: int) -> dict[str, Any]:
    """What is not about this entity is null; of households only their own programmes are told."""
    said: dict[str, Any] = {}
    codes = {"not entitled": 0, "entitled": 1, "undecided": 2}
    for programme in PROGRAMMES:
        if (entity == "household") != (programme.who.name == "household"):
            continue
        mine = [d for d in found if d.programme is programme and d.member == member and programme.who.name == entity]
        key = programme.words.key
        said[f"{key}.outcome"] = codes[mine[0].outcome] if mine else None
        said[f"{key}.amount"] = mine[0].amount if mine else None
    return said
