"""Reads for the public: live figures, frozen ones, and every version of a promise. Nobody's name, and no small count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery

from chengnuo.core.privacy import Band, band
from chengnuo.foundation.keyset import Slice, slice_of
from chengnuo.foundation.refs import registry
from chengnuo.people.models import Level, Office
from chengnuo.promises.figures import Kind, Row, rows_of
from chengnuo.promises.lifecycle import FIGURES
from chengnuo.promises.models import Duty, PromiseKind, PromiseVersion, Release
from chengnuo.promises.queries import in_force
from chengnuo.promises.readings import AWAITED, FROZEN, IN_FORCE, LIVE, past_due

MOST_COUNTED = 20  # where the last band begins
COUNTED = (PromiseKind.SERVICE, PromiseKind.PROCEDURE)


@dataclass(frozen=True)
class Live:
    """How much is owed now, and how much of it is past its time: in bands, since no count that still moves leaves this module."""

    owed: Band = Band.NONE
    late: Band = Band.NONE


def live(offices: Iterable[UUID], *, now: datetime) -> dict[UUID, Live]:
    """The live figures of these offices, each counted no further than the last band; one that owes nothing is absent. One query."""
    owed = Duty.objects.filter(LIVE, _listed(), office=OuterRef("pk"))
    # an office with thousands of duties must not be walked through for the few that are late
    late = owed.filter(past_due(now), due_at__lt=now)
    counted = Office.objects.filter(pk__in=list(offices)).values_list("pk", counted_to(owed), counted_to(late))
    return {office: Live(band(owed), band(late)) for office, owed, late in counted if owed}


def counted_to(found: QuerySet[Duty]) -> CountedTo:
    """How many there are, counted no further than where the last band begins."""
    return CountedTo(found.order_by("office", "due_at", "pk").values("pk")[:MOST_COUNTED])


class CountedTo(Subquery):
    """How many rows a limited query has, for each row of the one around it."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def live_of_promise(key: str, *, now: datetime) -> Live:
    """What is owed of one promise in the whole county: by office, it would tell what somebody in a village has asked for."""
    owed = Duty.objects.filter(LIVE, _listed(parent__isnull=False), promise__promise__key=key)
    late = owed.filter(past_due(now), due_at__lt=now)
    return Live(*(band(found.order_by()[:MOST_COUNTED].count()) for found in (owed, late)))


def late_in_county(*, now: datetime) -> Band:
    """How much is past its time in all offices together, counted no further than the last band."""
    late = Duty.objects.filter(LIVE, _listed(), past_due(now), due_at__lt=now)
    return band(late.order_by("due_at")[:MOST_COUNTED].count())


def _listed(**about: bool) -> Q:
    """No complaints, of sensitive services the county's alone; and nothing (or of it what is `about`) that everybody sees by itself."""
    in_sight = Q(hidden_from=None) & (Q(is_guarded=False) | Q(office__level=Level.COUNTY))
    return in_sight & ~Q(subject_kind__in=registry.public_kinds(), **about)


@dataclass(frozen=True)
class Listed:
    """A release, published or still awaited, and the duty to publish it: None where that was not promised."""

    release: Release
    duty: Duty | None


def listed(*, place: UUID, most: int) -> list[Listed]:
    """The newest releases of a place, without their figures; those that are awaited too. Two queries."""
    found = list(Release.objects.filter(place=place).defer("figures").order_by("-ends")[:most])
    owed = Duty.objects.filter(kind=FIGURES, subject_id__in=[release.pk for release in found])
    duties = {duty.subject_id: duty for duty in owed}
    return [Listed(release, duties.get(release.pk)) for release in found]


def late_releases(*, now: datetime, most: int) -> list[Release]:
    """What the county and its townships should have published by now and have not, the longest awaited first."""
    owed = Duty.objects.filter(LIVE, past_due(now), kind=FIGURES, village=None).values("subject_id")
    found = Release.objects.filter(AWAITED, pk__in=owed).select_related("place")
    return list(found.order_by("ends", "place__order")[:most])


def duty_of(release: Release) -> Duty | None:
    """The duty to publish it."""
    return Duty.objects.filter(kind=FIGURES, subject_id=release.pk).first()


def newest_of(place: UUID) -> Release | None:
    """The newest figures of a place."""
    return Release.objects.filter(FROZEN, place=place).defer("figures").order_by("-ends").first()


def newest(*, most: int) -> list[Release]:
    """The newest releases of the county and its townships."""
    found = Release.objects.filter(FROZEN).exclude(place__level=Level.VILLAGE).select_related("place")
    return list(found.defer("figures").order_by("-ends", "place__order")[:most])


def page(*, cursor: str, now: datetime) -> Slice[Release]:
    """Every release, the newest first, without its figures."""
    found = Release.objects.filter(FROZEN).defer("figures")
    return slice_of(found, by="published_at", cursor=cursor, filters="", now=now, descending=True)


def release(*, place: UUID, period: str) -> Release | None:
    return Release.objects.filter(FROZEN, place=place, period=period).first()


def total(*, county: UUID) -> tuple[Release, Row] | None:
    """The county's newest release, and the sum over its promises."""
    found = Release.objects.filter(FROZEN, place=county).order_by("-ends").first()
    row = next((row for row in rows_of(found) if row.kind is Kind.TOTAL), None) if found else None
    return (found, row) if found and row else None


def history(*, county: UUID, key: str, most: int) -> list[tuple[Release, Row]]:
    """What the county's newest releases say of one promise, the newest first. Where nothing fell due there is no row; of a
    procedure there may be two: what of it is guarded stands apart.
    """
    found = Release.objects.filter(FROZEN, place=county).order_by("-ends")[:most]
    return [(release, row) for release in found for row in rows_of(release) if row.key == key]


def versions(key: str) -> list[PromiseVersion]:
    """Every published version of a service or procedure, the newest first."""
    found = PromiseVersion.objects.filter(IN_FORCE, promise__key=key, promise__kind__in=COUNTED)
    return list(found.select_related("promise__office").order_by("-begins"))


def promised_by(office: Office, *, on: date) -> list[PromiseVersion]:
    """What an office promises on a day: its own services and procedures, what every office of its level does, and what every office does."""
    everyone = Q(promise__kind=PromiseKind.PROCEDURE, promise__level=Level.COUNTY, promise__office=None)
    own = Q(promise__office=office) | Q(promise__office=None, promise__level=office.level)
    found = in_force(on).filter(own | everyone, promise__kind__in=COUNTED).order_by("promise__kind", "promise__key")
    return list(found)
