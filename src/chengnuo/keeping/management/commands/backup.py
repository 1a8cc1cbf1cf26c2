"""Makes a backup: one sealed archive, and beside it the sealed key ring. docs/how-to/back-up-and-restore.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chengnuo.foundation import clock
from chengnuo.foundation.keys import KeyRingUnusable
from chengnuo.keeping.backup import back_up
from chengnuo.keeping.copies import CopyRefused
from chengnuo.keeping.recipients import KeyUnfit


class Command(BaseCommand):
    """While everybody works on. Nothing that could be read is left in the folder."""

    help = "Writes a backup into a folder (CHENGNUO_BACKUPS when none is named)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.BACKUPS)

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["folder"] is None:
            raise CommandError("Name a folder for the backup, or set CHENGNUO_BACKUPS.")
        if not settings.BACKUP_KEY.exists():
            raise CommandError("There is no key to seal backups to. Say first: ./run backup-key")
        try:
            made = back_up(options["folder"], clock.now())
        except (CopyRefused, KeyUnfit, KeyRingUnusable) as trouble:
            raise CommandError(str(trouble)) from None
        except OSError as trouble:
            raise CommandError(f"The backup could not be written: {trouble}") from None
        self.stdout.write(f"Backed up in {made.seconds:.1f} s, {made.size / 1_000_000:.1f} MB: {made.archive}")
        self.stdout.write(f"The key ring, sealed, to be kept apart from it: {made.ring}")
