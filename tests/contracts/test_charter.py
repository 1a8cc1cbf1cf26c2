"""The charter's rights as the structure holds them: no column for what is never recorded, and a purpose for the rest."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db import connection, models

from chengnuo.foundation.sealed import SealedField
from chengnuo.foundation.third_parties import TABLES
from tests.contracts.repository import name, place, python, tracked, tree

PERSONAL = Path(__file__).with_name("personal_columns.txt")
# closed lists: a word is taken out only by a decision about the charter
NEVER_IN_A_NAME = {
    # a reproductive record (right 1)
    "abortion", "births", "childbearing", "conception", "contraception", "contraceptive", "fertility", "fetal", "gestation", "gravida",
    "intrauterine", "iud", "ligation", "menstrual", "menstruation", "miscarriage", "parity", "pregnancies", "pregnancy", "pregnant",
    "reproductive", "sterilisation", "sterilization", "trimester", "vasectomy",
    # a penalty, a collective liability (right 2)
    "blacklist", "demerit", "forfeit", "penalties", "penalty", "punish", "punishment", "sanction", "sanctions", "violation", "violations",
    # a score or rank of people (right 3)
    "leaderboard", "merit", "points", "rank", "ranking", "reputation", "score", "scores", "scoring", "trust",
}  # fmt: skip
NEVER_A_NAME = {
    "birth_plan", "birth_count", "number_of_births", "method", "legitimacy", "marital_status", "parents_married", "out_of_wedlock",
    "next_child", "planned_child", "last_period", "due_date_of_birth", "is_compliant", "compliance", "good_faith", "keeps_faith",
}  # fmt: skip
# the words that an officer's text is checked for: it must name what is never recorded
THE_WORDS_THEMSELVES = "charter_words.yaml"
OPEN_COLUMNS = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField, models.GenericIPAddressField, SealedField
)  # fmt: skip


def wrong(word: str) -> bool:
    return word.lower() in NEVER_A_NAME or bool(NEVER_IN_A_NAME & set(word.lower().split("_")))


def names_in(module: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """What classes (models, forms, pages) carry, what keywords functions take, and their names."""
    for node in ast.walk(module):
        match node:
            case ast.ClassDef(name=owner, body=body):
                yield node, re.sub(r"(?<!^)(?=[A-Z])", "_", owner)
                for line in body:
                    targets = (
                        line.targets
                        if isinstance(line, ast.Assign)
                        else [line.target]
                        if isinstance(line, ast.AnnAssign)
                        else []
                    )
                    yield from ((line, target.id) for target in targets if isinstance(target, ast.Name))
            case ast.arg(arg=argument):
                yield node, argument


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from keys_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_in(inner)


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("chengnuo.")]


def label(field: models.Field) -> str:
    return f"{field.model._meta.app_label}.{field.model.__name__}.{field.name}"


def listed(*, personal: bool) -> list[str]:
    rows = [line for line in PERSONAL.read_text().splitlines() if line and not line.startswith("#")]
    return [row.removeprefix("- ") for row in rows if row.startswith("- ") is not personal]


def is_open(field: models.Field) -> bool:
    """Whether somebody's words or data could be put into it. Keys, dates, numbers and closed choices could not."""
    return isinstance(field, OPEN_COLUMNS) and not field.choices and not field.primary_key and field.name != "status"


def test_no_class_form_or_argument_has_a_name_that_the_charter_forbids():
    assert not [
        f"{place(path, node)} {word}" for path in python("src/") for node, word in names_in(tree(path)) if wrong(word)
    ]


def test_no_policy_has_a_key_that_the_charter_forbids():
    sheets = [path for path in tracked() if path.suffix in {".yaml", ".yml"} and name(path).startswith("src/")]
    sheets = [path for path in sheets if path.name != THE_WORDS_THEMSELVES]
    assert sheets
    found = {name(path): [key for key in keys_in(yaml.safe_load(path.read_text())) if wrong(key)] for path in sheets}
    assert not {sheet: keys for sheet, keys in found.items() if keys}


@pytest.mark.parametrize(
    "line",
    [
        "class A:\n    is_pregnant = 1",
        "class A:\n    score: int",
        "class Penalty: pass",
        "def f(*, method): pass",
    ],
)
def test_the_search_finds(line):
    assert any(wrong(word) for _, word in names_in(ast.parse(line)))
    assert not wrong("payment_method")


def test_no_installed_column_has_a_name_that_the_charter_forbids():
    assert not [
        label(field)
        for model in ours()
        for field in model._meta.get_fields()
        if hasattr(field, "attname") and wrong(field.name)
    ]


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_every_model_says_what_it_holds_and_why(model):
    assert "Privacy" in vars(model), "an inner class Privacy: holds, purpose, basis, retention"
    assert all(isinstance(vars(model.Privacy).get(key), str) for key in ("holds", "purpose", "basis", "retention"))
    assert all(vars(model.Privacy)[key].strip() for key in ("holds", "purpose", "basis", "retention"))


@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
def test_only_the_listed_columns_may_hold_personal_data(model):
    columns = {label(field) for field in model._meta.concrete_fields if is_open(field)}
    sealed = {label(field) for field in model._meta.concrete_fields if isinstance(field, SealedField)}
    personal, looked_at = set(listed(personal=True)), set(listed(personal=False))
    if model.Privacy.holds == "nothing":
        assert not columns & (personal | looked_at | sealed), "the model says that it holds nothing"
    else:
        assert not columns - personal - looked_at, (
            "may it hold personal data? Decide, and write it into personal_columns.txt"
        )
        assert not sealed - personal, "what is sealed is personal"


def test_the_list_names_nothing_that_is_gone():
    there = {label(field) for model in ours() for field in model._meta.concrete_fields}
    for names in (listed(personal=True), listed(personal=False)):
        assert names == sorted(set(names) & there)
    assert not set(listed(personal=True)) & set(listed(personal=False))


def test_every_table_of_others_stands_in_the_register(db):
    """Also those without a model here: what stands in the database counts."""
    own = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("chengnuo.")
    }
    assert set(connection.introspection.table_names()) - own == set(TABLES)
