"""Only the mover (foundation.acts) writes a status: assignments, setattr, updates, and rows made with one are found."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps

from chengnuo.foundation.models.noun import Noun
from tests.contracts.repository import name, place, python, tree

MOVER = "src/chengnuo/foundation/acts.py"
WRITERS = {
    "update",
    "create",
    "get_or_create",
    "update_or_create",
    "acreate",
    "aupdate",
    "aget_or_create",
    "aupdate_or_create",
}


def nouns() -> set[str]:
    return {model.__name__ for model in apps.get_models() if issubclass(model, Noun)}


def writes(module: ast.Module, models: set[str]) -> list[ast.AST]:
    found: list[ast.AST] = []
    for node in ast.walk(module):
        match node:
            case ast.Attribute(attr="status", ctx=ast.Store() | ast.Del()):
                found.append(node)
            case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value="status"), *_]):
                found.append(node)
            case ast.Call(func=ast.Attribute(attr=verb), keywords=said) if verb in WRITERS and _says_status(said):
                found.append(node)
            case ast.Call(func=ast.Name(id=model) | ast.Attribute(attr=model), keywords=said) if (
                model in models and _says_status(said)
            ):
                found.append(node)
            case ast.Call(func=ast.Attribute(attr="bulk_update"), args=arguments) if _has_constant(arguments):
                found.append(node)
    return found


def _says_status(keywords: list[ast.keyword]) -> bool:
    """`status=…`, also inside `**{"status": …}` and `defaults={"status": …}`."""
    return any(
        word.arg == "status" or _has_constant([word.value])
        for word in keywords
        if word.arg in {"status", "defaults", None}
    )


def _has_constant(nodes: list[ast.expr]) -> bool:
    return any(isinstance(leaf, ast.Constant) and leaf.value == "status" for node in nodes for leaf in ast.walk(node))


def test_nothing_else_writes_a_status():
    models = nouns()
    assert models, "no noun is installed: this test would find nothing"
    sources = [path for path in python("src/", migrations=True) if name(path) != MOVER]
    assert not [place(path, node) for path in sources for node in writes(tree(path), models)]


@pytest.mark.parametrize(
    "line",
    ["case.status = DONE", "setattr(case, 'status', DONE)", "Case.objects.update(status=DONE)", "Case(status=DONE)",
     "Case.objects.create(status=DONE)", "rows.update(**{'status': DONE})", "Case.objects.bulk_update(rows, ['status'])",
     "Case.objects.update_or_create(pk=1, defaults={'status': DONE})", "case.status, x = DONE, 1"],
)  # fmt: skip
def test_the_lint_finds(line):
    assert writes(ast.parse(line), {"Case"})


@pytest.mark.parametrize(
    "line", ["Case.objects.filter(status=DONE)", "render(request, 'x.html', status=404)", "x = case.status"]
)
def test_the_lint_lets_pass(line):
    assert not writes(ast.parse(line), {"Case"})
