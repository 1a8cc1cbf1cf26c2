"""The worker process: does its chores, rests, and does them again, until it is told to stop."""

from __future__ import annotations

import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from chengnuo.config.worker import round_of_chores
from chengnuo.foundation import clock

REST_SECONDS = 5


class Command(BaseCommand):
    """Killed at any instant it loses nothing: whatever it was doing was a transaction, and is found again."""

    help = (
        "Escalates what is late, closes what is silent, numbers the log, freezes figures, drains the outbox."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            done = round_of_chores(clock.now())
            if options["once"]:
                self.stdout.write(f"{done} done")
                return
            if not done:
                stop.wait(REST_SECONDS)
