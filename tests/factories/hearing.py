"""Whatever any logger says, at any level."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def listening() -> Iterator[list[str]]:
    lines: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    ear, root = Ear(level=logging.DEBUG), logging.getLogger()
    root.addHandler(ear)
    before, root.level = root.level, logging.DEBUG
    try:
        yield lines
    finally:
        root.level = before
        root.removeHandler(ear)
