"""The repository as its own tests see it: which files, parsed once."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
PACKAGE = SRC / "chengnuo"
TEMPLATES = (PACKAGE / "web" / "templates", PACKAGE / "web" / "components")
UNTRACKED = {
    ".git",
    ".venv",
    ".tools",
    "var",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
}


@cache
def tracked() -> list[Path]:
    """Every file that is or would be committed; from an unpacked archive, every file that is not made by `./run`."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if told.returncode == 0:
        return sorted({path for name in told.stdout.split("\0") if name and (path := ROOT / name).is_file()})
    return sorted(
        path for path in ROOT.rglob("*") if path.is_file() and not UNTRACKED & set(path.relative_to(ROOT).parts)
    )


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python(*folders: str, migrations: bool = False) -> list[Path]:
    """The Python files below the folders, without migrations unless they are asked for."""
    found = [path for path in tracked() if name(path).startswith(folders) and path.suffix == ".py"]
    return [path for path in found if migrations or "migrations" not in path.parts]


def templates() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".html" and path.is_relative_to(PACKAGE)]


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path), filename=str(path))


def place(path: Path, node: ast.AST) -> str:
    return f"{name(path)}:{getattr(node, 'lineno', 0)}"
