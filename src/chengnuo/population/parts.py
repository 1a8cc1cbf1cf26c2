"""The folder of a run's parts: what is done is kept until all is, so that a run that was killed goes on."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chengnuo
from chengnuo.population import private
from chengnuo.population.faults import Faults
from chengnuo.population.trouble import Trouble
from chengnuo.population.worker import Done

RULES = ("core/rules", "policies", "population")
PIECES, PIECE = 64, 1 << 16
LOCK = "chengnuo.lock"  # also the mark by which a folder is known to be ours


class Parts:
    """`folder` lies beside the result; one run at a time works in it."""

    def __init__(self, out: Path) -> None:
        self.folder = out.with_name(out.name + ".parts")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Raises Trouble while another run works at the same result, and where the folder is not ours: it is emptied and removed."""
        if not self.folder.is_symlink():
            private.make(self.folder)
        if not private.is_private(self.folder) or not self._is_ours():
            what = f"{self.folder.name} is there already, and no run of ours made it for you alone."
            raise Trouble(what, "Move it elsewhere, or write to another file with -o.")
        self.folder.chmod(0o700)
        with (self.folder / LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                what = f"Another run works at {self.folder.name}."
                raise Trouble(what, "Wait for it, or write to another file with -o.") from error
            yield

    def _is_ours(self) -> bool:
        return (self.folder / LOCK).exists() or not any(self.folder.iterdir())

    def begin(self, manifest: dict[str, Any]) -> None:
        """Keeps the parts of a run that asked the same of the same files; throws all others away."""
        path = self.folder / "manifest.json"
        if path.exists() and json.loads(path.read_text(encoding="utf-8")) == manifest:
            return
        for each in self.folder.iterdir():
            if each.name != LOCK:
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        _write(path, manifest)

    def done(self) -> dict[int, Done]:
        """The slices that were done before."""
        found = [json.loads(path.read_text(encoding="utf-8")) for path in self.folder.glob("*.done.json")]
        return {each["number"]: Done(**each, faults=Faults(), differences=[]) for each in found}

    def note(self, done: Done) -> None:
        """The parts of a slice are there: it need not be done again."""
        said = {"number": done.number, "households": done.households, "persons": done.persons, "tally": done.tally}
        _write(self.folder / f"{done.number:06}.done.json", said)

    def forget(self) -> None:
        """The slices are cut anew."""
        for path in self.folder.glob("0*.*"):
            path.unlink()

    def remove(self) -> None:
        shutil.rmtree(self.folder)


def fingerprint(path: Path) -> dict[str, Any]:
    """By which a file is known again: its name and size, a digest of pieces from all over it, and times. That of its last change is set by
    the system alone: it tells what was changed between the pieces.
    """
    told = path.stat()
    size, times = told.st_size, [told.st_mtime_ns, told.st_ctime_ns]
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        for at in sorted({max(0, (size - PIECE) * number // (PIECES - 1)) for number in range(PIECES)}):
            file.seek(at)
            digest.update(file.read(PIECE))
    return {"name": path.name, "size": size, "changed": times, "digest": digest.hexdigest()}


def rules_version() -> str:
    """A digest of everything that decides a result."""
    digest, package = hashlib.sha256(), Path(chengnuo.__path__[0])
    for path in sorted(
        each for folder in RULES for each in (package / folder).rglob("*") if each.suffix in {".py", ".yaml"}
    ):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _write(path: Path, data: dict[str, Any]) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    new.replace(path)
