"""Migrations are complete, named by somebody, and know no application but foundation's fields."""

from __future__ import annotations

import ast
import re

import pytest
from django.core.management import call_command

from tests.contracts.repository import name, python, tree

NAMED = re.compile(r"\d{4}_(?!auto_|alter_|.*_and_more$)[a-z][a-z0-9_]{2,50}$")
# a migration outlives the code that it was written beside
MAY_IMPORT = ("django", "chengnuo.foundation", "chengnuo.core", "datetime", "uuid", "__future__")


def migrations() -> list:
    return [
        path for path in python("src/", migrations=True) if path.parent.name == "migrations" and path.stem != "__init__"
    ]


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def test_migrations_have_names():
    assert migrations()
    assert not [name(path) for path in migrations() if not NAMED.match(path.stem)]


@pytest.mark.parametrize("auto", ["0002_auto_20261124_0101", "0003_case_office_and_more", "0004_alter_case_word"])
def test_a_name_that_the_machine_gave_is_no_name(auto):
    assert not NAMED.match(auto)


def test_migrations_import_no_application():
    imported = [
        (name(path), node.module if isinstance(node, ast.ImportFrom) else node.names[0].name)
        for path in migrations()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not [(path, module) for path, module in imported if not (module or "").startswith(MAY_IMPORT)]
