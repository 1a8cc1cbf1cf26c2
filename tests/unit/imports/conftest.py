from __future__ import annotations

import pytest

from chengnuo.imports.targets import targets
from tests.factories.register import Register, steady

__all__ = ["steady"]


@pytest.fixture
def register(monkeypatch):
    """A made-up register beside the targets of the county."""
    found = Register()
    monkeypatch.setitem(targets.known, found.name, found)
    return found
