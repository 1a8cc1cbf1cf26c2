"""How far people were reached in a quarter, by township: counted when it is over, frozen once, and without small counts."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Count, Exists, OuterRef, QuerySet

from chengnuo.benefits.lifecycle import STAGE, ClaimStatus
from chengnuo.benefits.models import Claim, Opinion, Verdict
from chengnuo.core.instants import local_date
from chengnuo.core.periods import QUARTER, Period, finished
from chengnuo.core.privacy import Counts
from chengnuo.core.privacy import suppress as without_small
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import AlreadyReceived
from chengnuo.outreach.lifecycle import DELIVERED
from chengnuo.outreach.models import Coverage, FinderRun, Letter
from chengnuo.payments.lifecycle import PAID
from chengnuo.payments.models import Payment
from chengnuo.people import queries as people
from chengnuo.people.models import Level
from chengnuo.policies.loader import parameters
from chengnuo.promises.models import Duty, Outcome

COLUMNS = ("letters", "claims", "in_time", "paid")
LATE = (Outcome.KEPT_LATE, Outcome.BROKEN)


def freeze_due(*, at: datetime) -> int:
    """Freezes every quarter that is over since the first finder began; returns how many. What was frozen stays as it is."""
    first = FinderRun.objects.order_by("begun_at").first()
    if first is None:
        return 0
    there = set(Coverage.objects.values_list("period", flat=True))
    over = [each for each in finished(local_date(first.begun_at), at, QUARTER) if str(each) not in there]
    return sum(_freeze(period, at) for period in over)


def counted(period: Period) -> dict[str, Any]:
    """The published table of a period: townships by what happened there, without small counts and what would tell them."""
    townships = people.places_of(Level.TOWNSHIP)
    columns = [_letters(period), _claims(period), _in_time(period), _paid(period)]
    cells = tuple(tuple(column.get(place.pk, 0) for column in columns) for place in townships)
    threshold = parameters().whole("limits.small_cell", period.ends)
    found = without_small(Counts(tuple(str(place.pk) for place in townships), COLUMNS, cells), threshold)
    rows = zip(townships, found.cells, strict=True)
    return {
        "threshold": threshold,
        "columns": list(COLUMNS),
        "rows": [{"name": place.name.to_dict(), "counts": list(cells)} for place, cells in rows],
        "totals": list(found.column_totals),
    }


def _freeze(period: Period, at: datetime) -> int:
    figures = counted(period)
    key, said = uuid5(NAMESPACE_URL, f"coverage {period}"), {"period": str(period)}
    with suppress(AlreadyReceived), act("coverage.freeze/1", by=system(), at=at, key=key, said=said) as a:
        a.permit()
        made = Coverage.objects.create(period=str(period), ends=period.ends, figures=figures, frozen_at=at)
        a.record(Coverage.kind, made.pk, Trace(None), {"period": str(period)})
        return 1
    return 0


def _by_place(found: QuerySet[Any], place: str) -> dict[UUID, int]:
    rows: Iterable[tuple[UUID | None, int]] = found.order_by().values_list(place).annotate(n=Count("pk", distinct=True))
    return {township: n for township, n in rows if township}


def _letters(period: Period) -> dict[UUID, int]:
    came = Letter.objects.filter(status=DELIVERED, ended_on__range=(period.begins, period.ends))
    return _by_place(came, "home")


def _claims(period: Period) -> dict[UUID, int]:
    made = Claim.objects.filter(case__received_at__gte=period.begins_at, case__received_at__lt=period.over_at)
    return _by_place(made, "case__contact__village__above")


def _in_time(period: Period) -> dict[UUID, int]:
    """Decided in the period, with every stage in its time."""
    said = Opinion.objects.filter(
        claim=OuterRef("pk"), verdict=Verdict.DECIDES, at__gte=period.begins_at, at__lt=period.over_at
    )
    late = Duty.objects.filter(subject_id=OuterRef("pk"), kind=STAGE, parent=None, outcome__in=LATE)
    decided = Claim.objects.filter(Exists(said), ~Exists(late), status__in=(ClaimStatus.GRANTED, ClaimStatus.REFUSED))
    return _by_place(decided, "case__contact__village__above")


def _paid(period: Period) -> dict[UUID, int]:
    paid = Payment.objects.filter(status=PAID, paid_on__range=(period.begins, period.ends))
    return _by_place(paid, "award__village__above")
