"""Putting a backup back, into an empty place only: every digest is checked before anything is put there.

What follows from it follows at once: erasures are done again, nobody is signed in, nothing is sent twice, and the log goes on
in a new epoch that names the last head that anybody published.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import transaction
from django.db.migrations.loader import MigrationLoader

from chengnuo.foundation import disk, files, keys
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.log import erasure, heads
from chengnuo.foundation.models import Errand, LogHead
from chengnuo.foundation.models.noun import Trace
from chengnuo.keeping import archive, backup, copies
from chengnuo.keeping.manifest import Json, is_ours
from chengnuo.keeping.stream import ArchiveUnfit

HELD = "HeldAfterRestore"  # what an errand's last error says: the doctor names it, and a person decides
Forget = Callable[[Sequence[str], datetime], None]


class NotPossible(Exception):
    """Nothing was put back. The sentence says why, and what to do."""


@dataclass
class Restored:
    """What was put back. `lost` are published entries that the copy does not have; `held` are errands by topic."""

    epoch: int
    size: int
    lost: int
    erased: int
    files_erased: int
    held: Counter[str] = field(default_factory=Counter)
    unknown: tuple[str, ...] = ()
    unreadable: int = 0

    def told(self) -> Iterator[str]:
        """What whoever put it back must know, a line each."""
        yield f"Epoch {self.epoch} of the log begins with {self.size} entries."
        if self.lost:
            yield f"{self.lost} published entries are not in it. The new head says so, and the page of the log."
        yield f"Erased again: {self.erased}, and {self.files_erased} files."
        yield "Nobody is signed in, and other systems need new tokens."
        yield (
            "Every account is closed: one that was closed since the backup must not open again. Let the administrator in with "
            "./run manage open_again NAME; they open the others, each with a first password."
        )
        yield (
            "As they were at the time of the backup, so look through them: who holds which post, second factors, contacts that "
            "were put right, and folders of receipts."
        )
        if self.unreadable:
            yield f"LOOK: {self.unreadable} lines of {erasure.FILE} cannot be read; what they stood for may be back. Bring another copy."
        if self.unknown:
            yield f"LOOK: the words of these kinds must be erased by hand: {', '.join(self.unknown)}."
        if self.held:
            yield "Held back, since they may have been done already (look, then ./run manage revive_errands TOPIC):"
            yield from (f"  {count} of {topic}" for topic, count in sorted(self.held.items()))
        yield "Now: ./run doctor, then start. Say in public why a copy was put back: everybody who verifies the log will ask."


_forgetters: dict[str, Forget] = {}
_covered: set[str] = set()
_enders: list[Callable[[datetime], None]] = []


def forgets(kind: str, by: Forget, *, with_it: Sequence[str] = ()) -> None:
    """Binds who erases things of a kind again, and which kinds go with them; in the wiring."""
    _forgetters[kind] = by
    _covered.update(with_it)


def ends(*enders: Callable[[datetime], None]) -> None:
    """Binds who ends other rights that the copy brought back, such as tokens of other systems; in the wiring."""
    _enders.extend(each for each in enders if each not in _enders)


def put_back(
    path: Path,
    key: X25519PrivateKey,
    *,
    ring: Path | None,
    kept: Sequence[Mapping[str, Any]] | None,
    tombstones: Path | None,
    at: Callable[[], datetime],
    explained: Collection[int] = (),
) -> Restored:
    """The whole restore, or nothing of it. `kept` are heads that somebody outside kept; None: nobody did. `explained` are the
    epochs in which a replaced key may have signed.

    Raises NotPossible, ArchiveUnfit, KeyUnfit, CopyRefused, NotOurHeads, KeyRingUnusable.
    """
    need_an_empty_place()
    with backup.staging() as stage:
        said = archive.read(path, key, stage)
        manifest = said["manifest"]
        _need_this_county(manifest)
        with _ring_in_place(ring, key, said):
            heads.ours(kept or [], explained=explained)
            _merge(stage / erasure.FILE, tombstones)
            with _placed(stage):
                call_command("migrate", interactive=False, verbosity=0)
                return continued(kept or ([manifest["head"]] if manifest["head"] else []), at(), explained)


def checked(path: Path, key: X25519PrivateKey) -> Json:
    """Opens an archive with the key from the safe, checks everything in it, and puts nothing back; returns its manifest."""
    with backup.staging() as stage:
        manifest: Json = archive.read(path, key, stage)["manifest"]
        with copies.opened(next(stage.glob("database.*"))) as (ask, _tables):
            ask("SELECT 1")
        return manifest


def need_an_empty_place() -> None:
    """Raises NotPossible where there is a database or a file already."""
    stored = files.folder()
    if not copies.is_empty():
        raise NotPossible(
            "There is a database here already, and a backup is put back into an empty place only. "
            "Name another folder in CHENGNUO_VAR (and an empty database in DATABASE_URL), or move the old one away."
        )
    if stored.exists() and any(stored.iterdir()):
        raise NotPossible(f"There are files in {stored} already. Move them away, then start again.")


def _need_this_county(manifest: Json) -> None:
    if manifest["county"] != settings.COUNTY:
        raise NotPossible(
            f"This is a backup of the county {manifest['county']}, and CHENGNUO_COUNTY is {settings.COUNTY}. "
            f"Start with CHENGNUO_COUNTY={manifest['county']}."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    ours = {name.partition(".")[0] for name in known}
    if newer := [name for name in manifest["migrations"] if name.partition(".")[0] in ours and name not in known]:
        raise NotPossible(
            f"The backup was made by a newer version of Chengnuo ({manifest['software']}: {', '.join(newer[:3])}). "
            "Put it back with that version."
        )


@contextmanager
def _ring_in_place(sealed: Path | None, key: X25519PrivateKey, said: Json) -> Iterator[None]:
    """The ring that lies there, else the sealed copy; taken away again when the restore comes to nothing."""
    place, ours = Path(settings.KEY_RING), not Path(settings.KEY_RING).exists()
    if ours:
        if sealed is None:
            raise NotPossible(
                f"There is no key ring at {place}. Name its sealed copy with --ring (it lies with the backups and ends in .ring)."
            )
        try:
            keys.put(place, backup.open_ring(sealed, key))
        except ValueError:
            raise ArchiveUnfit(f"The key ring in {sealed.name} is damaged. Take another copy of it.") from None
    try:
        _need_this_ring(said)
        yield
    except BaseException:
        if ours:
            place.unlink()
        raise


def _need_this_ring(said: Json) -> None:
    found = keys.ring()
    if lacking := set(said["manifest"]["ring"]["sealing"]) - set(found.sealing):
        raise NotPossible(
            f"The key ring lacks {', '.join(sorted(lacking))}, with which words in this backup may be sealed. "
            "Take the ring that was sealed at the time of the backup."
        )
    if not is_ours(said, found.public_keys()):
        raise ArchiveUnfit(
            "The backup's manifest is not signed by this county's key. Do not put it back: ask who made it."
        )


@contextmanager
def _placed(stage: Path) -> Iterator[None]:
    """Database and files in their places; taken away again when what must follow fails."""
    stored = files.folder()
    try:
        copies.put(stage / next(each.name for each in stage.glob("database.*")))
        if (stage / "files").exists():
            shutil.copytree(stage / "files", stored, dirs_exist_ok=True, copy_function=shutil.move)
        yield
    except BaseException:
        copies.clear()
        shutil.rmtree(stored, ignore_errors=True)
        raise


def _merge(theirs: Path, given: Path | None) -> None:
    """All tombstones there are, in one file beside the database: those of the archive, those kept here, those brought along."""
    place = Path(settings.VAR) / erasure.FILE
    lines = dict[bytes, None]()
    for source in filter(None, (theirs, place, given)):
        if source.exists():
            lines |= dict.fromkeys(filter(None, source.read_bytes().split(b"\n")))
    if lines:
        disk.write_whole(place, b"".join(line + b"\n" for line in lines))


@transaction.atomic
def continued(kept: Sequence[Mapping[str, Any]], at: datetime, explained: Collection[int] = ()) -> Restored:
    """What follows from a copy that was put back, by `put_back` or otherwise. Raises NotOurHeads; then nothing was done."""
    opened = heads.open_epoch(at, kept=kept, explained=explained) if kept else None
    back = erasure.brought_back()
    Session.objects.all().delete()
    for end in _enders:
        end(at)
    waiting = Errand.objects.filter(done_at=None, dead_at=None)
    held = Counter(waiting.values_list("topic", flat=True))
    waiting.update(dead_at=at, last_error=HELD, leased_until=None)
    restored = Restored(
        epoch=opened.epoch if opened else heads.EPOCH,
        size=opened.size if opened else 0,
        lost=_lost(opened) if opened else 0,
        erased=sum(map(len, back.values())),
        files_erased=files.replay(),
        held=held,
        unknown=tuple(sorted(set(back) - set(_forgetters) - _covered)),
        unreadable=erasure.unreadable(),
    )
    _erase_again(back, at)
    _enter(restored, at)
    return restored


def _lost(opened: LogHead) -> int:
    """The named head is the last that anybody published, kept outside or in the copy itself."""
    return max(0, int(opened.before.split("/")[1]) - opened.size)


def _erase_again(back: Mapping[str, Sequence[str]], at: datetime) -> None:
    """What the copy brought back goes again, the words first and then what the log knew."""
    for kind in back.keys() & _forgetters.keys():
        _forgetters[kind](back[kind], at)
    erasure.replay()


def _enter(restored: Restored, at: datetime) -> None:
    """That a backup was put back is an entry of the log, like every act."""
    said = {"epoch": str(restored.epoch), "lost": restored.lost}
    with act("county.restore/1", by=system(), at=at, key=uuid4(), said=said) as a:
        a.permit()
        a.record("epoch", str(restored.epoch), Trace(office=None), said)


def read_heads(path: Path) -> list[Mapping[str, Any]]:
    """Heads as outsiders keep them: a heads.json, or a list of heads. Raises NotPossible."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        found = said["heads"] if isinstance(said, dict) and "heads" in said else said
        listed = [found] if isinstance(found, dict) else list(found)
    except (OSError, ValueError, TypeError) as trouble:
        raise NotPossible(f"The file {path} holds no heads: {trouble}.") from None
    if not listed:
        raise NotPossible(f"The file {path} holds no heads: its list is empty.")
    return listed
