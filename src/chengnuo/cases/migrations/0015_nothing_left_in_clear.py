from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_anew(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """PostgreSQL drops a column from the catalogue alone: its bytes stay in every row until the table is written anew.

    SQLite rewrites the rows itself, and `secure_delete` empties what it frees.
    """
    if editor.connection.vendor == "postgresql":
        editor.execute("VACUUM FULL cases_case")


class Migration(migrations.Migration):
    """The laws of refusals in clear (0013), and when a family answered (0012)."""

    dependencies = [("cases", "0014_ratings_at_the_own_counter_apart")]
    # no VACUUM runs inside a transaction
    atomic = False
    operations = [migrations.RunPython(write_anew, migrations.RunPython.noop, elidable=True)]
