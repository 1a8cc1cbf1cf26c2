"""A small domain of its own for the tests of foundation: parcels with states, and what is owed about them."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.apps.registry import Apps
from django.db import models

from chengnuo.core.lifecycle import START, Lifecycle, Move, Status, guard, staying
from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.gate import ANY, Relation, Rule
from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.foundation.refused import Refused

apps = Apps()
CARRY = "carry"
POST = UUID(int=1)


class ParcelStatus(Status):
    NEW = "new"
    SENT = "sent"
    GONE = "gone"


@guard("It has no address.")
def addressed(parcel, _at):
    return bool(parcel.address)


NEW, SENT, GONE = ParcelStatus
MOVES = Lifecycle(
    "parcel",
    ParcelStatus,
    [
        Move("post", START >> NEW, opens=(CARRY,)),
        Move("readdress", staying(NEW | SENT)),
        Move("send", NEW >> SENT, guards=(addressed,), ends=(CARRY,)),
        Move("return", SENT >> NEW),
        Move("lose", SENT >> GONE),
    ],
)


class Parcel(Noun):
    kind = "parcel"
    lifecycle = MOVES

    address = models.CharField(max_length=40, blank=True)
    owner = models.UUIDField(null=True)
    number = models.IntegerField(null=True, unique=True)

    class Meta:
        apps = apps
        app_label = "shelf"

    def trace(self):
        return Trace(office=self.owner)


class Owed(models.Model):
    parcel = models.UUIDField()
    kind = models.CharField(max_length=20)
    ended = models.BooleanField(default=False)

    class Meta:
        apps = apps
        app_label = "shelf"


class NobodyCarries(Refused):
    code = "nobody-carries"


class Carriers:
    """What is owed about parcels, kept in the act's own transaction; refuses a parcel to nowhere."""

    def moved(self, *, move, nouns, by, at):
        if any(parcel.address == "nowhere" for parcel in nouns):
            raise NobodyCarries
        Owed.objects.filter(parcel__in=[noun.pk for noun in nouns], kind__in=move.ends).update(ended=True)
        Owed.objects.bulk_create(Owed(parcel=noun.pk, kind=kind) for noun in nouns for kind in move.opens)


OWN = Relation("own", "it is theirs", lambda _actor, hat: models.Q(owner=hat.office))
RULES = [
    Rule("parcel.post", Parcel, {"clerk": OWN, "chief": ANY}),
    *(Rule(f"parcel.{name}", Parcel, {"clerk": OWN, "chief": ANY}) for name in ("readdress", "send", "return")),
    Rule("parcel.lose", Parcel, {"chief": ANY.freshly()}),
]


def clerk(office: UUID, *, post: UUID = POST) -> Actor:
    return Actor(name="clerk", hats=(Hat("clerk", post=post, office=office),), account=1)


def parcel(office: UUID | None = None, *, status: str = "new", **fields: object) -> Parcel:
    """A parcel that stands in the database already."""
    made = Parcel(owner=office or uuid4(), **{"address": "兴山"} | fields)
    made.status = status
    made.save(force_insert=True)
    return made
