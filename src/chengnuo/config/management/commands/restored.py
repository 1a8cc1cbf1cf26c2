"""To be said once after a copy of the database was put back, before the worker runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chengnuo.foundation import clock
from chengnuo.foundation.log import erasure, heads
from chengnuo.foundation.refused import Refused


class Command(BaseCommand):
    """Erases again what the copy brought back, and opens a new epoch that names the last head published before."""

    help = "After a restore: replays erasures and opens a new epoch of the log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("heads", type=Path, help="all published heads, as an outsider kept them (heads.json)")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            kept = json.loads(options["heads"].read_text(encoding="utf-8"))["heads"]
            opened = heads.open_epoch(clock.now(), kept=kept)
        except (OSError, ValueError, LookupError, TypeError) as trouble:
            raise CommandError(f"The file {options['heads']} holds no heads: {trouble!r}") from trouble
        except Refused as refused:
            raise CommandError(f"{refused.said} {refused.remedy}") from refused
        erased = erasure.replay()
        self.stdout.write(f"Epoch {opened.epoch} begins with {opened.size} entries. Erased again: {erased}.")
        self.stdout.write("Publish why the copy was put back: everybody who verifies the log will ask.")
