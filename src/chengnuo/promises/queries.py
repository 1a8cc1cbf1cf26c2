"""Reads of promises and duties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.keyset import Slice, slice_of
from chengnuo.foundation.memo import for_a_minute
from chengnuo.promises.internal import clockwork
from chengnuo.promises.lifecycle import PromiseStatus
from chengnuo.promises.models import Duty, Escalation, PromiseKind, PromiseVersion
from chengnuo.promises.readings import LIVE

ANSWER = "answer"
IN_FORCE = Q(status__in=[PromiseStatus.PUBLISHED, PromiseStatus.ENDED])


def limit(name: str, *, at: datetime) -> datetime:
    """The instant at which a limit that begins now has passed, such as `limits.missing_list`."""
    return clockwork.limit(name, at=at)


def in_force(on: date) -> QuerySet[PromiseVersion]:
    """The versions that stand on a day, newest first: published, begun, and not ended."""
    standing = PromiseVersion.objects.filter(IN_FORCE, Q(ends=None) | Q(ends__gt=on), begins__lte=on)
    return standing.select_related("promise__office").order_by("promise", "-begins")


@for_a_minute
def current(key: str, *, on: date) -> PromiseVersion:
    """The version of a promise on that day. Raises PromiseVersion.DoesNotExist."""
    found = in_force(on).filter(promise__key=key).first()
    if found is None:
        raise PromiseVersion.DoesNotExist(key)
    return found


def published(version: UUID, *, on: date) -> PromiseVersion | None:
    """This version, if it may still be asked for on that day."""
    return in_force(on).filter(pk=version).first()


def catalogue(
    *, on: date, kinds: Iterable[str] = (PromiseKind.SERVICE, PromiseKind.REFERRAL)
) -> list[PromiseVersion]:
    """What may be asked for on that day: the newest version of each service and referral."""
    newest: dict[UUID, PromiseVersion] = {}
    for version in in_force(on).filter(promise__kind__in=list(kinds)):
        newest.setdefault(version.promise_id, version)
    return list(newest.values())


def duties_of(subject: UUID) -> list[Duty]:
    """What is or was owed about a subject, in the order in which it began; without what was asked of offices above."""
    return list(Duty.objects.filter(subject_id=subject, parent=None).order_by("opened_at", "pk"))


def levels_of(subject: UUID) -> list[Escalation]:
    """The levels that were told about a subject's duties, with their answers."""
    return list(
        Escalation.objects.select_related("office")
        .filter(duty__subject_id=subject)
        .order_by("due_at", "level")
    )


def to_escalate(now: datetime, *, limit: int) -> list[Duty]:
    """Live duties whose next level is due, the longest overdue first."""
    return list(Duty.objects.filter(LIVE, next_at__lte=now).order_by("next_at", "pk")[:limit])


def owed(viewer: Actor, *, action: str, mine: bool, late: bool, cursor: str, now: datetime) -> Slice[Duty]:
    """The live duties that a viewer may list, the most urgent first."""
    found = Duty.objects.filter(LIVE, gate.scope(viewer, action)).select_related(
        "promise", "office", "holder"
    )
    if mine:
        found = found.filter(holder__in=viewer.posts)
    if late:
        found = found.filter(due_at__lt=now)
    return slice_of(found, by="due_at", cursor=cursor, filters=f"{action}{mine}{late}", now=now)
