"""A county's pack of data files, turned into drafts of promises: for the demo, and for a county that is set up."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor, Hat
from chengnuo.people.models import Office, Post
from chengnuo.people.roles import Role
from chengnuo.policies.catalogue import PROCEDURE, REFERRAL, Service
from chengnuo.promises.models import Promise, PromiseKind, PromiseVersion
from chengnuo.promises.operations import catalogue

KINDS = {REFERRAL: PromiseKind.REFERRAL}
AS_THEY_ARE = ("title", "summary", "who", "result", "fee_fen", "deadline")
COSTS = ("staff_minutes", "county_fen_a_year", "family_minutes", "family_trips")


def acting(post: Post, *, account: int, at: datetime) -> Actor:
    """Whoever holds a post, before there are accounts."""
    hat = Hat(Role(post.role), post.pk, post.office_id, post.office.place_id)
    return Actor(name=str(post.key), hats=(hat,), account=account, signed_in_at=at)


def draft(service: Service, *, by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    """The promise of a file with its first version, as a draft; the drafter's office answers where the file names one."""
    content = content_of(service, at)
    if service.kind == PROCEDURE:
        # only a pack brings procedures: those that the program follows
        office = Office.objects.get(key=service.office) if service.office else None
        new = Promise.objects.create(key=service.key, kind=PromiseKind.PROCEDURE, level=service.level, office=office)
        return catalogue.draft(promise=new, content=content, by=by, at=at, key=key)
    return catalogue.found(
        slug=service.key,
        kind=KINDS.get(service.kind, PromiseKind.SERVICE),
        level=service.level,
        sensitive=service.sensitive,
        content=content,
        by=by,
        at=at,
        key=key,
    )


def content_of(service: Service, at: datetime) -> dict[str, Any]:
    """The fields of a PromiseVersion from a catalogue's file."""
    cost = service.cost
    return {
        "begins": local_date(at),
        **{name: getattr(service, name) for name in AS_THEY_ARE},
        "needs": [asdict(need) for need in service.needs],
        "basis": [asdict(basis) for basis in service.basis],
        "provider": asdict(service.provider) if service.provider else None,
        "words": list(service.words),
        "channels": list(service.channels),
        **{name: getattr(cost, name, None) for name in COSTS},
        "cost_certainty": cost.certainty if cost else "",
    }
