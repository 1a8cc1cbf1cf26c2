"""What a dropped column held is in no file of the database any more, once the migration after it has run."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from tests.factories import cases, county

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
MIGRATION = import_module("chengnuo.cases.migrations.0015_nothing_left_in_clear")
LAW = "some-law-in-clear"


def table_holds(text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT position(%s IN pg_read_binary_file(pg_relation_filepath('cases_case')))", [text.encode()]
        )
        return cursor.fetchone()[0] > 0


@pytest.mark.postgres  # SQLite writes the rows anew by itself
def test_a_law_in_clear_stays_in_no_row_of_postgresql():
    cases.refuse(cases.ask(at=county.MONDAY), at=county.MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_case ADD COLUMN law_in_clear text")
        cursor.execute("UPDATE cases_case SET law_in_clear = %s", [LAW])
        cursor.execute("ALTER TABLE cases_case DROP COLUMN law_in_clear")
    assert table_holds(LAW), "or this test sees nothing"
    with connection.schema_editor(atomic=False) as editor:
        MIGRATION.write_anew(None, editor)
    assert not table_holds(LAW)
