"""The demo county: real divisions, invented people, the whole catalogue published through the real operations."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from chengnuo.foundation.actor import Actor, Hat
from chengnuo.people.models import Cell, Office, Post
from chengnuo.people.operations.county import set_up
from chengnuo.people.roles import Role
from chengnuo.policies import catalogue, county
from chengnuo.policies.catalogue import PROCEDURE, REFERRAL, Service
from chengnuo.promises.models import Promise, PromiseKind
from chengnuo.promises.operations import catalogue as publishing

PACK = county.XINGSHAN
CODE = "420526"
BEGINS = date(2025, 1, 1)
KINDS = {PROCEDURE: PromiseKind.PROCEDURE, REFERRAL: PromiseKind.REFERRAL}


def key_of(*parts: object) -> UUID:
    """The same key for the same thing whenever the demo is built: an interrupted build goes on."""
    return uuid5(NAMESPACE_URL, "chengnuo demo " + " ".join(map(str, parts)))


def build_county() -> Cell:
    """Divisions, offices and posts."""
    places = county.places(PACK)
    return set_up(county=CODE, places=places, offices=county.offices(PACK, places), begins=BEGINS, demo=True)


def publish_catalogue(at: datetime) -> None:
    """Every service and procedure of the pack: drafted, checked and published by the head of the office that promises it."""
    for folder in ("services", "procedures"):
        for service in catalogue.load(PACK / folder):
            _publish(service, at)


def _publish(service: Service, at: datetime) -> None:
    office = Office.objects.get(key=service.office or "health-bureau")
    head = Post.objects.get(office=office, is_head=True)
    hat = Hat(Role.COUNTY_APPROVER, head.pk, office.pk, office.place_id)
    by = Actor(name=str(head.key), hats=(hat,), account=0, signed_in_at=at)
    promise = Promise.objects.create(
        key=service.key,
        kind=KINDS.get(service.kind, PromiseKind.SERVICE),
        level=service.level,
        office=office if service.office else None,
        sensitive=service.sensitive,
    )
    version = publishing.draft(
        promise=promise, content=content_of(service, at), by=by, at=at, key=key_of("draft", service.key)
    )
    publishing.check(version=version.pk, by=by, at=at, key=key_of("check", service.key))
    publishing.publish(version=version.pk, by=by, at=at, key=key_of("publish", service.key))


def content_of(service: Service, at: datetime) -> dict[str, Any]:
    """The fields of a PromiseVersion from a catalogue's file."""
    cost = service.cost
    return {
        "begins": at.date(),
        "title": service.title,
        "summary": service.summary,
        "who": service.who,
        "result": service.result,
        "needs": [asdict(need) for need in service.needs],
        "basis": [asdict(basis) for basis in service.basis],
        "provider": asdict(service.provider) if service.provider else None,
        "words": list(service.words),
        "channels": list(service.channels),
        "fee_fen": service.fee_fen,
        "deadline": service.deadline,
        "staff_minutes": cost.staff_minutes if cost else None,
        "county_fen_a_year": cost.county_fen_a_year if cost else None,
        "family_minutes": cost.family_minutes if cost else None,
        "family_trips": cost.family_trips if cost else None,
        "cost_certainty": cost.certainty if cost else "",
    }
