"""Whether what must not be lost is kept: keys, room on the disk, a backup that was put back last night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from chengnuo.config.doctor.finding import Finding
from chengnuo.foundation import space
from chengnuo.foundation.keys import KeyRingUnusable
from chengnuo.foundation.space import Brake
from chengnuo.keeping import drill, rotation

STOPS = {
    Brake.WRITES: "nothing is accepted any more",
    Brake.BATCHES: "no files are taken, and backups and other long work stop",
    Brake.UPLOADS: "no files are taken",
    Brake.ALARM: "soon no files will be taken",
}


def old_keys(_at: datetime) -> Iterator[Finding]:
    """A change of keys that was not finished. A ring that cannot be used has a finding of its own."""
    try:
        left = rotation.left().total()
    except KeyRingUnusable:
        return
    if left:
        yield Finding(
            f"{left} seals are on a key that was replaced.",
            "Say: ./run manage rotate_keys. It goes on where it was broken off, and lists what does not open.",
        )


def little_room(_at: datetime) -> Iterator[Finding]:
    free = space.measure.free()
    stops = next((words for brake, words in STOPS.items() if free < space.limit(brake)), "")
    if stops:
        yield Finding(
            f"{free:.0f} % of the disk under {settings.VAR} is free: {stops}.",
            "Make room there, or give it a larger disk. Nothing need be started anew afterwards.",
        )


def no_backup(at: datetime) -> Iterator[Finding]:
    if settings.BACKUPS is None:
        if not settings.DEMO:
            yield Finding(
                "No nightly backup is made: CHENGNUO_BACKUPS names no folder.",
                "Make a key (./run backup-key) and name a folder on another disk (docs/how-to/back-up-and-restore.md).",
            )
        return
    if not settings.BACKUP_KEY.exists():
        yield Finding(
            "There is no key to seal backups to.", "Say: ./run backup-key, and carry the private part to a safe."
        )
    if drill.is_stale(at):
        newest, worked = next(iter(drill.newest(1)), None), drill.last()
        since = f"since {worked.at:%Y-%m-%d %H:%M} UTC" if worked else "yet"
        why = f" The last attempt said: {newest.said}" if newest and newest.said else ""
        yield Finding(
            f"No backup was made and put back {since}.{why}",
            "Mend what it says, or look whether the worker runs; by hand: ./run backup",
        )
