"""The county as its figures see it: which places there are, where each office sits, and what is promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import F

from chengnuo.core.text3 import Text3
from chengnuo.people.models import Level, Office, Place
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.promises.readings import IN_FORCE

COUNTED = (PromiseKind.SERVICE, PromiseKind.PROCEDURE)


@dataclass(frozen=True)
class Seen:
    """One office: its key and name, its level, the place where it sits and the place above that."""

    key: str
    name: Text3
    level: str
    place: UUID
    above: UUID | None


@dataclass(frozen=True)
class County:
    """`places` by level, in the order of their codes; `promises`: key and title by Promise, in the order of their keys, of
    ended ones too, whose duties run on.
    """

    places: Mapping[str, tuple[UUID, ...]]
    above: Mapping[UUID, UUID | None]
    offices: Mapping[UUID, Seen]
    promises: Mapping[UUID, tuple[str, Text3]]

    @cached_property
    def office_at(self) -> Mapping[UUID, Seen]:
        """The township's own office or the village's committee, by place; the newest, where one followed another."""
        return {office.place: office for office in self.offices.values()}


def county(on: date) -> County:
    """The county on a day; three queries."""
    places = list(Place.objects.order_by("order").values_list("pk", "level", "above"))
    offices = Office.objects.order_by(F("closed_on").asc(nulls_last=True), "key").select_related("place")
    versions = PromiseVersion.objects.filter(IN_FORCE, promise__kind__in=COUNTED, begins__lte=on)
    promised = {
        version.promise_id: (version.promise.key, version.title)
        for version in versions.select_related("promise").order_by("promise__key", "begins")
    }
    return County(
        places={level: tuple(pk for pk, of, _above in places if of == level) for level in Level.values},
        above={pk: above for pk, _level, above in places},
        offices={
            office.pk: Seen(office.key, office.name, office.level, office.place_id, office.place.above_id)
            for office in offices
        },
        promises=promised,
    )
