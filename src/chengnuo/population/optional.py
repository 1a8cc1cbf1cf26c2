"""Parts that need packages which no server carries are loaded when they are asked for, and missed in words."""

from __future__ import annotations

import importlib
from typing import Any

from chengnuo.population.trouble import Trouble


def load(module: str, *, extra: str) -> Any:
    """The module. Raises Trouble that names the extra with which its packages come."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("chengnuo"):
            raise
        what = f"This needs {error.name}, which is not installed."
        raise Trouble(what, f"Install the extra [{extra}]: pip install 'chengnuo[{extra}]'.") from error
