"""`./run manage find_duplicates`: looks through the register for people who stand in it twice; an officer decides each pair."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from chengnuo.foundation import clock
from chengnuo.registers import duplicates


class Command(BaseCommand):
    help = "Looks through the register of residents for people who stand in it twice."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{duplicates.find(at=clock.now())} new pairs wait to be compared.")
