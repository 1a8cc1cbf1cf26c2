"""The worker process: does its chores, rests, and does them again, until it is told to stop."""

from __future__ import annotations

import logging
import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from chengnuo.config.startup import make_ready
from chengnuo.config.worker import note_round, round_of_chores
from chengnuo.foundation import clock

logger = logging.getLogger("chengnuo.worker")

REST_SECONDS = 5
BREATH_SECONDS = 1  # where there was something to do there may be more; others want the database too


class Command(BaseCommand):
    """Killed at any instant it loses nothing: whatever it was doing was a transaction, and is found again."""

    help = "Escalates what is late, closes what is silent, numbers the log, freezes figures, drains the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *_args: Any, **options: Any) -> None:
        make_ready()
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        while not stop.is_set():
            done = _round()
            if options["once"]:
                self.stdout.write(f"{done} done")
                return
            stop.wait(BREATH_SECONDS if done else REST_SECONDS)


def _round() -> int:
    """One round; a database that does not answer now, or a clock that was set back, is asked again after the rest."""
    close_old_connections()
    try:
        clock.check()  # where nobody acts, this is what notes the time that a clock may not fall behind
        done = round_of_chores(clock.now())
        note_round(clock.now())
    except clock.ClockWentBack as refused:
        logger.warning("%s", refused.said)
        return 0
    except DatabaseError:
        logger.exception("the database does not answer")
        return 0
    return done
