"""Lets errands that were given up be tried again, once their cause is mended."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chengnuo.foundation import clock, outbox


class Command(BaseCommand):
    help = "Lets dead errands be tried again: all, or those of one topic."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("topic", nargs="?", default="", help="such as case.finish/1; without it: all")

    def handle(self, *_args: Any, **options: Any) -> None:
        count = outbox.revive(options["topic"], at=clock.now())
        self.stdout.write(f"{count} errands will be tried again by the worker.")
