"""The calendar address of an officer: made, shown once, ended, by the officer alone."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from uuid import UUID

from chengnuo.channels import queries
from chengnuo.channels.models import Feed
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import NotHere
from chengnuo.foundation.sealed import blind_index
from chengnuo.people.queries import actor_of

BYTES = 32


class NoFeed(NotHere):
    code = "no-feed"
    sentence = N_("There is no calendar address to end.")
    remedy = N_("Go back: the page says how it stands.")


def open_feed(*, by: Actor, at: datetime, key: UUID) -> str:
    """Makes a new address and ends the one before; returns its secret part, the only time that anybody sees it."""
    with act("feed.open/1", by=by, at=at, key=key, said={}) as a:
        a.permit()
        Feed.objects.filter(account=by.account, ended_at=None).update(ended_at=at)
        secret = secrets.token_urlsafe(BYTES)
        made = Feed.objects.create(account=queries.owner(by), digest=digest_of(secret), opened_at=at)
        _record(a, made)
        return secret


def end_feed(*, by: Actor, at: datetime, key: UUID) -> None:
    """Ends the address at once: what reads it finds nothing there. Raises NoFeed."""
    with act("feed.end/1", by=by, at=at, key=key, said={}) as a:
        found = a.allowed(Feed).filter(ended_at=None).first()
        if found is None:
            raise NoFeed
        found.ended_at = at
        found.save(update_fields=["ended_at"])
        _record(a, found)


def reader(secret: str, *, on: date) -> Actor:
    """Whoever made the address, with the posts of that day. Raises NotHere, also where the account was closed since, or left
    on every device.
    """
    found = Feed.objects.select_related("account").filter(digest=digest_of(secret), ended_at=None).first()
    if found is None or not found.account.is_active:
        raise NotHere
    left = found.account.signed_out_at
    if left is not None and found.opened_at <= left:
        raise NotHere
    return actor_of(found.account, on=on)


def digest_of(secret: str) -> bytes:
    """Under what an address is found: nothing that a reader of the database could open."""
    return blind_index("calendar.feed", secret)


def end_all(at: datetime) -> None:
    """After a restore: one that was ended since the copy was made would open again, so all of them end."""
    Feed.objects.filter(ended_at=None).update(ended_at=at)


def _record(a: Act, feed: Feed) -> None:
    a.record("feed", feed.pk, Trace(office=min(a.by.offices, default=None)), {})
