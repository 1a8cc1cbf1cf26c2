"""Sets up a real county from its pack of data files: divisions, offices, posts, drafts of its promises, one administrator."""

from __future__ import annotations

from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q

from chengnuo.core.instants import local_date
from chengnuo.foundation import clock, keys
from chengnuo.foundation.refused import Refused
from chengnuo.people.models import Level, Office, Post
from chengnuo.people.operations.county import first_administrator, set_up
from chengnuo.people.roles import Role
from chengnuo.policies import catalogue, county
from chengnuo.policies.catalogue import Service
from chengnuo.policies.sheet import Unfit
from chengnuo.promises.operations import pack

AUTHOR = -2  # nobody's account: whoever checks and publishes these drafts is somebody else


class Command(BaseCommand):
    """Once, on an empty database. Nothing is published: the heads of the offices read the drafts, check and publish them."""

    help = "Sets up a real county from a folder with places.csv, offices.yaml, services/ and procedures/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the county's pack, such as src/chengnuo/policies/…/…")
        parser.add_argument("--administrator", required=True, metavar="SIGN-IN-NAME")
        parser.add_argument("--name", required=True, help="the administrator's own name")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.DEMO:
            raise CommandError("This is demo mode. Say: CHENGNUO_DEMO=0 ./run manage set_up_county …")
        if not Path(settings.KEY_RING).exists():
            keys.create(Path(settings.KEY_RING))
        password = self._password()
        try:
            with transaction.atomic():
                drafts = _build(options["folder"], clock.now())
                first_administrator(
                    username=options["administrator"],
                    name=options["name"],
                    password=password,
                    begins=local_date(clock.now()),
                )
        except Refused as refused:
            raise CommandError(f"{refused.sentence} {refused.remedy}") from None
        except (Unfit, OSError) as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(f"The county {settings.COUNTY} stands, with {drafts} drafts of promises.")
        self.stdout.write(f"Copy {settings.KEY_RING} to a safe place now: what is sealed opens with it alone.")

    def _password(self) -> str:
        password = getpass("A first password for the administrator: ")
        try:
            validate_password(password)
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from None
        return password


def _build(folder: Path, at: datetime) -> int:
    """Returns how many promises were drafted."""
    places = county.places(folder)
    set_up(
        county=settings.COUNTY,
        places=places,
        offices=county.offices(folder, places),
        outside=settings.OUTSIDE_BODY,
        begins=local_date(at),
        demo=False,
    )
    services = [*catalogue.load(folder / "services"), *catalogue.load(folder / "procedures")]
    for service in services:
        _draft(service, at)
    return len(services)


def _draft(service: Service, at: datetime) -> None:
    """By the reception of the office that promises it; what no office is named for, by the bureau above the townships."""
    named = Q(key=service.office) if service.office else Q(below__level=Level.TOWNSHIP)
    office = Office.objects.filter(named, level=Level.COUNTY).order_by("key").first()
    post = Post.objects.select_related("office").filter(office=office, role=Role.COUNTY_OFFICER).first()
    if office is None or post is None:
        where = service.office or "the bureau above the townships"
        raise CommandError(f"{service.key}: {where} has no officer's post that could draft this promise.")
    author = pack.acting(post, account=AUTHOR, at=at)
    pack.draft(service, by=author, at=at, key=uuid5(NAMESPACE_URL, f"set up {service.key}"))
