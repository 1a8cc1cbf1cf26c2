"""What cases answers for foundation: what lies in the hands of a post."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from chengnuo.cases.lifecycle import CASE
from chengnuo.cases.models import Case
from chengnuo.promises import queries as promises


class HandsPort:
    """Bound to `foundation.ports.Hands`."""

    def full(self, post: UUID) -> bool:
        mine = Case.objects.filter(Q(holder=post) | Q(offered_to=post)).filter(status__in=CASE.open)
        return mine.exists() or promises.owes(post)
