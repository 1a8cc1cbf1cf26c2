"""Writes the pages of docs/reference anew from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from chengnuo.config.reference import PAGES


class Command(BaseCommand):
    """Run after states, permissions, promises, parameters, settings or models changed; needs no database."""

    help = "Writes docs/reference anew from the code."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.ROOT / "docs" / "reference", help="the folder")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in PAGES.items():
            (folder / name).write_text(page(), encoding="utf-8")
            self.stdout.write(f"{folder / name}")
