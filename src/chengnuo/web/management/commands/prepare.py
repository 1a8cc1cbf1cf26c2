"""Everything that must be true before the server starts, in one process: starting Python is the dear part."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Words, static files, tables, and in demo mode the county's first page."""

    help = "Compiles words, collects static files, migrates, and builds the demo county's first page."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("compile_words", stdout=self.stdout)
        self._collect_static()
        call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMO:
            call_command("build_demo", stdout=self.stdout)

    def _collect_static(self) -> None:
        """Skipped while our static files and the packages' are those of the last time."""
        if static_is_stale():
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            _seen().write_text(_mark())


def static_is_stale() -> bool:
    """Whether the collected files are not those of this version; the doctor asks too."""
    return not (settings.STATIC_ROOT.exists() and _seen().exists() and _seen().read_text() == _mark())


def _seen() -> Path:
    return Path(settings.VAR) / "static.seen"


def _mark() -> str:
    return _fingerprint([*map(Path, settings.STATICFILES_DIRS), settings.ROOT / "requirements.txt"])


def _fingerprint(places: list[Path]) -> str:
    files = sorted(
        file for place in places for file in ([place] if place.is_file() else place.rglob("*")) if file.is_file()
    )
    facts = "".join(f"{file}{file.stat().st_size}{file.stat().st_mtime_ns}" for file in files)
    return hashlib.sha256(facts.encode()).hexdigest()
