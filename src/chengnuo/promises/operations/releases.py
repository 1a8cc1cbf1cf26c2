"""Freezing the figures of finished periods, as acts of the system: once, through the small-cell gate, and never again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django.db.models import Count, Min

from chengnuo.core.periods import Period, finished
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Office
from chengnuo.policies.loader import parameters
from chengnuo.promises import figures, queries
from chengnuo.promises.figures import LENGTHS
from chengnuo.promises.internal.county import county
from chengnuo.promises.internal.drawing import Batch, drawn
from chengnuo.promises.models import Duty, Release
from chengnuo.promises.operations import duties

MONTHLY = "monthly-figures"
# what was done in a period's last moments may still be on its way to the disk
SETTLE = timedelta(hours=1)


@dataclass
class _Publishing:
    """The county's promise to publish, as a noun that owes something."""

    kind: ClassVar[str] = Release.kind

    pk: UUID
    office_id: UUID
    holder_id: UUID
    village_id: UUID | None = None
    township_id: UUID | None = None
    bureau_id: UUID | None = None
    about_office_id: UUID | None = None
    is_guarded: bool = False
    pause_reason: str = ""

    def promise_of(self, _kind: str) -> str:
        return MONTHLY


def freeze_due(*, at: datetime) -> int:
    """Freezes the figures of every finished period of every place, the oldest first, and says how many releases that were.
    What was frozen before stays as it is.
    """
    frozen = 0
    for batch in _due(at - SETTLE):
        frozen += _freeze(batch, at=at)
    return frozen


def _due(at: datetime) -> Iterator[Batch]:
    """What is missing, in the order in which the periods ended; a month before its quarter before its year."""
    since: date | None = Duty.objects.aggregate(Min("opened_on"))["opened_on__min"]
    if since is None:
        return
    there = {level: tuple(place.pk for place in people.places_of(level)) for level in LENGTHS}
    frozen = dict(Release.objects.values_list("period").annotate(Count("pk")).order_by())
    over = [(period, level) for level, length in LENGTHS.items() for period in finished(since, at, length)]
    for period, level in sorted(over, key=lambda pair: (pair[0].ends, pair[0].length)):
        if frozen.get(str(period), 0) < len(there[level]):
            done = set(Release.objects.filter(period=str(period)).values_list("place", flat=True))
            yield Batch(period, tuple(place for place in there[level] if place not in done))


def _freeze(batch: Batch, *, at: datetime) -> int:
    """What may be shown is found before anything is written, so that no transaction waits for it."""
    threshold = parameters().whole("limits.small_cell", batch.period.ends)
    rows = drawn(batch, county(batch.period.ends), threshold)
    return sum(_publish(place, batch.period, figures.written(rows[place], threshold), at=at) for place in batch.places)


def _publish(place: UUID, period: Period, content: dict[str, Any], *, at: datetime) -> int:
    """One release, in one act. Another worker may have been faster: then its release stands."""
    key = uuid5(place, f"release {period}")
    said = {"place": place, "period": str(period), "figures": content}
    try:
        with act("release.publish/1", by=system(), at=at, key=key, said=said) as a:
            a.permit()
            release = Release.objects.create(
                place_id=place,
                period=str(period),
                begins=period.begins,
                ends=period.ends,
                figures=content,
                published_at=at,
            )
            a.record(Release.kind, release.pk, Trace(office=None), {"period": str(period)})
            if period.length == LENGTHS[Level.COUNTY]:
                _keep_promise(release, period, at=at)
    except (AlreadyReceived, KeyUsedOtherwise):
        return 0
    return 1


def _keep_promise(release: Release, period: Period, *, at: datetime) -> None:
    """The month's figures are a duty of the office above the townships, from the month's end on: kept, or late like any other."""
    office = Office.objects.filter(level=Level.COUNTY, below__level=Level.TOWNSHIP).first()
    if office and queries.in_force(period.after.begins).filter(promise__key=MONTHLY).exists():
        owing = _Publishing(
            pk=release.pk, office_id=office.pk, holder_id=people.head(office.pk).pk, bureau_id=office.pk
        )
        duties.open_all(kinds=[Release.kind], nouns=[owing], at=period.over_at)
        duties.end(kinds=[Release.kind], subjects=[release.pk], at=at)
