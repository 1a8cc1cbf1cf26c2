"""Opens a closed account from the machine itself: after a restore, when no administrator of accounts can come in."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chengnuo.foundation import clock
from chengnuo.foundation.actor import system
from chengnuo.foundation.refused import Refused
from chengnuo.people.models import Account
from chengnuo.people.operations import accounts

BYTES = 12


class Command(BaseCommand):
    """The first password is made here and shown once: nobody chooses it for somebody else."""

    help = "Opens a closed account again, with a first password that is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the sign-in name")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = Account.objects.filter(username=options["name"]).first()
        if found is None:
            raise CommandError(f"Nobody signs in as {options['name']}.")
        password = secrets.token_urlsafe(BYTES)
        try:
            accounts.open_again(account=found.pk, password=password, by=system(), at=clock.now(), key=uuid4())
        except Refused as refused:
            raise CommandError(f"{refused.said} {refused.remedy}") from None
        self.stdout.write(f"{found.username} may sign in again, with this first password, shown this once: {password}")
