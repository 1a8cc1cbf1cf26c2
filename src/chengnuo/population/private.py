"""Folders in which nobody else can put or change anything: what lies there is believed, run or deleted."""

from __future__ import annotations

import os
import stat
from pathlib import Path

OTHERS = stat.S_IWGRP | stat.S_IWOTH


def make(folder: Path) -> None:
    """Makes it for this user alone, where it is not there yet."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def is_private(folder: Path) -> bool:
    """Whether it is a folder of this user and no link to one, and nobody else may write there."""
    told = folder.lstat()
    return stat.S_ISDIR(told.st_mode) and told.st_uid == os.geteuid() and not told.st_mode & OTHERS
