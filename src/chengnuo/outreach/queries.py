"""Reads of assessments, runs, letters and reminders, each through the gate. Of letters and reminders always one, never a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Exists, Model, Q, QuerySet, Subquery

from chengnuo.cases.models import Case
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.outreach.internal.finding import astray
from chengnuo.outreach.internal.writing import code_of
from chengnuo.outreach.lifecycle import OPEN_LETTERS, OWED, RUNNING, SIGNED, WAITING
from chengnuo.outreach.models import Assessment, Coverage, FinderRun, Letter, Reminder
from chengnuo.people import queries as people
from chengnuo.people.models import Cell, Purpose
from chengnuo.registers import queries as registers

MOST = 100
LOOK = "a letter is handed over"
M = TypeVar("M", bound=Model)


def assessment_in_force(finder: str, *, on: date) -> Assessment | None:
    """The one under which letters may be made on a day: signed, and still good; the newest of several."""
    signed = Assessment.objects.filter(finder=finder, status=SIGNED, valid_until__gte=on)
    return signed.order_by("-signed_at").first()


def assessments(viewer: Actor) -> Sequence[Assessment]:
    """The register, the newest first."""
    seen = Assessment.objects.filter(gate.scope(viewer, "assessment.see")).select_related("office", "signed_by")
    return list(seen.order_by("-drafted_at", "-pk")[:MOST])


def assessment(viewer: Actor, pk: UUID, *, action: str = "assessment.see") -> Assessment:
    """Raises NotHere."""
    return _one(Assessment, viewer, action, pk, "office", "signed_by")


def runs(viewer: Actor, *, action: str = "finder_run.see") -> dict[str, FinderRun]:
    """The finders that run, by key."""
    running = FinderRun.objects.filter(gate.scope(viewer, action), status=RUNNING)
    return {run.finder: run for run in running.select_related("office")}


def run(viewer: Actor, pk: UUID, *, action: str) -> FinderRun:
    """Raises NotHere."""
    return _one(FinderRun, viewer, action, pk, "office")


def next_letter(viewer: Actor, *, on: date) -> Letter | None:
    """The one letter that a contact sees: the oldest of those that wait in their hands, lead to somebody, and were not tried just now."""
    return _letters(viewer, on).select_related("office", "award__village").order_by("made_on", "contacts", "pk").first()


def _letters(viewer: Actor, on: date) -> QuerySet[Letter]:
    mine = Letter.objects.filter(gate.scope(viewer, "letter.see"), ~astray(), status=WAITING)
    return mine.filter(Q(again_from=None) | Q(again_from__lte=on))


def letter(viewer: Actor, pk: UUID, *, action: str = "letter.see") -> Letter:
    """One that is open, in the viewer's hands. Raises NotHere."""
    return _one(Letter, viewer, action, pk, "office", "award__village", status__in=OPEN_LETTERS)


def letter_numbered(viewer: Actor, number: str) -> Letter | None:
    """The open letter in the viewer's hands that bears this number: for what was taken along."""
    mine = Letter.objects.filter(gate.scope(viewer, "letter.record"), status__in=OPEN_LETTERS)
    return mine.filter(number=number).first()


@dataclass(frozen=True)
class Recipient:
    """Whom a letter is for, as its contact needs to know; `code` is printed on it."""

    name: str
    village: Text3 | None
    code: str


def recipient(viewer: Actor, letter: Letter) -> Recipient:
    """Opened, which is kept as a look. Raises NotHere when the letter is nobody's any more."""
    if letter.award is not None:
        name = letter.award.name.reveal(by=viewer, reason=LOOK) if letter.award.name else ""
        return Recipient(name, letter.award.village.name if letter.award.village else None, code_of(letter.pk))
    if letter.person is None:
        raise NotHere
    found = registers.resident(viewer, letter.person)
    return Recipient(found.name.reveal(by=viewer, reason=LOOK), found.village.name, code_of(letter.pk))


def next_reminder(viewer: Actor) -> Reminder | None:
    """The one reminder that an officer sees: the one whose time ends first."""
    return _reminders(viewer).select_related("office", "award__claim", "claim").order_by("closes_on", "pk").first()


def _reminders(viewer: Actor) -> QuerySet[Reminder]:
    return Reminder.objects.filter(gate.scope(viewer, "reminder.see"), status=OWED)


def waits(viewer: Actor, *, on: date, beside: QuerySet[Any]) -> tuple[bool, bool, Any]:
    """Whether a letter, and whether a reminder, waits in the viewer's hands; and the value that stands first `beside`, which other
    apps ask with it. One query.
    """
    asked = (Exists(_letters(viewer, on)), Exists(_reminders(viewer)), Subquery(beside[:1]))
    return Cell.objects.values_list(*asked).first() or (False, False, None)


def reminder(viewer: Actor, pk: UUID, *, action: str = "reminder.see") -> Reminder:
    """Raises NotHere."""
    return _one(Reminder, viewer, action, pk, "office", "award__claim", "claim", status=OWED)


@dataclass(frozen=True)
class Reminded:
    """Whom a reminder is for; `telephone` only where the person agreed to be called back, "" otherwise."""

    name: str
    telephone: str


def reminded(viewer: Actor, reminder: Reminder) -> Reminded:
    """Opened, which is kept as a look; what has been forgotten is ""."""
    case = reminder.case_id
    found = Case.objects.filter(pk=case).select_related("contact").first() if case else None
    if found is None:
        return Reminded("", "")
    contact = found.contact
    agreed = Purpose.CALL_BACK in people.live_consents(contact.pk)
    name = contact.name.reveal(by=viewer, reason=LOOK, of=found.pk) if contact.name else ""
    if reminder.award and reminder.award.name:  # it outlives the words of its case
        name = reminder.award.name.reveal(by=viewer, reason=LOOK)
    telephone = contact.phone.reveal(by=viewer, reason=LOOK, of=found.pk) if agreed and contact.phone else ""
    return Reminded(name, telephone)


def of_the_demo() -> UUID | None:
    """The village's post in whose hands letters stand in most states: whom the demo's visitors step into. Nothing of any letter."""
    held = Letter.objects.filter(status__in=OPEN_LETTERS, village__isnull=False).values("holder")
    most = held.annotate(states=Count("status", distinct=True), n=Count("pk")).order_by("-states", "-n", "holder")
    return most.values_list("holder", flat=True).first()


def coverage() -> Sequence[Coverage]:
    """The frozen quarters, the newest first: everybody's."""
    return list(Coverage.objects.order_by("-ends")[:MOST])


def _one(model: type[M], viewer: Actor, action: str, pk: UUID, *with_it: str, **which: object) -> M:
    found = model._default_manager.filter(gate.scope(viewer, action), pk=pk, **which)
    return NotHere.unless(found.select_related(*with_it).first())
