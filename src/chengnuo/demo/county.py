"""The demo county: real divisions, invented people, the whole catalogue published through the real operations."""

from __future__ import annotations

from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings

from chengnuo.foundation.actor import Actor
from chengnuo.people.models import Cell, Office, Post
from chengnuo.people.operations.county import set_up
from chengnuo.people.roles import Role
from chengnuo.policies import catalogue, county
from chengnuo.policies.catalogue import Service
from chengnuo.promises.operations import catalogue as publishing
from chengnuo.promises.operations import pack

PACK = county.XINGSHAN
CODE = "420526"
BEGINS = date(2025, 1, 1)
AUTHOR, HEAD = -2, -1  # two people, before there are accounts


def key_of(*parts: object) -> UUID:
    """The same key for the same thing whenever the demo is built: an interrupted build goes on."""
    return uuid5(NAMESPACE_URL, "chengnuo demo " + " ".join(map(str, parts)))


def build_county() -> Cell:
    """Divisions, offices and posts."""
    places = county.places(PACK)
    return set_up(
        county=CODE,
        places=places,
        offices=county.offices(PACK, places),
        outside=settings.OUTSIDE_BODY,
        begins=BEGINS,
        demo=True,
    )


def publish_catalogue(at: datetime) -> None:
    """Every procedure and service of the pack: drafted by the office that promises it, checked and published by its head."""
    for folder in ("procedures", "services"):
        for service in catalogue.load(PACK / folder):
            _publish(service, at)


def _publish(service: Service, at: datetime) -> None:
    office = Office.objects.get(key=service.office or "health-bureau")
    author = _at(office, Role.COUNTY_OFFICER, account=AUTHOR, at=at)
    head = _at(office, Role.COUNTY_APPROVER, account=HEAD, at=at)
    version = pack.draft(service, by=author, at=at, key=key_of("draft", service.key))
    publishing.check(version=version.pk, by=head, at=at, key=key_of("check", service.key))
    publishing.publish(version=version.pk, by=head, at=at, key=key_of("publish", service.key))


def _at(office: Office, role: Role, *, account: int, at: datetime) -> Actor:
    # of several posts of one kind the counter's
    post = Post.objects.filter(office=office, role=role).order_by("-is_reception", "key")[0]
    return pack.acting(post, account=account, at=at)
