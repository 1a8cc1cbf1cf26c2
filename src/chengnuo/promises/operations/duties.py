"""Opening, pausing, ending and handing over what an office owes. Called inside the act of whatever changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet, prefetch_related_objects

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
INSTANTS = ("due_at", "broken_at", "paused_at", "pause_ends_at", "ended_at", "discharged_at")
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


def open_all(*, kinds: Sequence[str], nouns: Sequence[Owing], at: datetime) -> None:
    """Starts the clock of a duty of each kind for each noun, under the promise that the noun names for it."""
    opened = [_new(kind, noun, at) for noun in nouns for kind in kinds]
    for duty in opened:
        _set(duty, clockwork.due(duty.promise.deadline, at=at))
    Duty.objects.bulk_create(opened)


def break_now(*, kind: str, noun: Owing, due_at: datetime, at: datetime) -> Duty:
    """Records a duty that is broken by the act itself, such as asking for another paper too late.

    It was due before now: ended at the very instant it is due would read as kept.
    """
    duty = _new(kind, noun, at)
    duty.due_at = duty.broken_at = min(due_at, at - timedelta.resolution)
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
    """Ends the live duties of these kinds. An office above that was asked because of them and has not answered is freed:
    nothing is left to answer for, and what it did not say does not count as kept.
    """
    owed = _with_what_was_asked(kinds, subjects)
    _close([duty for duty in owed if duty.parent_id is None], at=at)
    _close([duty for duty in owed if duty.parent_id is not None], at=at, discharged=True)


def discharge(*, kinds: Sequence[str], subjects: Sequence[UUID], at: datetime) -> None:
    """Frees the office of these duties: the beneficiary no longer wants what was promised."""
    _close(_with_what_was_asked(kinds, subjects), at=at, discharged=True)


def close(duty: Duty, *, at: datetime, discharged: bool = False, reason: str = "") -> None:
    """Ends or discharges one duty; what was asked of offices above because of it is freed."""
    _close([duty], at=at, discharged=discharged, reason=reason)
    _close(Duty.objects.filter(LIVE, parent=duty), at=at, discharged=True, reason=reason if discharged else "")


def _close(duties: Iterable[Duty], *, at: datetime, discharged: bool = False, reason: str = "") -> None:
    """Sets the instant and the outcome, once; one statement for each outcome, however many duties have it."""
    ended_at, discharged_at = (None, at) if discharged else (at, None)
    by_outcome: dict[Outcome, list[UUID]] = {}
    for duty in duties:
        duty.ended_at, duty.discharged_at, duty.discharge_reason = ended_at, discharged_at, reason
        duty.outcome = OUTCOMES[reading(duty, at)]
        duty.next_at = duty.paused_at = duty.pause_ends_at = None
        by_outcome.setdefault(duty.outcome, []).append(duty.pk)
    for outcome, pks in by_outcome.items():
        Duty.objects.filter(pk__in=pks).update(
            ended_at=ended_at,
            discharged_at=discharged_at,
            discharge_reason=reason,
            outcome=outcome,
            next_at=None,
            paused_at=None,
            pause_ends_at=None,
        )


CLOCK = ["due_at", "broken_at", "is_provisional", "next_at", "paused_at", "pause_ends_at"]


def pause_all(*, kinds: Sequence[str], nouns: Sequence[Owing], by: Actor, at: datetime) -> None:
    """Stops the clocks at the named reason's longest; `resume` gives back what was not used. Broken stays broken."""
    reasons = {noun.pk: noun.pause_reason or FAMILY for noun in nouns}
    until = {reason: clockwork.limit(f"limits.pause_{reason}", at=at) for reason in {*reasons.values()}}
    live = _clocks(kinds, list(reasons), broken_at__gte=at)
    for duty in live:
        duty.paused_at, duty.pause_ends_at = at, until[reasons[duty.subject_id]]
    Pause.objects.bulk_create(
        Pause(
            duty=duty,
            reason=reasons[duty.subject_id],
            author=by.signature[:80],
            began_at=at,
            ends_at_latest=until[reasons[duty.subject_id]],
        )
        for duty in live
    )
    _run(live)


def resume(*, kinds: Sequence[str], subjects: Sequence[UUID], at: datetime) -> None:
    """Starts the clocks again; each deadline moves by the days that its pause really took."""
    live = _clocks(kinds, subjects, paused_at__isnull=False)
    for duty in live:
        duty.paused_at = duty.pause_ends_at = None
    Pause.objects.filter(duty__in=live, resumed_at=None).update(resumed_at=at)
    _run(live)


def hand_over(*, subject: UUID, holder: UUID) -> None:
    """Gives every live duty of a subject to its new holder; what was asked of offices above stays with them."""
    Duty.objects.filter(LIVE, subject_id=subject, parent=None).update(holder_id=holder)


def announce(year: int) -> int:
    """Computes again the deadlines that run through a year whose calendar was announced; returns how many moved.

    A notice may change the last days of the year before, and correct a year that was announced already.
    """
    forget()
    through = Q(broken_at__gte=datetime(year - 1, 12, 28, tzinfo=UTC), opened_on__lte=date(year, 12, 31))
    touched = list(Duty.objects.filter(LIVE, through).select_related("promise"))
    before = [duty.due_at for duty in touched]
    silent = [duty for duty in touched if duty.next_at is None]
    _run(touched)
    for duty in silent:
        duty.next_at = None
    _store(silent, ["next_at"])
    return sum(duty.due_at != was for duty, was in zip(touched, before, strict=True))


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


def _live(kinds: Sequence[str], subjects: Sequence[UUID], **which: Any) -> QuerySet[Duty]:
    return Duty.objects.filter(LIVE, subject_id__in=subjects, kind__in=kinds, parent=None, **which)


def _with_what_was_asked(kinds: Sequence[str], subjects: Sequence[UUID]) -> QuerySet[Duty]:
    """The same, and with them the live duties of offices above to answer for them."""
    theirs = Q(kind__in=kinds, parent=None) | Q(parent__kind__in=kinds)
    return Duty.objects.filter(LIVE, theirs, subject_id__in=subjects).only("parent", *INSTANTS)


def _clocks(kinds: Sequence[str], subjects: Sequence[UUID], **which: Any) -> list[Duty]:
    """Live duties with what their instants are computed from, and nothing else: this is read in every second act."""
    live = _live(kinds, subjects, **which).select_related("promise")
    return list(live.only("subject_id", "opened_at", "next_level", *CLOCK, "promise__deadline"))


def _run(running: Sequence[Duty]) -> None:
    """Computes the instants of running duties from their opening and their pauses, and stores them."""
    prefetch_related_objects(running, "pauses")
    for duty in running:
        _set(duty, clockwork.with_pauses(duty, list(duty.pauses.all())))
    _store(running, CLOCK)


def _set(duty: Duty, found: Deadline) -> None:
    duty.due_at, duty.broken_at, duty.is_provisional = found.due_at, found.broken_at, found.provisional
    duty.next_at = clockwork.escalation_at(duty, duty.next_level)


def _store(changed: Sequence[Duty], columns: list[str]) -> None:
    """Writes these columns in one statement. A single duty, which is the rule, is spared the costly form for many."""
    if len(changed) == 1:
        changed[0].save(update_fields=columns)
    else:
        Duty.objects.bulk_update(changed, columns)
