"""Objections that one answer ends: of the same claim, condition and finding."""

from __future__ import annotations

from django.db.models import QuerySet

from chengnuo.benefits.lifecycle import OBJECTION
from chengnuo.benefits.models import Objection

# so many are answered with another; more than that somebody answers again
AT_A_TIME = 20


def joined(among: QuerySet[Objection], objection: Objection) -> list[Objection]:
    """Those that are answered with it, the oldest first."""
    same = among.filter(claim=objection.claim_id, ground=objection.ground, status__in=OBJECTION.open)
    others = same.filter(about_office=objection.about_office_id).exclude(pk=objection.pk)
    return list(others.order_by("pk")[:AT_A_TIME])
