"""How many records were wrong, by office and month: figures of institutions, without any count of a few people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from chengnuo.core.periods import months_after
from chengnuo.core.privacy.cells import Counts, suppress
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotAllowed
from chengnuo.people.models import Office
from chengnuo.policies.loader import parameters
from chengnuo.registers.lifecycle import MENDED
from chengnuo.registers.models import Finding, Resident
from chengnuo.registers.queries import COUNTS

THOUSAND = 1000


@dataclass(frozen=True)
class Wrong:
    """Of one office: how many records were mended in each month, None where that would tell of a few people; and how many entries of
    the register lie in its place, 0 where it holds other records.
    """

    office: Text3
    mended: tuple[int | None, ...]
    held: int

    def per_thousand(self, month: int) -> float | None:
        """The rate of a month by its place in the table."""
        count = self.mended[month]
        return None if count is None or not self.held else round(count * THOUSAND / self.held, 1)


def wrong(viewer: Actor, *, today: date, months: int = 6) -> tuple[Sequence[date], Sequence[Wrong]]:
    """The last finished months, by their first day, and a line for each office in which anything was mended. Raises NotAllowed."""
    if not gate.may(viewer, "records.count"):
        raise NotAllowed
    first = today.replace(day=1)
    days = [months_after(first, back) for back in range(-months, 0)]
    found = Finding.objects.filter(status=MENDED, ended_on__gte=days[0], ended_on__lt=first)
    counted = Counter(
        (office, ended.replace(day=1)) for office, ended in found.values_list("office", "ended_on") if ended
    )
    offices = list(Office.objects.filter(pk__in={office for office, _month in counted}).order_by("key"))
    if not offices:
        return days, []
    cells = tuple(tuple(counted[office.pk, day] for day in days) for office in offices)
    least = parameters().whole("limits.small_cell", today)
    shown = suppress(Counts(tuple(office.key for office in offices), tuple(map(str, days)), cells), least)
    held = _held([office.place_id for office in offices])
    return days, [
        Wrong(office.name, row, held.get(office.place_id, 0)) for office, row in zip(offices, shown.cells, strict=True)
    ]


def _held(places: Sequence[UUID]) -> dict[UUID, int]:
    """Entries by township."""
    rows = Resident.objects.filter(COUNTS, township__in=places).values("township").annotate(n=Count("pk"))
    return dict(rows.values_list("township", "n"))
