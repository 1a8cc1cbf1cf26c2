"""Puts a backup back into an empty place, or looks whether it could be. docs/how-to/back-up-and-restore.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chengnuo.foundation import clock
from chengnuo.foundation.keys import KeyRingUnusable
from chengnuo.foundation.refused import Refused
from chengnuo.keeping import recipients, restore
from chengnuo.keeping.copies import CopyRefused
from chengnuo.keeping.restore import NotPossible
from chengnuo.keeping.stream import ArchiveUnfit


class Command(BaseCommand):
    """All of it or nothing: what cannot be put back leaves the place as empty as it was."""

    help = "Puts a backup back: checks it, erases again, and opens a new epoch of the log."
    # there is no database yet that they could look at
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--key", type=Path, required=True, help="the private part, from the safe")
        parser.add_argument(
            "--ring", type=Path, help="the sealed key ring (.ring), where keys.json is not in its place"
        )
        parser.add_argument("--heads", type=Path, help="the newest heads.json that somebody outside kept")
        parser.add_argument(
            "--explained",
            type=int,
            nargs="+",
            default=(),
            metavar="EPOCH",
            help="epochs in which a replaced key signed, for a reason that you know",
        )
        parser.add_argument("--without-heads", action="store_true", help="nobody outside kept heads: say so")
        parser.add_argument("--tombstones", type=Path, help="a newer tombstones.jsonl than the backup's")
        parser.add_argument("--check", action="store_true", help="open and check it, and put nothing back")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            key = recipients.private_key(options["key"])
            if options["check"]:
                self._told_of(restore.checked(options["archive"], key))
            else:
                self._put_back(key, options)
        except (NotPossible, ArchiveUnfit, CopyRefused, recipients.KeyUnfit, KeyRingUnusable) as trouble:
            raise CommandError(str(trouble)) from None
        except Refused as refused:
            raise CommandError(f"{refused.said} {refused.remedy}") from None

    def _told_of(self, manifest: dict[str, Any]) -> None:
        rows = sum(manifest["counts"].values())
        self.stdout.write(
            f"In order: the backup of {manifest['made_at']}, {rows} rows, {len(manifest['files'])} files, all as its manifest says."
        )

    def _put_back(self, key: Any, options: dict[str, Any]) -> None:
        if not options["heads"] and not options["without_heads"]:
            raise CommandError(
                "Name the newest heads.json that somebody outside kept (--heads FILE): the log goes on from there, and what was "
                "lost is stated. If nobody kept any, say --without-heads."
            )
        kept = restore.read_heads(options["heads"]) if options["heads"] else None
        found = restore.put_back(
            options["archive"],
            key,
            ring=options["ring"],
            kept=kept,
            tombstones=options["tombstones"],
            at=clock.now,
            explained=options["explained"],
        )
        self.stdout.writelines(f"{line}\n" for line in found.told())
