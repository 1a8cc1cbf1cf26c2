"""The administrator says that this machine's clock is right now, after it had run ahead: acts are possible again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from chengnuo.foundation import clock


class Command(BaseCommand):
    help = "Takes the machine's clock as right, after it had run ahead."

    def handle(self, *_args: Any, **_options: Any) -> None:
        clock.accept()
        self.stdout.write(f"It is {clock.now():%Y-%m-%d %H:%M} UTC from now on.")
