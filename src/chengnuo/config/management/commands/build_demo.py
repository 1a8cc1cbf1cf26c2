"""Builds the demo county: its first page at once, and the year behind it with `--year`."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from chengnuo.config.demo.cast import Cast, fill_posts
from chengnuo.config.demo.county import build_county, publish_catalogue
from chengnuo.config.demo.lives import life
from chengnuo.config.demo.stage import Days, Stage, nights
from chengnuo.config.demo.year import NOW, YEAR_BEGINS, stories, year
from chengnuo.foundation import clock, keys
from chengnuo.people.models import Cell

PUBLISHED = datetime(2025, 1, 2, 1, tzinfo=NOW.tzinfo)
EVERY = 500


class Command(BaseCommand):
    """Through the real operations: nothing in the demo is inserted by hand."""

    help = "Builds the demo county; --year fills in the year behind it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", action="store_true", help="fill in the year before the demo's date")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only the demo is built: start with CHENGNUO_DEMO=1 and an empty database.")
        if options["year"]:
            self._year()
        elif not Cell.objects.exists():
            self._first_page()

    def _first_page(self) -> None:
        if not Path(settings.KEY_RING).exists():
            keys.create(Path(settings.KEY_RING))
        self.stdout.write("Building the demo county …")
        with clock.frozen(PUBLISHED):
            build_county()
            fill_posts()
            publish_catalogue(PUBLISHED)
        self._play(Stage(), stories, begins=NOW - timedelta(days=43), seed=60)
        clock.start_at(NOW)

    def _year(self) -> None:
        """Once; a year that was begun is gone on with, since every step has its own key."""
        if Cell.objects.filter(demo_year_at=None).exists():
            self._play(Stage(), year, begins=YEAR_BEGINS, seed=3000)
            Cell.objects.update(demo_year_at=clock.now())

    def _play(self, stage: Stage, plans: Any, *, begins: datetime, seed: int) -> None:
        cast, days = Cast(Random(seed)), Days()
        stage.add(nights(begins.replace(hour=18), NOW))
        for plan in plans(cast):
            stage.add(life(plan, cast, days))
        stage.play(until=NOW, progress=self._progress)

    def _progress(self, at: datetime, played: int) -> None:
        if played % EVERY == 0:
            self.stdout.write(f"  the year so far: {at:%Y-%m-%d}, {played} steps")
