"""Opening, pausing, ending and handing over what an office owes. Called inside the act of whatever changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chengnuo.core.deadlines import Deadline, parse, shifted
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.ids import new_id
from chengnuo.promises import queries
from chengnuo.promises.models import Duty, Outcome, Pause, PromiseVersion
from chengnuo.promises.outcomes import outcome_of


class Owing(Protocol):
    """A noun that owes something: where it sits, who holds it, and under which promise each kind of duty stands."""

    pk: UUID
    kind: str
    office_id: UUID
    holder_id: UUID
    village_id: UUID | None
    township_id: UUID | None
    bureau_id: UUID | None
    about_office_id: UUID | None
    pause_reason: str

    def promise_of(self, kind: str) -> PromiseVersion | str: ...


def open_duty(*, kind: str, noun: Owing, at: datetime) -> Duty:
    """Starts the clock of one duty. A promise given by its key is the version in force on that day."""
    duty = _new(kind, noun, at)
    return _set(duty, queries.due(duty.promise.deadline, at=at), force_insert=True)


def break_now(*, kind: str, noun: Owing, due_at: datetime, at: datetime) -> Duty:
    """Records a duty that is broken by the act itself, such as asking for another paper too late."""
    duty = _new(kind, noun, at)
    duty.due_at = duty.broken_at = min(due_at, at)
    duty.ended_at, duty.outcome = at, Outcome.BROKEN
    duty.save(force_insert=True)
    return duty


def end(*, kinds: Sequence[str], subjects: Sequence[UUID], at: datetime) -> None:
    """Ends the live duties of these kinds, and what was asked of the offices above because of them."""
    _close(_live(kinds, subjects), at=at, discharged=False)


def discharge_all(*, kinds: Sequence[str], subjects: Sequence[UUID], at: datetime) -> None:
    """Frees the office of these duties: the beneficiary no longer wants what was promised."""
    _close(_live(kinds, subjects), at=at, discharged=True)


def pause(*, kinds: Sequence[str], noun: Owing, by: Actor, at: datetime) -> None:
    """Stops the clock at the named reason's longest; `resume` gives back what was not used."""
    reason = noun.pause_reason or "family"
    until = queries.pause_limit(reason, at=at)
    for duty in Duty.objects.select_related("promise").filter(subject_id=noun.pk, kind__in=kinds, outcome="", parent=None):
        Pause.objects.create(duty=duty, reason=reason, author=by.signature, began_at=at, ends_at_latest=until)
        duty.paused_at, duty.pause_ends_at = at, until
        _set(duty, _shifted(duty, at, until))


def resume(*, kinds: Sequence[str], subject: UUID, at: datetime) -> None:
    """Starts the clock again; the deadline moves by the days that the pause really lasted."""
    for duty in Duty.objects.select_related("promise").filter(subject_id=subject, kind__in=kinds, outcome="", parent=None):
        Pause.objects.filter(duty=duty, resumed_at=None).update(resumed_at=at)
        duty.paused_at = duty.pause_ends_at = None
        _set(duty, queries.deadline_of(duty))


def hand_over(*, subject: UUID, holder: UUID) -> None:
    """Gives every live duty of a subject to its new holder; what was asked of the offices above stays with them."""
    Duty.objects.filter(subject_id=subject, outcome="", parent=None).update(holder_id=holder)
