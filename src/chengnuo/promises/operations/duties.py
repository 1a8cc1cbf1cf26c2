"""Opening, ending and handing over what an office owes. Called inside the act of whatever changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol
from uuid import UUID

from chengnuo.core.deadlines import Reading, reading
from chengnuo.core.instants import local_date
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.refused import Overtaken
from chengnuo.people.models import Post
from chengnuo.promises import queries
from chengnuo.promises.internal import clockwork
from chengnuo.promises.models import Duty, Outcome, Pause, PromiseVersion
from chengnuo.promises.readings import LIVE

INSTANTS = ("due_at", "broken_at", "paused_at", "pause_ends_at", "ended_at", "discharged_at")
NO_CLOCK = dict.fromkeys(("next_at", "paused_at", "pause_ends_at"))
OUTCOMES = {
    Reading.KEPT: Outcome.KEPT,
    Reading.KEPT_LATE: Outcome.KEPT_LATE,
    Reading.ENDED_BROKEN: Outcome.BROKEN,
    Reading.DISCHARGED: Outcome.DISCHARGED,
}


class Owing(Protocol):
    """A noun that owes something: where it sits, who holds it, and under which promise each kind of duty stands."""

    pk: UUID
    kind: ClassVar[str]
    office_id: UUID
    holder_id: UUID
    village_id: UUID | None
    township_id: UUID | None
    bureau_id: UUID | None
    about_office_id: UUID | None
    is_guarded: bool

    def promise_of(self, kind: str) -> PromiseVersion | str | None:
        """A version, or the key of a promise; behind it and a space a deadline of its own, where whoever asked named a day."""


def open_all(*, kinds: Sequence[str], nouns: Sequence[Owing], at: datetime) -> None:
    """Starts the clock of a duty of each kind for each noun, under the promise that the noun names for it, if any."""
    opened = [_new(kind, each, said, at) for each in nouns for kind in kinds if (said := each.promise_of(kind))]
    for duty in opened:
        clockwork.set_going(duty, clockwork.due(duty.deadline, at=at))
    Duty.objects.bulk_create(opened)


def break_now(*, kind: str, noun: Owing, due_at: datetime, at: datetime) -> Duty:
    """Records a duty that is broken by the act itself, such as asking for another paper too late.

    It was broken just before now, whenever it was due: ended at that very instant it would read as kept, and in an earlier
    month, whose figures are frozen, nobody would count it.
    """
    duty = _new(kind, noun, noun.promise_of(kind) or kind, at)
    duty.broken_at = at - timedelta.resolution
    duty.due_at = min(due_at, duty.broken_at)
    duty.ended_at, duty.outcome = at, Outcome.BROKEN
    duty.save(force_insert=True)
    return duty


def ask_above(duty: Duty, *, head: Post, promise: PromiseVersion, at: datetime) -> Duty:
    """Opens the duty of an office above to answer for a duty that went up. It does not go up itself: the first one does."""
    asked = Duty(
        pk=random_id() if duty.is_guarded else new_id(),
        promise=promise,
        deadline=promise.deadline,
        kind=queries.ANSWER,
        subject_kind=duty.subject_kind,
        subject_id=duty.subject_id,
        office_id=head.office_id,
        holder=head,
        township_id=duty.township_id,
        bureau_id=duty.bureau_id,
        hidden_from_id=duty.hidden_from_id,
        is_guarded=duty.is_guarded,
        parent=duty,
        opened_at=at,
        opened_on=local_date(at),
    )
    clockwork.set_going(asked, clockwork.due(asked.deadline, at=at))
    asked.next_at = None
    asked.save(force_insert=True)
    return asked


def end(*, kinds: Sequence[str], subjects: Sequence[UUID], at: datetime) -> None:
    """Ends the live duties of these kinds. An office above that was asked because of them and has not answered is freed:
    nothing is left to answer for, and what it did not say does not count as kept.
    """
    _close(_live(kind__in=kinds, subject_id__in=subjects, parent=None), at=at)


def discharge(*, kinds: Sequence[str], subjects: Sequence[UUID], at: datetime) -> None:
    """Frees the office of these duties: the beneficiary no longer wants what was promised."""
    _close(_live(kind__in=kinds, subject_id__in=subjects, parent=None), at=at, discharged=True)


def break_off(*, kinds: Sequence[str], subjects: Sequence[UUID], at: datetime) -> None:
    """Ends these duties as broken, however long they had: what was promised can no longer be done."""
    owed = _live(kind__in=kinds, subject_id__in=subjects, parent=None)
    for duty in owed:
        duty.broken_at = min(duty.broken_at, at - timedelta.resolution)
        duty.due_at = min(duty.due_at, duty.broken_at)
    Duty.objects.bulk_update(owed, ["due_at", "broken_at"])
    _close(owed, at=at, discharged=True)


def close(duty: Duty, *, at: datetime, discharged: bool = False, reason: str = "") -> None:
    """Ends or discharges one duty, which the caller has locked; what was asked of offices above because of it is freed."""
    _close([duty], at=at, discharged=discharged, reason=reason)


def _close(owed: Sequence[Duty], *, at: datetime, discharged: bool = False, reason: str = "") -> None:
    """What was asked above is read once its parents are locked: until then another level may have been told."""
    _settle(owed, at=at, discharged=discharged, reason=reason)
    if owed:
        _settle(_live(parent__in=owed), at=at, discharged=True, reason=reason if discharged else "")


def _settle(closing: Sequence[Duty], *, at: datetime, discharged: bool, reason: str) -> None:
    """Sets the instant and the outcome, once; one statement for each outcome, however many duties have it. Raises Overtaken."""
    ended_at, discharged_at = (None, at) if discharged else (at, None)
    by_outcome: dict[Outcome, list[UUID]] = {}
    if paused := [duty.pk for duty in closing if duty.paused_at]:
        Pause.objects.filter(duty__in=paused, resumed_at=None).update(resumed_at=at)
    for duty in closing:
        duty.ended_at, duty.discharged_at = ended_at, discharged_at
        duty.outcome = OUTCOMES[reading(duty, at)]
        duty.next_at = duty.paused_at = duty.pause_ends_at = None
        by_outcome.setdefault(duty.outcome, []).append(duty.pk)
    for outcome, pks in by_outcome.items():
        stopped = {"ended_at": ended_at, "discharged_at": discharged_at, **NO_CLOCK}
        settled = Duty.objects.filter(LIVE, pk__in=pks).update(outcome=outcome, **stopped)
        if settled != len(pks):
            raise Overtaken
    for duty in closing if reason else ():
        duty.discharge_reason = reason
        duty.save(update_fields=["discharge_reason"])


def hand_over(*, subjects: Iterable[UUID], holder: UUID) -> None:
    """Gives every live duty of these subjects to their new holder; what was asked of offices above stays with them."""
    Duty.objects.filter(LIVE, subject_id__in=list(subjects), parent=None).update(holder_id=holder)


def _new(kind: str, noun: Owing, promise: PromiseVersion | str, at: datetime) -> Duty:
    key, _space, deadline = promise.partition(" ") if isinstance(promise, str) else ("", "", "")
    version = queries.current(key, on=local_date(at)) if isinstance(promise, str) else promise
    return Duty(
        pk=random_id() if noun.is_guarded else new_id(),  # of what is guarded no id tells an order
        promise=version,
        deadline=deadline or version.deadline,
        kind=kind,
        subject_kind=noun.kind,
        subject_id=noun.pk,
        office_id=noun.office_id,
        holder_id=noun.holder_id,
        village_id=noun.village_id,
        township_id=noun.township_id,
        bureau_id=noun.bureau_id,
        hidden_from_id=noun.about_office_id,
        is_guarded=noun.is_guarded,
        opened_at=at,
        opened_on=local_date(at),
    )


def _live(**which: Any) -> list[Duty]:
    """Live duties, locked until the act commits."""
    return list(Duty.objects.filter(LIVE, **which).select_for_update().only("parent", *INSTANTS).order_by("pk"))
