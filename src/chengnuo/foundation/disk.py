"""Files that are there whole or not at all, also after a power cut, and that nobody but their owner reads."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

DRAFT = "."  # how the name of a file begins that is still being written


@contextmanager
def writing(path: Path, *, over: bool = True) -> Iterator[BinaryIO]:
    """A file under another name, which gets its own when the block ends: synced, and the folder too. `over`: in place of another.

    Raises FileExistsError where it may take nothing's place, OSError; then nothing is left behind.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{DRAFT}{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        if over:
            draft.rename(path)
        else:
            _appear(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_whole(path: Path, content: bytes, *, over: bool = True) -> None:
    """The same of what is in memory. Raises as `writing` does."""
    with writing(path, over=over) as file:
        file.write(content)


def _appear(draft: Path, path: Path) -> None:
    """Whole or not at all, and never in place of another file."""
    try:
        os.link(draft, path)
    except PermissionError:
        # a stick knows no links: there the name is taken first
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        draft.rename(path)


def remove(*paths: Path) -> None:
    """Takes files away for good, those that are there."""
    for path in paths:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in paths}:
        if folder.exists():
            sync_folder(folder)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
