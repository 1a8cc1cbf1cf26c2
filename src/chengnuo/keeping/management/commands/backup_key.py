"""The key to which backups are sealed: made once, and its private part carried away to a safe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chengnuo.keeping import recipients


class Command(BaseCommand):
    """The server keeps the public part alone: whoever takes it over opens no backup that it made."""

    help = "Makes the pair of keys for backups; the private part is shown once, or written to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="where to write the private part, such as a stick")

    def handle(self, *_args: Any, **options: Any) -> None:
        private, public = recipients.make()
        if settings.BACKUP_KEY.exists():
            raise CommandError(
                f"There is a key in {settings.BACKUP_KEY} already. To change it, move that file away first; "
                "older archives open with the older private part, so keep it too."
            )
        try:
            if options["file"]:
                recipients.keep(options["file"], private)
            recipients.keep(settings.BACKUP_KEY, public)
        except OSError as trouble:
            raise CommandError(f"The key was not written: {trouble}") from None
        self.stdout.write(f"Backups are sealed to this key from now on: {settings.BACKUP_KEY}")
        if options["file"]:
            self.stdout.write(f"The private part is in {options['file']}. Take it off this machine, into two safes.")
        else:
            self.stdout.write("The private part, shown this once. Write it down, whole, for two safes:\n")
            self.stdout.write(private)
        self.stdout.write("Without it no backup can ever be opened.")
