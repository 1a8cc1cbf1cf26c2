"""Opening, pausing, ending and handing over what an office owes. Called inside the act of whatever changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from chengnuo.core.deadlines import Deadline, Reading, reading
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.memo import forget
from chengnuo.people.models import Post
from chengnuo.promises import queries
from chengnuo.promises.internal import clockwork
from chengnuo.promises.models import Duty, Outcome, Pause, PromiseVersion
from chengnuo.promises.readings import LIVE

FAMILY = "family"
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
    pause_reason: str

    def promise_of(self, kind: str) -> PromiseVersion | str: ...


def open_duty(*, kind: str, noun: Owing, at: datetime) -> Duty:
    """Starts the clock of one duty under the promise that the noun names for its kind."""
    duty = _new(kind, noun, at)
    _set(duty, clockwork.due(duty.promise.deadline, at=at))
    duty.save(force_insert=True)
    return duty


def break_now(*, kind: str, noun: Owing, due_at: datetime, at: datetime) -> Duty:
    """Records a duty that is broken by the act itself, such as asking for another paper too late."""
    duty = _new(kind, noun, at)
    duty.due_at = duty.broken_at = min(due_at, at)
    duty.ended_at, duty.outcome = at, Outcome.BROKEN
    duty.save(force_insert=True)
    return duty


def ask_above(duty: Duty, *, head: Post, promise: PromiseVersion, at: datetime) -> Duty:
    """Opens the duty of an office above to answer for a duty that went up. It does not go up itself: the first one does."""
    asked = Duty(
        promise=promise,
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
    _set(asked, clockwork.due(promise.deadline, at=at))
    asked.next_at = None
    asked.save(force_insert=True)
    return asked


def end(*, kinds: Sequence[str], subjects: Sequence[UUID], at: datetime) -> None:
    """Ends the live duties of these kinds, and with them what was asked of offices above."""
    close(_live(kinds, subjects), at=at)


def discharge(*, kinds: Sequence[str], subjects: Sequence[UUID], at: datetime) -> None:
    """Frees the office of these duties: the beneficiary no longer wants what was promised."""
    close(_live(kinds, subjects), at=at, discharged=True)


def close(duties: Iterable[Duty], *, at: datetime, discharged: bool = False) -> None:
    """Sets the instant and the outcome, once, of duties and of what was asked of offices above because of them."""
    closing = list(duties)
    closing += Duty.objects.filter(LIVE, parent__in=closing) if closing else []
    for duty in closing:
        duty.ended_at, duty.discharged_at = (None, at) if discharged else (at, None)
        duty.outcome = OUTCOMES[reading(duty, at)]
        duty.next_at = duty.paused_at = duty.pause_ends_at = None
    Duty.objects.bulk_update(closing, CLOSED)


CLOSED = ["ended_at", "discharged_at", "discharge_reason", "outcome", "next_at", "paused_at", "pause_ends_at"]
CLOCK = ["due_at", "broken_at", "is_provisional", "next_at", "paused_at", "pause_ends_at"]


def pause(*, kinds: Sequence[str], noun: Owing, by: Actor, at: datetime) -> None:
    """Stops the clock at the named reason's longest; `resume` gives back what was not used. Broken stays broken."""
    reason = noun.pause_reason or FAMILY
    until = clockwork.limit(f"limits.pause_{reason}", at=at)
    for duty in _live(kinds, [noun.pk]).filter(broken_at__gte=at):
        Pause.objects.create(
            duty=duty, reason=reason, author=by.signature[:80], began_at=at, ends_at_latest=until
        )
        duty.paused_at, duty.pause_ends_at = at, until
        _run(duty)


def resume(*, kinds: Sequence[str], subject: UUID, at: datetime) -> None:
    """Starts the clock again; the deadline moves by the days that the pause really took."""
    for duty in _live(kinds, [subject]).filter(paused_at__isnull=False):
        Pause.objects.filter(duty=duty, resumed_at=None).update(resumed_at=at)
        duty.paused_at = duty.pause_ends_at = None
        _run(duty)


def hand_over(*, subject: UUID, holder: UUID) -> None:
    """Gives every live duty of a subject to its new holder; what was asked of offices above stays with them."""
    Duty.objects.filter(LIVE, subject_id=subject, parent=None).update(holder_id=holder)


def announce(year: int) -> int:
    """Computes provisional deadlines again that touch a year whose calendar was announced; returns how many moved."""
    forget()
    touched = Duty.objects.filter(
        LIVE, Q(broken_at__year__gte=year) | Q(opened_on__year=year), is_provisional=True
    )
    moved = 0
    for duty in touched.select_related("promise"):
        before = duty.due_at
        _run(duty)
        moved += duty.due_at != before
    return moved


def _new(kind: str, noun: Owing, at: datetime) -> Duty:
    promise = noun.promise_of(kind)
    if isinstance(promise, str):
        promise = queries.current(promise, on=local_date(at))
    return Duty(
        promise=promise,
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


def _live(kinds: Sequence[str], subjects: Sequence[UUID]) -> QuerySet[Duty]:
    live = Duty.objects.select_related("promise").filter(
        LIVE, subject_id__in=subjects, kind__in=kinds, parent=None
    )
    return live.order_by("opened_at", "pk")


def _run(duty: Duty) -> None:
    """Computes a running duty's instants from its opening and its pauses, and stores them."""
    _set(duty, clockwork.with_pauses(duty, list(duty.pauses.all())))
    duty.save(update_fields=CLOCK)


def _set(duty: Duty, found: Deadline) -> None:
    duty.due_at, duty.broken_at, duty.is_provisional = found.due_at, found.broken_at, found.provisional
    duty.next_at = clockwork.escalation_at(duty, duty.next_level)
