"""Whose request has something new on a day: for the slips that an officer prints and hands out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef

from chengnuo.cases.models import Case, CaseKind, Chapter
from chengnuo.core.instants import midnight
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate

A_DAY = timedelta(days=1)
# what a family learns of by paper: what the office did with the request, not what the family did itself
MOVES = ("accept", "ask_once", "ask_late", "pause", "resume", "answer", "cannot", "finish", "refuse")


class News(NamedTuple):
    """What a slip of the day needs of a case, under the names of the columns: no name, no service."""

    pk: UUID
    number: str
    status: str
    answer_by: datetime | None
    contact__language: str
    contact__village: UUID | None


def news(viewer: Actor, day: date, *, most: int) -> list[News]:
    """Requests in the viewer's own hands of which a day brought something new, in the order of a round through the villages.

    None of a complaint, nor of what is guarded: a slip passes through other hands, and those must not learn of it.
    """
    begins = midnight(day)
    told = Chapter.objects.filter(case=OuterRef("pk"), move__in=MOVES, at__gte=begins, at__lt=begins + A_DAY)
    open_to_all = Case.objects.filter(sort=CaseKind.REQUEST, is_guarded=False, forgotten_at=None)
    found = open_to_all.filter(gate.scope(viewer, "day_slip.print"), Exists(told))
    return list(found.order_by("contact__village__order", "number").values_list(*News._fields, named=True)[:most])
