"""What the short forms of every part and rig stand on."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def ground(tmp_path_factory) -> Path:
    """One folder for all of them: the small county in it is built once."""
    return tmp_path_factory.mktemp("bench")
