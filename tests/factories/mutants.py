"""Seeded mutants of every kind of table, for the tests and the bench."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests.factories import tables

HEAD = ["身份证号", "姓名", "出生日期", "金额"]
ROWS = [["11010519491231002X", f"张{number}", "1949-12-31", 960.5] for number in range(40)]
WHOLE = {
    "workbook, bytes": tables.workbook([["花名册"], HEAD, *ROWS]),
    "workbook, inside": tables.workbook([["花名册"], HEAD, *ROWS]),
    "text, UTF-8": tables.text([HEAD, *ROWS]),
    "text, GB18030": tables.text([HEAD, *ROWS], encoding="gb18030", sign="\t"),
    "text, UTF-16": tables.text([HEAD, *ROWS], encoding="utf-16"),
}
DAMAGE: dict[str, Callable[[bytes, Random], bytes]] = {"workbook, inside": tables.damaged_inside}


def mutants(kind: str, count: int) -> Iterator[bytes]:
    """The same ones every time."""
    chance, damage = Random(kind), DAMAGE.get(kind, tables.damaged)
    for _number in range(count):
        yield damage(WHOLE[kind], chance)
