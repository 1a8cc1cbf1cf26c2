"""Whether every list is found by an index: what the database says of the queries behind the pages that grow with the cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import tell
from bench.addresses import Page, lists
from bench.scale import Scale
from bench.signed_in import browser, signed_in

LARGE = (
    "cases_case",
    "cases_chapter",
    "promises_duty",
    "promises_escalation",
    "people_contact",
    "foundation_logentry",
)
# a walk through a whole large table; one that is led by an index is none
SCAN = {
    "sqlite": re.compile(rf"SCAN ({'|'.join(LARGE)})\b(?! USING)"),
    "postgresql": re.compile(rf"Seq Scan on ({'|'.join(LARGE)})\b"),
}
EXPLAIN = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}


def measure(_scale: Scale) -> None:
    look(lists())


def look(pages: Iterable[Page]) -> None:
    found = {(table, page.name, page.role, sql) for page in pages for table, sql in whole_walks(page)}
    tell.figure("queries that walk through a whole large table", len(found), goal=0)
    for table, name, role, sql in sorted(found):
        tell.remark(f"{table} for {name} ({role or 'visitor'}): {sql[:400]}")


def whole_walks(page: Page) -> Iterator[tuple[str, str]]:
    """The large tables that this page walks through, with the query that does it."""
    client = signed_in(page.role) if page.role else browser()
    with CaptureQueriesContext(connection) as seen:
        client.get(page.address)
    for sql in [query["sql"] for query in seen if query["sql"].startswith("SELECT")]:
        for table in walked(sql):
            yield table, sql


def walked(sql: str) -> list[str]:
    """The large tables of which this query reads every row."""
    with connection.cursor() as cursor:
        cursor.execute(f"{EXPLAIN[connection.vendor]} {sql}")
        plan = "\n".join(" ".join(map(str, row)) for row in cursor.fetchall())
    return [walk[1] for walk in SCAN[connection.vendor].finditer(plan)]
