"""Loads the class that a reform puts in a programme's place: from a file beside the reform, or from a module."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from chengnuo.core.rules import Miswritten, Programme
from chengnuo.policies.sheet import Sheet, Unfit

PYTHON, WORDS = ".py", ".yaml"
OURS = "chengnuo"


def class_in(sheet: Sheet, folder: Path, key: str) -> tuple[type[Programme], tuple[Path, ...]]:
    """The one with this key, and the files that it was read from. Raises Unfit."""
    said = str(sheet.take("class", str, "bereaved.py"))
    sheet.close()
    try:
        module = _file(folder / said) if said.endswith(PYTHON) else importlib.import_module(said)
    except Unfit:
        raise
    except Miswritten as error:
        raise sheet.unfit(
            "class", f"cannot stand: {error}", "A rule has to hold together.", "the rule mended"
        ) from error
    except (ImportError, SyntaxError, NameError, AttributeError, TypeError, OSError) as error:
        what, why = f"cannot be loaded from {said} ({type(error).__name__}: {error}).", "Python does not read it."
        raise sheet.unfit("class", what, why, "a file beside the reform, or a module that can be imported") from error
    found = {each.words.key: each for each in vars(module).values() if _is_own(each, module)}
    if key not in found:
        what, why = (
            f"is {said}, which has {', '.join(found) or 'no programme'}.",
            "What it replaces bears the same key.",
        )
        raise sheet.unfit("class", what, why, f"a Programme whose words have key: {key}")
    path = Path(str(module.__file__))
    beside = (each for each in (path, path.with_suffix(WORDS)) if each.exists())
    return found[key], (*beside, *sorted(_helpers(path, {path}) - {path}))


def _helpers(path: Path, known: set[Path]) -> set[Path]:
    """`known` with the files of all modules beside a file that it imports, and that these import. What is ours the rules tell."""
    for name in _imported(path) & sys.modules.keys():
        each = Path(getattr(sys.modules[name], "__file__", None) or "")
        if each.parent == path.parent and each not in known and name.partition(".")[0] != OURS:
            known |= _helpers(each, known | {each})
    return known


def _imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_bytes())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


def _is_own(each: object, module: ModuleType) -> bool:
    return isinstance(each, type) and issubclass(each, Programme) and each.__module__ == module.__name__


def _file(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"reform_{path.stem}", path)
    if spec is None or spec.loader is None or not path.exists():
        raise FileNotFoundError(f"no file {path.name}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
