"""Writes the public export of the log into a folder, for `./run verify` and for outsiders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chengnuo.foundation.log import export


class Command(BaseCommand):
    """The same that the public page lets everybody download."""

    help = "Writes the public export of the log into a folder (log.jsonl)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder to write into; made if there is none")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        folder.mkdir(parents=True, exist_ok=True)
        whole, draft = folder / export.FILE, folder / f".{export.FILE}"
        with draft.open("wb") as file:
            file.writelines(export.lines())
        draft.replace(whole)
        self.stdout.write(f"The log's export: {whole}")
