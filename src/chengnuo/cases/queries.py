"""Reads of cases. Every one takes its viewer; what the gate does not show is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hmac import compare_digest
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects

from chengnuo.cases.lifecycle import CASE, NOTICE, UNDER_WAY, CaseStatus, NewCodeStatus
from chengnuo.cases.models import Case, CaseKind, Chapter, NewCode, Photo, Step
from chengnuo.core.instants import local_date, midnight
from chengnuo.core.periods import months_after
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import NOTHING, gate
from chengnuo.foundation.grams import matching
from chengnuo.foundation.keyset import Slice, slice_of
from chengnuo.foundation.memo import for_a_minute
from chengnuo.foundation.receipts import HALF, dear_digest, dear_index, index_of, receipt_code
from chengnuo.foundation.refused import NotHere
from chengnuo.people import queries as people
from chengnuo.people.models import Consent, ContactGram, Holding, Purpose
from chengnuo.policies.loader import parameters
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Escalation

KEPT = Q(forgotten_at=None)
# whether the family agrees to be called now: asked with the case, so that no page can forget to ask
CALLED = Exists(Consent.objects.filter(contact=OuterRef("contact"), purpose=Purpose.CALL_BACK, withdrawn_at=None))

# whether it ever agreed to anything: who took a number back is another than who never gave one
AGREED = Exists(Consent.objects.filter(contact=OuterRef("contact")))
TOLD = Exists(Consent.objects.filter(contact=OuterRef("contact"), purpose=Purpose.MESSAGES, withdrawn_at=None))

# what other offices were asked for, in order: rows and story of a page need it
STEPS = Prefetch("steps", Step.objects.select_related("office").order_by("asked_at", "pk"))
# most have no photos and no steps, and are asked for none
PHOTOGRAPHED = Exists(Photo.objects.filter(case=OuterRef("pk")))
STEPPED = Exists(Step.objects.filter(case=OuterRef("pk")))
# nearly always nothing went up
WENT_UP = Exists(Escalation.objects.filter(duty__subject_id=OuterRef("pk")))


class Line(NamedTuple):
    """What a list says of a case, under the names of the columns."""

    pk: UUID
    number: str
    status: str
    received_at: datetime
    promise__title: Text3
    office__name: Text3
    holder: UUID
    holder__title: Text3
    contact__village__name: Text3 | None
    about_office__name: Text3 | None


class Name(NamedTuple):
    """By what a case is known in a list of duties, under the names of the columns."""

    pk: UUID
    number: str
    promise__title: Text3
    contact__village__name: Text3 | None
    about_office__name: Text3 | None


@dataclass(frozen=True)
class Wanted:
    """What a list is filtered by; empty fields filter nothing."""

    words: str = ""
    status: str = ""
    sort: str = ""
    service: str = ""
    place: str = ""
    late: bool = False

    @property
    def text(self) -> str:
        return "\x1f".join((self.words, self.status, self.sort, self.service, self.place, str(self.late)))


def seen(viewer: Actor, case: UUID, *, on: date | None = None) -> Case:
    """One case with what its page shows; of a day also who fills the post that holds it (`held_by`). Raises NotHere, whether it is
    missing or not theirs.
    """
    found = (
        Case.objects.select_related(
            "promise__promise",
            "contact__village",
            "office__above",
            "holder__office",
            "finished_by__office__above",
            "offered_to__office",
            "about_office",
        )
        .annotate(may_be_called=CALLED, may_be_told=TOLD, has_agreed=AGREED, has_photos=PHOTOGRAPHED)
        .annotate(has_steps=STEPPED, went_up=WENT_UP, **_held_by(on))
        .filter(KEPT, gate.scope(viewer, "case.see") | gate.scope(viewer, "case.see_offered"), pk=case)
        .first()
    )
    if found is None:
        raise NotHere
    if found.has_steps:
        prefetch_related_objects([found], STEPS)
    return found


def _held_by(on: date | None) -> dict[str, Subquery]:
    if on is None:
        return {}
    names = Holding.objects.filter(people.held_on(on), post=OuterRef("holder")).values("account__name")
    return {"held_by": Subquery(names[:1])}


def to_bring(case: Case) -> list[dict[str, Any]]:
    """What a family may be asked for of what its service needs: not what the office looks up itself."""
    return [need for need in case.promise.needs if need["instead"] != "held"]


def steps_of(case: Case) -> list[Step]:
    """What other offices were asked for in a case that was `seen`, in order."""
    return list(case.steps.all()) if getattr(case, "has_steps", True) else []


def levels(case: Case) -> list[Escalation]:
    """The levels that were told about a case that was `seen` or about its steps, with their answers; no query where nothing can have gone up."""
    asked = steps_of(case)
    return promises.levels_of(case.pk, *(step.pk for step in asked)) if asked or getattr(case, "went_up", True) else []


def story(case: Case) -> list[Chapter]:
    """The chapters in order, with the posts that signed them and their offices."""
    return list(Chapter.objects.filter(case=case).select_related("post__office").order_by("at", "pk"))


def step_seen(viewer: Actor, step: UUID) -> Step:
    """One step with what its page shows, for whoever was asked or asks. Raises NotHere."""
    found = Step.objects.select_related("case__promise", "case__contact", "chapter", "asked_by__office", "office")
    return NotHere.unless(found.filter(gate.scope(viewer, "step.see"), case__forgotten_at=None, pk=step).first())


def new_code_of(case: UUID) -> NewCode | None:
    """What was last asked for in place of a lost code; its page asks the gate what may be done with it."""
    asked = NewCode.objects.filter(case=case).select_related("asked_by", "asked_from__office")
    return asked.order_by("-asked_at", "-pk").first()


class ToConfirm(NamedTuple):
    """A new code that waits for a second officer, under the names of the columns."""

    case: UUID
    case__number: str
    case__promise__title: Text3
    asked_from__office__name: Text3


def to_confirm(viewer: Actor, *, since: datetime) -> list[ToConfirm]:
    """Those that may be confirmed by this officer, the oldest first."""
    asked = NewCode.objects.filter(status=NewCodeStatus.ASKED, asked_at__gt=since)
    if not asked.exists():  # as nearly always: every desk asks this on every page
        return []
    mine = asked.filter(gate.scope(viewer, "new_code.confirm")).order_by("asked_at")
    return list(mine.values_list(*ToConfirm._fields, named=True))


def photos(viewer: Actor, case: UUID) -> list[Photo]:
    """The photos of papers in a case, in the order in which they came; none where the gate does not show them."""
    shown = Case.objects.filter(KEPT, gate.scope(viewer, "case.see_photos"), pk=case)
    return list(Photo.objects.select_related("file").filter(case__in=shown).order_by("pk"))


def photographed(case: Case) -> list[UUID]:
    """The ids of the photos in a case that was `seen`, for whoever was let through to it; no query where there are none."""
    return (
        list(Photo.objects.filter(case=case).values_list("pk", flat=True)) if getattr(case, "has_photos", True) else []
    )


def codes_of(cases: Iterable[UUID]) -> dict[UUID, int]:
    """How many new codes were given for each of these cases; a forgotten one is absent."""
    return dict(Case.objects.filter(KEPT, pk__in=list(cases)).values_list("pk", "codes"))


def by_receipt(code: str, *, hidden_from: Collection[UUID] = ()) -> UUID | None:
    """The case that a receipt code opens; no complaint about one of the offices of whoever types it.

    Known, unknown and hidden codes take the same one indexed query.
    """
    found = Case.objects.filter(receipt_index=index_of(code)).exclude(about_office__in=hidden_from)
    case, codes = found.values_list("pk", "codes").first() or (None, 0)
    # an index that a database owner copied to another case opens nothing: the code belongs to the case's id
    return case if case is not None and compare_digest(receipt_code(case, codes), code) else None


def by_dear_receipt(code: str, *, hidden_from: Collection[UUID] = ()) -> UUID | None:
    """The same for a complaint without a name, whose code is derived from nothing: one costly digest and one indexed query."""
    digest = dear_digest(code)
    half = dear_index(digest)
    among = (half + bytes(HALF), half + b"\xff" * HALF)
    found = Case.objects.filter(receipt_index__range=among, is_anonymous=True).exclude(about_office__in=hidden_from)
    for pk, index in found.values_list("pk", "receipt_index")[:2]:
        if compare_digest(bytes(index), dear_index(digest, pk)):
            return pk
    return None


def recoded(cases: Iterable[UUID]) -> dict[UUID, datetime]:
    """When the code of each of these was changed last; one that kept its first is absent."""
    found = Case.objects.filter(pk__in=list(cases), recoded_at__isnull=False).values_list("pk", "recoded_at")
    return {case: at for case, at in found if at}


def listed(viewer: Actor, wanted: Wanted, *, cursor: str, now: datetime) -> Slice[Line]:
    """The cases that a viewer may list, newest first."""
    found = Case.objects.filter(KEPT, gate.scope(viewer, "case.list"), _matching(wanted, now))
    lines = Case.objects.values_list(*Line._fields, named=True)
    return slice_of(found, by="received_at", cursor=cursor, filters=wanted.text, now=now, descending=True, lines=lines)


def to_hand_out(viewer: Actor, wanted: Wanted, *, now: datetime, after: UUID | None, most: int) -> list[Line]:
    """What a head may offer to the posts of the office and fits a filter, in an order that does not move; behind one case."""
    found = Case.objects.filter(_handed_out(viewer, wanted, now), Q(pk__gt=after) if after else Q())
    return list(found.order_by("pk").values_list(*Line._fields, named=True)[:most])


def many_to_hand_out(viewer: Actor, wanted: Wanted, *, now: datetime) -> int:
    return Case.objects.filter(_handed_out(viewer, wanted, now)).count()


def _handed_out(viewer: Actor, wanted: Wanted, now: datetime) -> Q:
    return Q(gate.scope(viewer, "case.hand_out"), _matching(wanted, now), status__in=UNDER_WAY.of)


def handed_in(viewer: Actor, *, cursor: str, now: datetime, numbers: Collection[str] = ()) -> Slice[Case]:
    """What another system handed in, newest first; only those numbers, where some are named."""
    found = Case.objects.select_related("promise__promise", "office").filter(KEPT, gate.scope(viewer, "case.follow"))
    if numbers:
        found = found.filter(number__in=numbers)
    return slice_of(found, by="received_at", cursor=cursor, filters="handed in", now=now, descending=True)


def followed(viewer: Actor, case: UUID) -> Case:
    """One of these. Raises NotHere."""
    mine = Case.objects.select_related("promise__promise", "holder__office", "office")
    return NotHere.unless(mine.filter(KEPT, gate.scope(viewer, "case.follow"), pk=case).prefetch_related(STEPS).first())


def due_of(cases: Iterable[Case]) -> dict[UUID, datetime]:
    """When what these cases owe is due; one that owes nothing is absent. One query."""
    return promises.due_of([case.pk for case in cases], besides=NOTICE)


def not_offered(cases: Iterable[UUID], to: UUID) -> list[tuple[Case, str]]:
    """Those of these cases that were never offered to a post, for the page of a hand-out that was sent twice; without the reason."""
    told = Chapter.objects.filter(case=OuterRef("pk"), move=CASE.offer.name, facts__to=str(to))
    return [(case, "") for case in Case.objects.filter(~Exists(told), pk__in=list(cases)).order_by("pk")]


def offered(viewer: Actor) -> list[Line]:
    """What this person has been asked to take, the oldest first.

    Sorted here: asked for in that order, a database walks through all cases by time instead of finding these few.
    """
    mine = Case.objects.filter(gate.scope(viewer, "case.see_offered"))
    return sorted(mine.values_list(*Line._fields, named=True), key=attrgetter("received_at"))


def named(cases: Iterable[UUID]) -> dict[UUID, Name]:
    """By what these cases are known, for a list of duties that the viewer was already let through to."""
    found = Case.objects.filter(pk__in=list(cases)).values_list(*Name._fields, named=True)
    return {case.pk: case for case in found}


def briefly(cases: Iterable[UUID]) -> dict[UUID, Case]:
    """Number, sort and service of these cases, whose receipts were shown."""
    found = Case.objects.select_related("promise").only("number", "sort", "promise__title")
    return {case.pk: case for case in found.filter(KEPT, pk__in=list(cases))}


def may_see(viewer: Actor, case: UUID) -> bool:
    return Case.objects.filter(KEPT, gate.scope(viewer, "case.see"), pk=case).exists()


def waiting_for_a_word(at: datetime, *, limit: int = 500) -> list[UUID]:
    """Cases called done whose time for an answer has run out."""
    silent = Case.objects.filter(status=CaseStatus.DONE, answer_by__lte=at).order_by("answer_by")
    return list(silent.values_list("pk", flat=True)[:limit])


def to_forget(at: datetime, *, limit: int) -> list[UUID]:
    """Cases that ended longer ago than anybody's words are kept, the oldest first; not while anything about them is still owed,
    or a complaint about them is open.
    """
    today = local_date(at)
    kept = parameters().whole("limits.retention_case", today)
    until = midnight(months_after(today, -kept))
    refused = Q(status=CaseStatus.REFUSED, finished_at__lt=until)
    ended = Q(status__in=[CaseStatus.CLOSED, CaseStatus.WITHDRAWN], closed_at__lt=until) | refused
    old = Case.objects.filter(KEPT, ended, ~_disputed(), ~promises.owed_about(), received_at__lt=until)
    return list(old.order_by("received_at", "pk").values_list("pk", flat=True)[:limit])


def _disputed(*, by: Q | None = None) -> Exists:
    """Whether a complaint about a case is open."""
    return Exists(Case.objects.filter(by or Q(), about_case=OuterRef("pk")).exclude(status__in=CASE.ends))


def judged_by(office: UUID) -> Exists:
    """Whether an open complaint about the row that is asked for lies with an office."""
    return _disputed(by=Q(office=office) | Q(holder__office=office))


def is_still_needed(case: UUID) -> bool:
    """Whether a complaint about a case is open, or anything about it is still owed."""
    return Case.objects.filter(_disputed() | Q(promises.owed_about()), pk=case).exists()


def without_deadline(viewer: Actor) -> list[Line]:
    """What somebody must still finish although its deadline was taken away: under way, in their hands, nothing owed."""
    freed = Case.objects.filter(~promises.owed_about(), pk__in=promises.freed(), status__in=UNDER_WAY.of)
    mine = freed.filter(gate.scope(viewer, "case.finish"))
    return sorted(mine.values_list(*Line._fields, named=True), key=attrgetter("received_at"))


@for_a_minute
def most_asked(*, since: date, before: date, most: int) -> tuple[str, ...]:
    """The keys of what was asked for most in these days, without sensitive services; an order, never a figure."""
    asked = Case.objects.filter(
        sort=CaseKind.REQUEST, received_on__gte=since, received_on__lt=before, promise__promise__sensitive=False
    )
    counted = asked.values_list("promise__promise__key").annotate(n=Count("pk"))
    return tuple(key for key, _n in counted.order_by("-n", "promise__promise__key")[:most])


def longest_waiting(at: datetime) -> Case | None:
    """The open request that has waited longest after going up by itself: the story that the demo's people share."""
    late = promises.longest_late(at=at, kind=Case.kind)
    found = Case.objects.select_related("promise", "office__above__above")
    return found.filter(pk=late).first() if late else None


def owed_in(wanted: Wanted, *, now: datetime) -> Q:
    """The same filters for a list of duties: what is owed in the cases that fit. Late is a list of its own there."""
    of_case = _matching(replace(wanted, place="", late=False), now)
    about = Q(subject_id__in=Case.objects.filter(of_case).values("pk")) if of_case else Q()
    return about & _in(wanted.place)


def _in(place: str) -> Q:
    """A village, or a township with its villages; text that is no id filters nothing."""
    try:
        return Q(village=UUID(place)) | Q(township=UUID(place)) if place else Q()
    except ValueError:
        return Q()


def _matching(wanted: Wanted, now: datetime) -> Q:
    """What an address may say is anything at all: a status or sort that there is not filters nothing."""
    wants = Q()
    if wanted.status in {status.value for status in CaseStatus}:
        wants &= Q(status=wanted.status)
    if wanted.sort in CaseKind.values:
        wants &= Q(sort=wanted.sort)
    if wanted.service:
        wants &= Q(promise__promise__key=wanted.service)
    wants &= _in(wanted.place)
    if wanted.late:
        wants &= Q(pk__in=promises.late_subjects(now))
    if wanted.words:
        by_number = Q(number=wanted.words) if wanted.words.isdecimal() else NOTHING
        wants &= by_number | Q(contact__in=matching(ContactGram, wanted.words))
    return wants
