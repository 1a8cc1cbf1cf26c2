"""Another key: for what is sealed, or for the log's heads. docs/how-to/rotate-keys.md says when and in which order."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chengnuo.foundation import clock
from chengnuo.foundation.keys import KeyRingUnusable
from chengnuo.foundation.refused import Refused
from chengnuo.keeping import rotation, signing

COPY = "Seal the ring away again: ./run backup writes it anew. Copies of the old ring open old backups only."


class Command(BaseCommand):
    """Killed at any instant it is said again, and goes on. Everybody works on meanwhile."""

    help = (
        "Seals everything with a new key, goes on where that was broken off, drops old keys, or renews the log's key."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--retire", action="store_true", help="drop the older keys, when nothing is sealed with them")
        how.add_argument("--log", action="store_true", help="another key for the log's heads, announced by the old one")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self._do(retire=options["retire"], log=options["log"])
        except KeyRingUnusable as trouble:
            raise CommandError(str(trouble)) from None
        except Refused as refused:
            raise CommandError(f"{refused.said} {refused.remedy}") from None

    def _do(self, *, retire: bool, log: bool) -> None:
        at = clock.now()
        if retire:
            self.stdout.write(f"Dropped: {', '.join(rotation.retire(at)) or 'nothing, there is one key'}. {COPY}")
        elif log:
            name = signing.rotate(at)
            self.stdout.write(f"The key {name} signs from now on; a head announces it. {COPY}")
        else:
            self._seal_anew()

    def _seal_anew(self) -> None:
        if rotation.left():
            self.stdout.write("An earlier change of keys is not finished: it goes on, and no further key is made.")
        else:
            self.stdout.write(f"The key {rotation.begin(clock.now())} seals from now on. {COPY}")
        outcome = rotation.renew()
        for place, row in outcome.broken:
            self.stderr.write(f"Does not open with any key of the ring, and stays as it is: {place} of {row}")
        left = rotation.left()
        self.stdout.write(f"Sealed anew: {outcome.count}. The writer was held for {outcome.longest:.3f} s at most.")
        self.stdout.write(f"Left on older keys: {left.total()}.")
        if outcome.broken:
            raise CommandError(
                f"{len(outcome.broken)} rows do not open: find out who changed them; a backup has them whole."
            )
