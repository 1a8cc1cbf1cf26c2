"""A kernel without a compiler: its text is Python, and gives the same, only slowly."""

from __future__ import annotations

import runpy
import tempfile
from functools import cache
from pathlib import Path


@cache
def interpreted(text: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kernel.py"
        path.write_text(text.replace("from numba import njit", "njit = lambda *_, **__: lambda function: function"))
        return runpy.run_path(str(path))["kernel"]
