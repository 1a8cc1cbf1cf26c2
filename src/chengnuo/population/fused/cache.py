"""Kernels as files, each under the digest of its text, and beside it what Numba made of it: the next process need not compile again."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import cast

import numba
from numba.core.registry import cpu_target

from chengnuo.population import private

# Numba loads half of itself with the first kernel only: now, before processes part
cpu_target.target_context.refresh()

OURS = "CHENGNUO_CACHE"  # the variable of the environment that names another folder


def folder() -> Path:
    """Where kernels are kept. Whoever may write there decides what is run: where others may, a new one for this process."""
    own = os.environ.get(OURS)
    found = Path(own or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chengnuo")
    if not found.is_symlink():
        private.make(found)
    return found if private.is_private(found) else Path(_new().name)


@cache
def _new() -> tempfile.TemporaryDirectory[str]:
    """Of this user alone; gone when the process ends."""
    return tempfile.TemporaryDirectory(prefix="chengnuo.")


@cache
def compiled(text: str) -> Callable[..., int]:
    """The function `kernel` of a module's text, as machine code."""
    digest = sha256(f"{numba.__version__}\n{text}".encode()).hexdigest()[:32]
    path = folder() / f"kernel_{digest}.py"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        _write(path, text)
    spec = cast("ModuleSpec", importlib.util.spec_from_file_location(path.stem, path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # what Numba kept of an earlier process names its module
    cast("Loader", spec.loader).exec_module(module)
    return cast("Callable[..., int]", module.kernel)


def _write(path: Path, text: str) -> None:
    """Whole or not at all: other processes may be looking for it."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False) as file:
        file.write(text)
    Path(file.name).replace(path)
