"""Reads of cases. Every one takes its viewer; what the gate does not show is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from chengnuo.cases.lifecycle import CaseStatus
from chengnuo.cases.models import Case, Chapter
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.grams import matching
from chengnuo.foundation.keyset import Slice, slice_of
from chengnuo.foundation.receipts import index_of
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import ContactGram


@dataclass(frozen=True)
class Wanted:
    """What a list is filtered by; empty fields filter nothing."""

    words: str = ""
    status: str = ""
    sort: str = ""
    service: str = ""

    @property
    def text(self) -> str:
        return f"{self.words}\x1f{self.status}\x1f{self.sort}\x1f{self.service}"


def seen(viewer: Actor, case: UUID) -> Case:
    """One case with what its page shows. Raises NotHere, whether it is missing or not theirs."""
    found = (
        Case.objects.select_related(
            "promise__promise", "contact__village", "office__above", "holder", "offered_to", "about_office"
        )
        .filter(gate.scope(viewer, "case.see") | gate.scope(viewer, "case.see_offered"), pk=case)
        .first()
    )
    if found is None:
        raise NotHere
    return found


def story(case: Case) -> list[Chapter]:
    """The chapters in order, with the posts that signed them."""
    return list(Chapter.objects.filter(case=case).select_related("post").order_by("at", "pk"))


def by_receipt(code: str) -> UUID | None:
    """The case that a receipt code opens. Known and unknown codes take the same one indexed query."""
    return Case.objects.filter(receipt_index=index_of(code)).values_list("pk", flat=True).first()


def listed(viewer: Actor, wanted: Wanted, *, cursor: str, now: datetime) -> Slice[Case]:
    """The cases that a viewer may list, newest first."""
    found = Case.objects.select_related("promise", "office", "holder").filter(
        gate.scope(viewer, "case.list"), _matching(wanted)
    )
    return slice_of(found, by="received_at", cursor=cursor, filters=wanted.text, now=now, descending=True)


def offered(viewer: Actor) -> list[Case]:
    """What this person has been asked to take."""
    mine = Case.objects.select_related("promise", "office", "holder").filter(
        gate.scope(viewer, "case.see_offered")
    )
    return list(mine.order_by("received_at")[:50])


def briefly(cases: Iterable[UUID]) -> dict[UUID, Case]:
    """Number, status and office of these cases, for a list of duties that the viewer was already let through to."""
    return {case.pk: case for case in Case.objects.select_related("promise").filter(pk__in=list(cases))}


def waiting_for_a_word(at: datetime, *, limit: int = 500) -> list[UUID]:
    """Cases called done whose time for an answer has run out."""
    overdue = Case.objects.filter(status=CaseStatus.DONE, answer_by__lte=at).order_by("answer_by")
    return list(overdue.values_list("pk", flat=True)[:limit])


def voices(where: Q) -> dict[str, int]:
    """How residents answered: resolved, not, none; counted over cases with an answer."""
    rows = Case.objects.filter(where).exclude(word="").values_list("word").annotate(n=Count("pk"))
    return dict(rows.order_by())


def _matching(wanted: Wanted) -> Q:
    wants = Q()
    if wanted.status:
        wants &= Q(status=wanted.status)
    if wanted.sort:
        wants &= Q(sort=wanted.sort)
    if wanted.service:
        wants &= Q(promise__promise__key=wanted.service)
    if wanted.words:
        wants &= Q(number=wanted.words) | Q(contact__in=matching(ContactGram, wanted.words))
    return wants
