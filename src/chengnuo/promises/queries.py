"""Reads of promises and duties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from chengnuo.core.deadlines import Calendar
from chengnuo.core.messages import N_
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.keyset import Slice, slice_of
from chengnuo.foundation.memo import for_a_minute
from chengnuo.foundation.models import Errand
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.promises.internal import clockwork
from chengnuo.promises.models import Duty, Escalation, Pause, PromiseKind, PromiseVersion, Release
from chengnuo.promises.readings import IN_FORCE, LIVE, past_due, through

ANSWER = "answer"
GOES_ON = "promises.announced/1"
ANNOUNCED = ("people.announce_day/1", GOES_ON)


class NotPromised(Refused):
    code = "not-promised"
    sentence = N_("The county has not promised this yet, so nothing can begin under it.")
    remedy = N_("Ask the county’s health bureau: it publishes what is promised here.")


class Line(NamedTuple):
    """What a list says of a duty, under the names of the columns. Whole rows would be read and unpacked for nothing."""

    pk: UUID
    kind: str
    subject_kind: str
    subject_id: UUID
    is_guarded: bool
    is_provisional: bool
    due_at: datetime
    broken_at: datetime
    paused_at: datetime | None
    pause_ends_at: datetime | None
    ended_at: datetime | None
    discharged_at: datetime | None
    promise__title: Text3
    office__name: Text3
    holder__title: Text3
    # of what an answer is owed about; None for what is owed itself
    parent__kind: str | None
    parent__office__name: Text3 | None


def calendar() -> Calendar:
    """The working days as they are known now."""
    return clockwork.calendar()


def limit(name: str, *, at: datetime) -> datetime:
    """The instant at which a limit that begins now has passed, such as `limits.missing_list`."""
    return clockwork.limit(name, at=at)


def in_force(on: date) -> QuerySet[PromiseVersion]:
    """The version of each promise that stands on a day: the newest that was published and has begun, unless it has ended.
    One that it replaced does not come back when it ends.
    """
    begun = PromiseVersion.objects.filter(IN_FORCE, begins__lte=on)
    newer = begun.filter(promise=OuterRef("promise"), begins__gt=OuterRef("begins"))
    standing = begun.filter(~Exists(newer), Q(ends=None) | Q(ends__gt=on))
    return standing.select_related("promise__office").order_by("promise")


@for_a_minute
def current(key: str, *, on: date) -> PromiseVersion:
    """The version of a promise on that day. Raises NotPromised."""
    found = in_force(on).filter(promise__key=key).first()
    if found is None:
        raise NotPromised(promise=key)
    return found


def published(version: UUID, *, on: date) -> PromiseVersion | None:
    """This version, if it is the one to ask for on that day: no newer one has begun."""
    return in_force(on).filter(pk=version).first()


def catalogue(*, on: date, kinds: Iterable[str] = (PromiseKind.SERVICE, PromiseKind.REFERRAL)) -> list[PromiseVersion]:
    """What may be asked for on that day: the version of each service and referral that stands."""
    return list(in_force(on).filter(promise__kind__in=list(kinds)))


@for_a_minute
def services(*, on: date) -> tuple[tuple[str, Text3], ...]:
    """Key and title of what may be asked for on that day, as every list can be narrowed by it."""
    return tuple(in_force(on).filter(promise__kind=PromiseKind.SERVICE).values_list("promise__key", "title"))


def duties_of(*subjects: UUID) -> list[Duty]:
    """What is or was owed about these subjects, in the order in which it began; without what was asked of offices above."""
    return list(Duty.objects.filter(subject_id__in=subjects, parent=None).order_by("opened_at", "pk"))


def due_if_resumed(duty: Duty, *, at: datetime) -> datetime:
    """By when a duty whose clock stands would be due if the clock ran again from an instant on; nothing is written."""
    pauses = list(Pause.objects.filter(duty=duty).order_by("began_at"))
    for pause in pauses:
        pause.resumed_at = pause.resumed_at or at
    return clockwork.with_pauses(duty, pauses).due_at


def due_of(subjects: Iterable[UUID], *, besides: str) -> dict[UUID, datetime]:
    """When what is owed about each subject is due, without duties of one kind; the newest duty's, absent where nothing is owed."""
    found = Duty.objects.filter(LIVE, parent=None, subject_id__in=list(subjects)).exclude(kind=besides)
    return dict(found.order_by("opened_at", "pk").values_list("subject_id", "due_at"))


def levels_of(*subjects: UUID) -> list[Escalation]:
    """The levels that were told about these subjects' duties, with what each owed and its answer."""
    told = Escalation.objects.select_related("office", "asked").filter(duty__subject_id__in=subjects)
    return list(told.order_by("due_at", "level"))


def paused_before(subject: UUID, reason: str) -> bool:
    """Whether a live duty of a subject has stood still for this reason already."""
    return Pause.objects.filter(duty__subject_id=subject, duty__outcome="", duty__parent=None, reason=reason).exists()


def to_escalate(now: datetime, *, limit: int, after: Duty | None = None) -> list[Duty]:
    """Live duties whose next level is due, the longest late first; `after` one of them, those behind it."""
    behind = Q(next_at__gt=after.next_at) | Q(next_at=after.next_at, pk__gt=after.pk) if after else Q()
    return list(Duty.objects.filter(LIVE, behind, next_at__lte=now).order_by("next_at", "pk")[:limit])


def escalations_due(now: datetime, *, most: int) -> int:
    """How many duties should have gone up a level already and have not, counted no further than `most`."""
    return Duty.objects.filter(LIVE, next_at__lte=now)[:most].count()


def reach(errand: Errand) -> tuple[int, UUID | None]:
    """Through which year a notice of holidays goes, and behind which duty."""
    after = errand.payload.get("after")
    return int(errand.payload["year"]), UUID(after) if after else None


def to_compute() -> int:
    """How many deadlines wait to be computed again because of announced days."""
    waiting = Errand.objects.filter(topic__in=ANNOUNCED, done_at=None, dead_at=None)
    return sum(Duty.objects.filter(through(*reach(errand))).count() for errand in waiting)


def longest_late(*, at: datetime, kind: str) -> UUID | None:
    """The subject of that kind that a village has owed longest after its time, once it has gone up; without guarded ones."""
    late = Duty.objects.filter(LIVE, past_due(at), subject_kind=kind, parent=None, is_guarded=False, hidden_from=None)
    # first those in which an office above still owes its answer: they have something to do for everybody
    unanswered = Exists(Duty.objects.filter(LIVE, parent=OuterRef("pk")))
    gone_up = late.filter(village__isnull=False, next_level__gt=1).order_by(unanswered.desc(), "due_at", "pk")
    return gone_up.values_list("subject_id", flat=True).first()


def owed(
    viewer: Actor,
    *,
    action: str,
    mine: bool,
    late: bool,
    cursor: str,
    now: datetime,
    within: Q | None = None,
    filters: str = "",
) -> Slice[Line]:
    """The live duties that a viewer may list, the most urgent first; `mine`: those in the viewer's own hands; `within`: those
    that fit a filter, whose text tells the place in this list from that in another.
    """
    found = Duty.objects.filter(LIVE, gate.scope(viewer, "duty.hold" if mine else action), within or Q())
    if late:
        found = found.filter(past_due(now))
    lines, filters = Duty.objects.values_list(*Line._fields, named=True), f"{action}{mine}{late}\x1f{filters}"
    return slice_of(found, by="due_at", cursor=cursor, filters=filters, now=now, lines=lines)


def figures_named(releases: Iterable[UUID]) -> dict[UUID, tuple[Text3, str]]:
    """Place and period of these figures, for a list of what is owed."""
    found = Release.objects.filter(pk__in=list(releases)).values_list("pk", "place__name", "period")
    return {pk: (place, period) for pk, place, period in found}


def over(viewer: Actor, action: str, duty: UUID) -> Duty | None:
    """A duty on which the viewer could have done this, and which has ended meanwhile."""
    return Duty.objects.filter(~LIVE, gate.scope(viewer, action), pk=duty).first()


def owed_about() -> Exists:
    """Whether anything is still owed about the row that is asked for, for a filter on subjects."""
    return Exists(Duty.objects.filter(LIVE, subject_id=OuterRef("pk")))


def freed() -> QuerySet[Duty, Any]:
    """The subjects of what an office above freed one below it of, as a subquery for `__in`: few at any time."""
    return Duty.objects.filter(discharge_reason__isnull=False).values("subject_id")


def owes(post: UUID) -> bool:
    """Whether anything that is owed lies in the hands of this post."""
    return Duty.objects.filter(LIVE, holder=post).exists()


def live(viewer: Actor, action: str, duty: UUID) -> Duty:
    """A live duty on which the viewer may do this, with what its page shows. Raises NotHere."""
    found = Duty.objects.select_related("promise", "office", "parent__promise", "parent__office")
    return NotHere.unless(found.filter(LIVE, gate.scope(viewer, action), pk=duty).first())


def due(
    viewer: Actor,
    *,
    mine: bool,
    by: datetime | None = None,
    late_at: datetime | None = None,
    within: Q | None = None,
    most: int,
) -> list[Line]:
    """The live duties that a viewer may list, due by an instant or late at one; the most urgent first, at most so many."""
    found = Duty.objects.filter(LIVE, gate.scope(viewer, "duty.list"), within or Q())
    if mine:
        found = found.filter(holder__in=viewer.posts)
    if by is not None:
        found = found.filter(due_at__lte=by)
    if late_at is not None:
        found = found.filter(past_due(late_at))
    return list(found.order_by("due_at", "pk").values_list(*Line._fields, named=True)[:most])


def late_subjects(now: datetime) -> QuerySet[Duty, UUID]:
    """What has a live duty that is late or broken, as a subquery for `__in`."""
    return Duty.objects.filter(past_due(now), parent=None).values_list("subject_id", flat=True)


class Asked(NamedTuple):
    """The duties about a subject as one officer sees them: as `duties_of`, those of which they may free the office now, and those
    above for which they still have to answer.
    """

    owed: Sequence[Duty]
    dischargeable: Sequence[Duty]
    to_answer: Sequence[Duty]


def asked_of(viewer: Actor, subject: UUID) -> Asked:
    """One query for all three."""
    mine = Q(LIVE, gate.scope(viewer, "duty.answer"), kind=ANSWER)
    found = Duty.objects.filter(Q(parent=None) | mine, subject_id=subject).order_by("opened_at", "pk")
    found = found.annotate(may=gate.column(viewer, "duty.discharge"))
    owed = [duty for duty in found if duty.parent_id is None]
    free = [duty for duty in owed if duty.may and not duty.outcome]
    return Asked(owed, free, [duty for duty in found if duty.parent_id is not None])
