"""Says what is wrong with this installation and how to mend it; `./run doctor` looks at the machine first."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from chengnuo.config.doctor import examine
from chengnuo.foundation import clock


class Command(BaseCommand):
    """Ends with 1 when something is wrong, so that a monitor may ask it. It changes nothing."""

    help = "Says what is wrong here and how to mend it."
    # what they refuse is a finding, told like the others
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(examine(clock.now))
        for finding in found:
            self.stdout.write(f"{finding}\n")
        if found:
            self.stdout.write(f"To mend: {len(found)}.")
            sys.exit(1)
        self.stdout.write("The installation is in order.")
