"""What a disk may hold after the power is cut: every synced byte, and of the rest nothing, some writes, or torn pieces of them.

Assumed: a sync keeps what it was asked to keep, also the name of a new file (as ext4, xfs and btrfs do); names change in their order.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from random import Random

from bench.rigs.recorder import CUT_SHORT, EMPTIED, IS_FOLDER, OPENED, REMOVED, RENAMED, SYNCED, WRITTEN, Event

SECTOR, HALF = 512, 0.5
A_FOLDER = -1


class Model(StrEnum):
    NOTHING = "nothing unsynced is kept"
    SOME = "some unsynced writes are kept"
    TORN = "some sectors of unsynced writes are kept"


@dataclass
class File:
    """`safe` is what was synced; `loose` are the changes since, in their order."""

    safe: bytearray = field(default_factory=bytearray)
    loose: list[tuple[str, int, bytes]] = field(default_factory=list)

    def sync(self) -> None:
        for change in self.loose:
            _apply(self.safe, *change)
        self.loose = []

    def after_cut(self, model: Model, chance: Random) -> bytes:
        content = bytearray(self.safe)
        for kind, at, data in self.loose if model != Model.NOTHING else ():
            for piece_at, piece in _pieces(at, data) if model == Model.TORN and kind == WRITTEN else [(at, data)]:
                if chance.random() < HALF:
                    _apply(content, kind, piece_at, piece)
        return bytes(content)


@dataclass
class Disk:
    """`now` are the names as programs see them; `safe` those that a cut keeps; `loose` the changes between the two."""

    files: dict[int, File] = field(default_factory=dict)
    by_inode: dict[int, int] = field(default_factory=dict)
    now: dict[str, int] = field(default_factory=dict)
    safe: dict[str, int] = field(default_factory=dict)
    loose: list[tuple[str, int | None]] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> Disk:
        """The files as they lie there now, all synced."""
        disk = cls()
        for path in sorted(folder.rglob("*")):
            known = path.lstat()
            if stat.S_ISREG(known.st_mode) and not path.is_relative_to(folder / "static"):
                made = disk._new(known.st_ino)
                disk.files[made].safe[:] = path.read_bytes()
                disk.now[f"/{path.relative_to(folder)}"] = made
        disk.safe = dict(disk.now)
        return disk

    def take(self, event: Event) -> None:
        if event.kind == OPENED:
            self._open(event)
        elif event.kind in (WRITTEN, CUT_SHORT):
            self.files[self.by_inode[event.file]].loose.append((event.kind, event.at, event.data))
        elif event.kind == SYNCED:
            self._sync(event.file)
        elif event.kind in (RENAMED, REMOVED):
            old, _, new = event.data.decode().partition("\n")
            moved = self.now.get(old)
            self._name(old, None)
            if new:
                self._name(new, moved)

    def after_cut(self, model: Model, chance: Random) -> dict[str, bytes]:
        """The files and what is in them, by name."""
        names = dict(self.safe)
        for name, file in self.loose[: 0 if model == Model.NOTHING else chance.randint(0, len(self.loose))]:
            _put(names, name, file)
        return {name: self.files[file].after_cut(model, chance) for name, file in names.items()}

    def _new(self, inode: int) -> int:
        made = self.by_inode[inode] = len(self.files)
        self.files[made] = File()
        return made

    def _open(self, event: Event) -> None:
        name = event.data.decode()
        if event.at == IS_FOLDER:
            self.by_inode[event.file] = A_FOLDER
            return
        known = self.by_inode.get(event.file)
        if known is None or self.now.get(name) != known:  # an inode may be given again to another file
            known = self._new(event.file)
            self._name(name, known)
        if event.at == EMPTIED:
            self.files[known].loose.append((CUT_SHORT, 0, b""))

    def _sync(self, inode: int) -> None:
        file = self.by_inode[inode]
        if file != A_FOLDER:
            self.files[file].sync()
        upto = max((n for n, (_name, named) in enumerate(self.loose, 1) if file in (named, A_FOLDER)), default=0)
        for change in self.loose[:upto]:
            _put(self.safe, *change)
        del self.loose[:upto]

    def _name(self, name: str, file: int | None) -> None:
        _put(self.now, name, file)
        self.loose.append((name, file))


def _put(names: dict[str, int], name: str, file: int | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def _apply(content: bytearray, kind: str, at: int, data: bytes) -> None:
    end = at if kind == CUT_SHORT else at + len(data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if kind == CUT_SHORT:
        del content[at:]
    else:
        content[at:end] = data


def _pieces(at: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    """Cut where the disk's sectors end."""
    begins = 0
    while begins < len(data):
        ends = min(len(data), begins + SECTOR - (at + begins) % SECTOR)
        yield at + begins, data[begins:ends]
        begins = ends
