"""To be said once after a copy of the database was put back by other means than `./run restore`, before the worker runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chengnuo.foundation import clock
from chengnuo.foundation.refused import Refused
from chengnuo.keeping import restore


class Command(BaseCommand):
    """What `./run restore` does at its end: erasures again, nobody signed in, nothing sent twice, a new epoch."""

    help = "After a copy was put back by other means: replays erasures and opens a new epoch of the log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("heads", type=Path, help="all published heads, as an outsider kept them (heads.json)")
        parser.add_argument(
            "--explained",
            type=int,
            nargs="+",
            default=(),
            metavar="EPOCH",
            help="epochs in which a replaced key signed, for a reason that you know",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            found = restore.continued(restore.read_heads(options["heads"]), clock.now(), options["explained"])
        except restore.NotPossible as trouble:
            raise CommandError(str(trouble)) from None
        except Refused as refused:
            raise CommandError(f"{refused.said} {refused.remedy}") from refused
        self.stdout.writelines(f"{line}\n" for line in found.told())
