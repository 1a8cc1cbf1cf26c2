"""Files that are there whole or not at all, also after a power cut, and that nobody but their owner reads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

DRAFT = "."  # how the name of a file begins that is still being written


def write_whole(path: Path, content: bytes) -> None:
    """Writes under another name, syncs, renames, and syncs the folder. Raises OSError; then nothing is left behind."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{DRAFT}{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        draft.rename(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


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
