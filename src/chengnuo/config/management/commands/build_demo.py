"""Builds the demo county: its first page at once, and the years behind it with `--year`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from chengnuo.demo.boards import boards
from chengnuo.demo.cast import Cast, fill_posts
from chengnuo.demo.county import build_county, publish_catalogue
from chengnuo.demo.hours import Days
from chengnuo.demo.letters import registered
from chengnuo.demo.lives import life
from chengnuo.demo.meetings import governed
from chengnuo.demo.nights import month_ends, nights
from chengnuo.demo.plan import Plan
from chengnuo.demo.reviewed import reviewed
from chengnuo.demo.stage import Stage
from chengnuo.demo.support import supported
from chengnuo.demo.year import CASES, NOW, YEAR_BEGINS, stories, year
from chengnuo.foundation import clock, keys
from chengnuo.people.models import Cell
from chengnuo.promises.operations import releases

PUBLISHED = datetime(2025, 1, 2, 1, tzinfo=NOW.tzinfo)
NIGHT = (NOW - timedelta(days=1)).replace(hour=YEAR_BEGINS.hour, minute=0)  # the last one before the demo's date
STORIES_BEGIN = NIGHT - timedelta(days=42)
SUPPORT_BEGINS = NOW - timedelta(days=45)  # a claim goes through five offices before money begins to come
# a review asks for sixty days, and is renewed in the days after: its awards are granted before
REVIEWS_BEGIN, LAST_REVIEW = NOW - timedelta(days=77), NOW - timedelta(days=14)
REGISTER_BEGINS = NOW - timedelta(days=16)  # what waits in it for somebody's decision is not late yet
MEETINGS_BEGIN = NOW - timedelta(days=31)
STORIES_SEED, YEAR_SEED = 60, 3000
BATCH, REST = 0.04, 0.02  # seconds: a third of the time belongs to whoever uses the pages meanwhile
EVERY = 1000


class Command(BaseCommand):
    """Through the real operations: nothing in the demo is inserted by hand."""

    help = "Builds the demo county; --year fills in the years behind it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", action="store_true", help="fill in the years before the demo's date")
        parser.add_argument("--cases", type=int, default=CASES, help="how many cases they have")
        parser.add_argument("--days", type=int, default=(NOW - YEAR_BEGINS).days, help="how far back they go")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only the demo is built: start with CHENGNUO_DEMO=1 and an empty database.")
        if options["year"]:
            self._year(options["cases"], begins=NIGHT - timedelta(days=options["days"]))
        elif not Cell.objects.exists():
            self._first_page()

    def _first_page(self) -> None:
        """All of it or nothing, in one transaction: nobody else is at the database yet, and the disk is asked once."""
        if not Path(settings.KEY_RING).exists():
            keys.create(Path(settings.KEY_RING))
        self.stdout.write("Building the demo county …")
        with transaction.atomic():
            with clock.frozen(PUBLISHED):
                build_county()
                fill_posts()
                publish_catalogue(PUBLISHED)
            stage = self._stage(stories, begins=STORIES_BEGIN, seed=STORIES_SEED)
            supported(stage, Cast(Random(STORIES_SEED)), Days(), begins=SUPPORT_BEGINS)
            reviewed(stage, Cast(Random(STORIES_SEED)), Days(), begins=REVIEWS_BEGIN, last=LAST_REVIEW)
            registered(stage, Cast(Random(STORIES_SEED)), Days(), begins=REGISTER_BEGINS)
            governed(stage, Cast(Random(STORIES_SEED)), Days(), begins=MEETINGS_BEGIN)
            stage.play(until=NOW)
            clock.start_at(NOW)

    def _year(self, cases: int, *, begins: datetime) -> None:
        """Once, with the figures frozen month by month as they would have been. A past that was begun is gone on with, since
        every step has its own key.
        """
        if not Cell.objects.filter(demo_year_at=None).exists():
            return
        plans = partial(year, cases=cases, begins=begins)
        stage = self._stage(plans, begins=begins, seed=YEAR_SEED, rest=REST)
        for month in month_ends(begins, NOW):
            stage.play(until=month, progress=self._progress)
            with clock.frozen(month):
                releases.freeze_due(at=month)
        stage.play(until=NOW, progress=self._progress)
        Cell.objects.update(demo_year_at=clock.now())
        self.stdout.write("  the past is filled in.")

    def _stage(
        self, plans: Callable[[Cast, Days], Iterator[Plan]], *, begins: datetime, seed: int, rest: float = 0
    ) -> Stage:
        """A stage with the plans on it, and what happens of itself every night."""
        stage, cast, days = Stage(batch=BATCH, rest=rest), Cast(Random(seed)), Days()
        stage.add(nights(stage, cast, days, begins=begins, ends=NOW))
        stage.add(boards(stage, cast, days, begins=begins))
        for plan in plans(cast, days):
            stage.add(life(plan, cast, days))
        return stage

    def _progress(self, at: datetime, played: int) -> None:
        if played % EVERY == 0:
            self.stdout.write(f"  filling in the past: {at:%Y-%m-%d}, {played} steps")
