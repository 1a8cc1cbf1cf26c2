"""Figures of finished periods, as acts of the system: owed from the period's end on, frozen once through the small-cell gate,
and never computed again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid5

from django.db.models import Count, Min

from chengnuo.core.instants import local_date
from chengnuo.core.periods import Period, finished, read
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Office
from chengnuo.policies.loader import parameters
from chengnuo.policies.procedures import Procedure
from chengnuo.promises import figures, queries
from chengnuo.promises.figures import LENGTHS
from chengnuo.promises.internal.county import county
from chengnuo.promises.internal.drawing import Batch, drawn
from chengnuo.promises.lifecycle import FIGURES, RELEASE
from chengnuo.promises.models import Duty, PromiseVersion, Release
from chengnuo.promises.operations import duties
from chengnuo.promises.readings import AWAITED

# what was done in a period's last moments may still be on its way to the disk
SETTLE = timedelta(hours=1)


@dataclass
class _Owing:
    """A release and the office that owes it, as a noun that owes something."""

    kind: ClassVar[str] = Release.kind

    pk: UUID
    promise: PromiseVersion
    office_id: UUID
    holder_id: UUID
    village_id: UUID | None
    township_id: UUID | None
    bureau_id: UUID | None
    about_office_id: UUID | None = None
    is_guarded: bool = False

    def promise_of(self, _kind: str) -> PromiseVersion:
        return self.promise


def owe_due(*, at: datetime, since: date = date.min) -> int:
    """Opens what is owed for every finished period of every place, dated by the period's end, whenever the worker woke up;
    returns how many releases that were. What was opened before stays as it is. `since`: of none that was over by then, as in the demo.
    """
    return sum(_owe_all(period, level, places) for period, level, places in _missing(at, since))


def freeze_due(*, at: datetime) -> int:
    """Freezes the figures that are owed, in the order in which their periods ended (a month before its quarter before its
    year), and says how many releases that were. What was frozen before stays as it is.
    """
    owe_due(at=at)
    owed: dict[Period, list[Release]] = defaultdict(list)
    for release in Release.objects.filter(AWAITED, ends__lt=local_date(at - SETTLE)):
        owed[read(release.period)].append(release)
    return sum(_freeze(period, owed[period], at=at) for period in sorted(owed, key=_when_over))


def _when_over(period: Period) -> tuple[date, int]:
    return period.ends, period.length


def _missing(at: datetime, since: date) -> Iterator[tuple[Period, Level, list[UUID]]]:
    """The places of each level that have no release yet of a period that is over."""
    first: date | None = Duty.objects.aggregate(Min("opened_on"))["opened_on__min"]
    if first is None:
        return
    there = {level: [place.pk for place in people.places_of(level)] for level in LENGTHS}
    begun = dict(Release.objects.values_list("period").annotate(Count("pk")).order_by())
    for level, length in LENGTHS.items():
        for period in finished(max(first, since), at, length):
            if begun.get(str(period), 0) < len(there[level]):
                done = set(Release.objects.filter(period=str(period)).values_list("place", flat=True))
                yield period, level, [place for place in there[level] if place not in done]


def _owe_all(period: Period, level: Level, places: list[UUID]) -> int:
    promise = queries.in_force(period.after.begins).filter(promise__key=Procedure.MONTHLY_FIGURES).first()
    offices = _offices(level) if promise else {}
    return sum(_owe(place, period, offices.get(place), promise) for place in places)


def _offices(level: Level) -> Mapping[UUID, Office]:
    """The office that owes the figures of each place of a level: its own; the county's, the one that stands above the townships."""
    headed = Office.objects.filter(level=level, closed_on=None, posts__is_head=True, posts__closed_on=None)
    found = headed.select_related("place", "above__above")
    if level == Level.COUNTY:
        found = found.filter(below__level=Level.TOWNSHIP)
    return {office.place_id: office for office in found.order_by("-key")}


def _owe(place: UUID, period: Period, office: Office | None, promise: PromiseVersion | None) -> int:
    """One release, in one act. A county that has not promised to publish owes nothing, and publishes all the same."""
    key, at = uuid5(place, f"owe {period}"), period.over_at
    with suppress(AlreadyReceived), act("release.owe/1", by=system(), at=at, key=key, said={"place": place}) as a:
        awaited = Release(place_id=place, period=str(period), begins=period.begins, ends=period.ends)
        a.make(awaited, RELEASE.owe)
        if office and promise:
            seat = people.seat(office)
            owing = _Owing(
                awaited.pk, promise, office.pk, people.head(office.pk).pk, seat.village, seat.township, seat.bureau
            )
            duties.open_all(kinds=[FIGURES], nouns=[owing], at=at)
        return 1
    return 0


def _freeze(period: Period, owed: list[Release], *, at: datetime) -> int:
    """What may be shown is found before anything is written, so that no transaction waits for it."""
    threshold = parameters().whole("limits.small_cell", period.ends)
    rows = drawn(Batch(period, tuple(release.place_id for release in owed)), county(period.ends), threshold)
    return sum(_publish(release, figures.written(rows[release.place_id], threshold), at=at) for release in owed)


def _publish(release: Release, content: dict[str, Any], *, at: datetime) -> int:
    """One release, in one act. Another worker may have been faster: then its release stands."""
    key = uuid5(release.place_id, f"release {release.period}")
    said = {"release": release.pk, "figures": content}
    with (
        suppress(AlreadyReceived, KeyUsedOtherwise),
        act("release.publish/1", by=system(), at=at, key=key, said=said) as a,
    ):
        a.move(a.take(Release, release.pk), RELEASE.publish, figures=content, published_at=at)
        return 1
    return 0
