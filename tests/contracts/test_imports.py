"""Who may import whom (pyproject.toml says it), and what core may never ask."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.contracts.repository import PACKAGE, ROOT, SRC, place, python, text, tree

# a module, and what of it core may not use; the star stands for all of it
CLOCK_AND_CHANCE = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "uuid": {"uuid1", "uuid4", "getnode"},
    "os": {"*"},
    "random": {"*"},
    "secrets": {"*"},
    "time": {"*"},
}
OUTSIDE = {"open", "input", "print", "eval", "exec", "__import__", "breakpoint"}
BANNED_NAMES = {"utils", "helpers", "services", "constants", "signals", "admin"}


def test_layers_purity_and_circles():
    lint = Path(sys.executable).with_name("lint-imports")
    env = os.environ | {"PYTHONPATH": str(SRC)}
    told = subprocess.run([lint, "--no-cache"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_what_is_internal_is_imported_by_its_own_application_alone():
    told = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    kept = [(each["protected_modules"], each["allowed_importers"]) for each in told if each["type"] == "protected"]
    for folder in PACKAGE.glob("**/internal"):
        owner = ".".join(folder.parent.relative_to(SRC).parts)
        assert ([f"{owner}.internal"], [owner]) in kept, f"{owner} has no contract for what is internal to it"


def forbidden_in_core(module: ast.Module) -> list[ast.AST]:
    """Where the code asks the clock, chance, a file or the terminal."""
    found: list[ast.AST] = []
    for node in ast.walk(module):
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=attr):
                if {attr, "*"} & CLOCK_AND_CHANCE.get(owner, set()):
                    found.append(node)
            case ast.ImportFrom(module=owner, names=names):
                if any({n.name, "*"} & CLOCK_AND_CHANCE.get(owner or "", set()) for n in names):
                    found.append(node)
            case ast.Import(names=names):
                if any("*" in CLOCK_AND_CHANCE.get(n.name.partition(".")[0], set()) for n in names):
                    found.append(node)
            case ast.Call(func=ast.Name(id=name)) if name in OUTSIDE:
                found.append(node)
    return found


def test_core_asks_neither_clock_nor_chance_nor_files():
    assert not [place(path, node) for path in python("src/chengnuo/core/") for node in forbidden_in_core(tree(path))]


@pytest.mark.parametrize(
    "line",
    ["datetime.now()", "datetime.datetime.utcnow()", "date.today()", "uuid.uuid4()", "from uuid import uuid4", "import time",
     "from time import sleep", "import random", "import os.path", "open('x')"],
)  # fmt: skip
def test_the_lint_of_core_finds(line):
    assert forbidden_in_core(ast.parse(line))


def test_no_module_is_a_drawer_for_everything():
    assert not [path for path in python("src/", "tools/") if BANNED_NAMES & {path.stem, path.parent.name}]
