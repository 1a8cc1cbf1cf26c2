"""Makes the catalogues that Django reads (.mo) from those that people write (.po). No gettext tools needed."""

from __future__ import annotations

import os
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed


class Command(BaseCommand):
    """Does only those that are older than their source."""

    help = "Compiles web/locale/*/LC_MESSAGES/*.po to .mo where that is stale."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for locale in settings.LOCALE_PATHS:
            for source in locale.glob("*/LC_MESSAGES/*.po"):
                target = source.with_suffix(".mo")
                if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                    # a catalogue appears whole or not at all: several processes may do this at once
                    draft = target.with_suffix(f".{os.getpid()}")
                    polib.pofile(str(source)).save_as_mofile(str(draft))
                    draft.replace(target)
                    translation_file_changed(None, target)  # this process may have read the old one
                    self.stdout.write(f"{source.parent.parent.name}: compiled")
