"""Drafting, checking, publishing and ending a promise. Two people, by the gate's table; a published version never changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import Refused
from chengnuo.promises.lifecycle import PROMISE
from chengnuo.promises.models import Promise, PromiseVersion


class BeginsInThePast(Refused):
    code = "begins-in-the-past"
    sentence = N_("A version cannot begin before the day on which it is published.")
    remedy = N_("Choose today or a later day; cases under way keep the version they began under.")


def draft(
    *, promise: Promise, content: Mapping[str, Any], by: Actor, at: datetime, key: UUID
) -> PromiseVersion:
    """Begins a version. `content` are the fields of PromiseVersion that are words, limits, bases and costs."""
    with act(
        "promise.draft/1", by=by, at=at, key=key, said={"promise": promise.pk, "content": dict(content)}
    ) as a:
        return a.make(PromiseVersion(promise=promise, **content), PROMISE.draft)


def change(
    *, version: UUID, content: Mapping[str, Any], by: Actor, at: datetime, key: UUID
) -> PromiseVersion:
    with act(
        "promise.change/1", by=by, at=at, key=key, said={"version": version, "content": dict(content)}
    ) as a:
        return a.move(a.take(PromiseVersion, version), PROMISE.change, **content)


def check(*, version: UUID, by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    """The head of the office has read it: a time limit, a legal basis and, for a service, its cost are there."""
    with act("promise.check/1", by=by, at=at, key=key, said={"version": version}) as a:
        return a.move(a.take(PromiseVersion, version), PROMISE.check, checked_by=by.signature[:80])


def give_back(*, version: UUID, by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    with act("promise.give_back/1", by=by, at=at, key=key, said={"version": version}) as a:
        return a.move(a.take(PromiseVersion, version), PROMISE.give_back, checked_by="")


def publish(*, version: UUID, by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    """Binds the office from `begins` on."""
    with act("promise.publish/1", by=by, at=at, key=key, said={"version": version}) as a:
        found = a.take(PromiseVersion, version)
        if found.begins < local_date(at):
            raise BeginsInThePast
        return a.move(found, PROMISE.publish, published_at=at)


def end(*, version: UUID, ends: date, by: Actor, at: datetime, key: UUID) -> PromiseVersion:
    """Nothing new is promised from `ends` on; what is owed already stays owed."""
    with act("promise.end/1", by=by, at=at, key=key, said={"version": version, "ends": ends}) as a:
        if ends < local_date(at):
            raise BeginsInThePast
        return a.move(a.take(PromiseVersion, version), PROMISE.end, ends=ends)
