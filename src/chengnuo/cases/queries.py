"""Reads of cases. Every one takes its viewer; what the gate does not show is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from hmac import compare_digest
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from chengnuo.cases.lifecycle import CaseStatus
from chengnuo.cases.models import Case, CaseKind, Chapter
from chengnuo.core.instants import SHANGHAI, local_date
from chengnuo.core.periods import months_after
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import NOTHING, gate
from chengnuo.foundation.grams import matching
from chengnuo.foundation.keyset import Slice, slice_of
from chengnuo.foundation.memo import for_a_minute
from chengnuo.foundation.receipts import index_of, receipt_code
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import ContactGram
from chengnuo.policies.loader import parameters
from chengnuo.promises import queries as promises

KEPT = Q(forgotten_at=None)
ENDED = (CaseStatus.CLOSED, CaseStatus.REFUSED, CaseStatus.WITHDRAWN)
UNDER_WAY = (CaseStatus.RECEIVED, CaseStatus.WAITING, CaseStatus.PAUSED)
LINE = ("number", "status", "received_at", *promises.NAMES)


@dataclass(frozen=True)
class Wanted:
    """What a list is filtered by; empty fields filter nothing."""

    words: str = ""
    status: str = ""
    sort: str = ""
    service: str = ""
    late: bool = False

    @property
    def text(self) -> str:
        return "\x1f".join((self.words, self.status, self.sort, self.service, str(self.late)))


def seen(viewer: Actor, case: UUID) -> Case:
    """One case with what its page shows. Raises NotHere, whether it is missing or not theirs."""
    found = (
        Case.objects.select_related(
            "promise__promise",
            "contact__village",
            "office__above",
            "holder__office",
            "offered_to",
            "about_office",
        )
        .filter(KEPT, gate.scope(viewer, "case.see") | gate.scope(viewer, "case.see_offered"), pk=case)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def story(case: Case) -> list[Chapter]:
    """The chapters in order, with the posts that signed them and their offices."""
    return list(Chapter.objects.filter(case=case).select_related("post__office").order_by("at", "pk"))


def by_receipt(code: str, *, hidden_from: Collection[UUID] = ()) -> UUID | None:
    """The case that a receipt code opens; no complaint about one of the offices of whoever types it.

    Known, unknown and hidden codes take the same one indexed query.
    """
    found = Case.objects.filter(receipt_index=index_of(code)).exclude(about_office__in=hidden_from)
    case = found.values_list("pk", flat=True).first()
    # an index that a database owner copied to another case opens nothing: the code belongs to the case's id
    return case if case is not None and compare_digest(receipt_code(case), code) else None


def listed(viewer: Actor, wanted: Wanted, *, cursor: str, now: datetime) -> Slice[Case]:
    """The cases that a viewer may list, newest first."""
    found = Case.objects.select_related("promise", "office", "holder").filter(
        KEPT, gate.scope(viewer, "case.list"), _matching(wanted, now)
    )
    found = found.only(*LINE)
    return slice_of(found, by="received_at", cursor=cursor, filters=wanted.text, now=now, descending=True)


def offered(viewer: Actor) -> list[Case]:
    """What this person has been asked to take, the oldest first.

    Sorted here: asked for in that order, a database walks through all cases by time instead of finding these few.
    """
    mine = Case.objects.select_related("promise", "office", "holder").filter(gate.scope(viewer, "case.see_offered"))
    return sorted(mine.only(*LINE), key=lambda case: case.received_at)


def briefly(cases: Iterable[UUID]) -> dict[UUID, Case]:
    """Number, sort and service of these cases, for a list of duties that the viewer was already let through to."""
    found = Case.objects.select_related("promise").only("number", "sort", "promise__title")
    return {case.pk: case for case in found.filter(pk__in=list(cases))}


def number_of(case: UUID) -> str:
    """The number of a case, for somebody who was let through to one of its duties; "" for another subject."""
    return Case.objects.filter(pk=case).values_list("number", flat=True).first() or ""


def may_see(viewer: Actor, case: UUID) -> bool:
    return Case.objects.filter(KEPT, gate.scope(viewer, "case.see"), pk=case).exists()


def waiting_for_a_word(at: datetime, *, limit: int = 500) -> list[UUID]:
    """Cases called done whose time for an answer has run out."""
    overdue = Case.objects.filter(status=CaseStatus.DONE, answer_by__lte=at).order_by("answer_by")
    return list(overdue.values_list("pk", flat=True)[:limit])


def to_forget(at: datetime, *, limit: int) -> list[UUID]:
    """Cases that ended longer ago than anybody's words are kept, the oldest first; not while anything about them is still owed,
    or a complaint about them is open.
    """
    today = local_date(at)
    kept = parameters().whole("limits.retention_case", today)
    until = datetime.combine(months_after(today, -kept), time(), SHANGHAI)
    refused = Q(status=CaseStatus.REFUSED, finished_at__lt=until)
    ended = Q(status__in=[CaseStatus.CLOSED, CaseStatus.WITHDRAWN], closed_at__lt=until) | refused
    disputed = Exists(Case.objects.filter(about_case=OuterRef("pk")).exclude(status__in=ENDED))
    old = Case.objects.filter(KEPT, ended, ~disputed, ~promises.owed_about(), received_at__lt=until)
    return list(old.order_by("received_at", "pk").values_list("pk", flat=True)[:limit])


def without_deadline(viewer: Actor) -> list[Case]:
    """What somebody must still finish although its deadline was taken away: under way, in their hands, nothing owed."""
    mine = Case.objects.select_related("promise", "office", "holder").filter(
        gate.scope(viewer, "case.finish"), ~promises.owed_about(), status__in=UNDER_WAY
    )
    return sorted(mine.only(*LINE), key=lambda case: case.received_at)


@for_a_minute
def most_asked(*, since: date, before: date, most: int) -> tuple[str, ...]:
    """The keys of what was asked for most in these days, without sensitive services; an order, never a figure."""
    asked = Case.objects.filter(
        sort=CaseKind.REQUEST,
        received_on__gte=since,
        received_on__lt=before,
        promise__promise__sensitive=False,
    )
    counted = asked.values_list("promise__promise__key").annotate(n=Count("pk"))
    return tuple(key for key, _n in counted.order_by("-n", "promise__promise__key")[:most])


def longest_waiting(at: datetime) -> Case | None:
    """The open request that has waited longest after going up by itself: the story that the demo's people share."""
    late = promises.longest_late(at=at, kind=Case.kind)
    found = Case.objects.select_related("promise", "office__above__above")
    return found.filter(pk=late).first() if late else None


def _matching(wanted: Wanted, now: datetime) -> Q:
    """What an address may say is anything at all: a status or sort that there is not filters nothing."""
    wants = Q()
    if wanted.status in {status.value for status in CaseStatus}:
        wants &= Q(status=wanted.status)
    if wanted.sort in CaseKind.values:
        wants &= Q(sort=wanted.sort)
    if wanted.service:
        wants &= Q(promise__promise__key=wanted.service)
    if wanted.late:
        wants &= Q(pk__in=promises.late_subjects(now))
    if wanted.words:
        by_number = Q(number=wanted.words) if wanted.words.isdecimal() else NOTHING
        wants &= by_number | Q(contact__in=matching(ContactGram, wanted.words))
    return wants
