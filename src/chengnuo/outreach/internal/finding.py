"""Whom a finder means tonight, and who has room for their letters. Read by the system alone, by age, place or award and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from chengnuo.benefits.lifecycle import AwardStatus
from chengnuo.benefits.models import Award
from chengnuo.foundation.actor import system
from chengnuo.foundation.gate import gate
from chengnuo.outreach.internal.digests import of_award, of_letter, of_refusal
from chengnuo.outreach.lifecycle import OPEN_LETTERS
from chengnuo.outreach.models import Letter, NoContact
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Place, PlaceCode, Post
from chengnuo.people.queries import Seat
from chengnuo.policies.finders import AGE, AWARD, PLACE, VILLAGE, Finder
from chengnuo.policies.loader import parameters
from chengnuo.registers.models import Resident, Standing
from chengnuo.registers.queries import COUNTS, index_of

MOST_A_NIGHT = 20_000
LOOK = "a letter is made"


@dataclass(frozen=True)
class Meant:
    """One person who is to be written to: of the register, or with an award. `index` is the finder's own, `whom` the register's."""

    index: bytes
    whom: bytes
    village: UUID
    township: UUID | None
    person: UUID | None = None
    award: UUID | None = None


class Room:
    """Who sends the letters of a finder, and how many more each can take in hand."""

    def __init__(self, row: Finder) -> None:
        self.row = row
        counters = {post.office.place_id: post for post in people.receptions() if post.office.level == Level.VILLAGE}
        office = people.open_office(row.office)
        self.county = people.counter_of(office.pk) if office else None
        self.counters = counters if row.sent_by == VILLAGE else {}
        held = Letter.objects.filter(status__in=OPEN_LETTERS).values("holder").annotate(n=Count("pk"))
        self.held: dict[UUID, int] = dict(held.values_list("holder", "n"))
        self.villages = frozenset(Place.objects.filter(level=Level.VILLAGE).values_list("pk", flat=True))
        self._seats: dict[UUID, Seat] = {}

    def contact(self, village: UUID) -> Post | None:
        """The village's counter, or the county's where the village must not know or has none."""
        return self.counters.get(village, self.county)

    def seat(self, post: Post) -> Seat:
        return self._seats.setdefault(post.pk, people.seat(post.office))

    def left(self, post: Post, on: date) -> int:
        kind = "village" if post.office.level == Level.VILLAGE else "county"
        return parameters().whole(f"outreach.open_in_{kind}", on) - self.held.get(post.pk, 0)

    def full(self, on: date) -> list[UUID]:
        """The villages whose contact can take no more."""
        return [each for each in self.villages if (post := self.contact(each)) is None or self.left(post, on) <= 0]

    def seats(self, found: Iterable[Meant], on: date) -> list[Meant]:
        """Those for whom there is room, in the order in which they come."""
        chosen = []
        for each in found:
            post = self.contact(each.village)
            if post is not None and self.left(post, on) > 0:
                self.held[post.pk] = self.held.get(post.pk, 0) + 1
                chosen.append(each)
        return chosen


def meant(row: Finder, on: date, room: Room) -> list[Meant]:
    """Everybody whom the finder means on a day and who has had no letter of it, in no order that tells anything."""
    found = _with_awards(row) if AWARD in row.uses else _of_age(row, on, room.full(on))
    # by the finder's own digest: letters that lay in the order of the register would tell whose each is
    return sorted(found, key=lambda each: each.index)[:MOST_A_NIGHT]


def gone(most: int) -> list[Letter]:
    """Open letters that lead nowhere any more."""
    return list(Letter.objects.filter(astray(), status__in=OPEN_LETTERS).order_by("pk")[:most])


def astray() -> Q:
    """Letters for people who no longer live here or, where the village brings them, not in that village; or whose award has ended."""
    here = Resident.objects.filter(COUNTS, person=OuterRef("person"), standing=Standing.LIVING)
    left = Q(person__isnull=False) & ~Exists(here)
    moved = Q(person__isnull=False, village__isnull=False) & ~Exists(here.filter(village=OuterRef("village")))
    ended = Q(award__isnull=False) & ~Q(award__status=AwardStatus.IN_FORCE)
    return left | moved | ended


def _of_age(row: Finder, on: date, full: list[UUID]) -> list[Meant]:
    found = Resident.objects.filter(gate.scope(system(), "resident.reach"), COUNTS, standing=Standing.LIVING)
    found = found.exclude(village__in=full)
    if AGE in row.uses:
        found = found.filter(born__range=row.born(on))
    if PLACE in row.uses:
        code = PlaceCode.objects.filter(place=OuterRef("village"), code__startswith=row.place)
        found = found.filter(Exists(code))
    columns = found.values_list("identity_index", "village", "township", "person").iterator()
    return _untold(row, (Meant(of_letter(row.key, bytes(whom)), bytes(whom), *where) for whom, *where in columns))


def _with_awards(row: Finder) -> list[Meant]:
    """The number of whoever has an award is opened once, for the digest by which nobody is written to twice."""
    held = Award.objects.filter(programme__in=row.awards, status=AwardStatus.IN_FORCE).select_related("village")
    if PLACE in row.uses:
        held = held.filter(place__startswith=row.place)
    written = Letter.objects.filter(finder=row.key, award_index__isnull=False)
    known = {bytes(index) for index in written.values_list("award_index", flat=True) if index}
    by_person: dict[bytes, Meant] = {}
    for award in held.order_by("pk")[:MOST_A_NIGHT]:
        if award.identity and award.village and of_award(row.key, award.pk) not in known:
            whom = index_of(award.identity.reveal(by=system(), reason=LOOK))
            index = of_letter(row.key, whom)
            by_person.setdefault(index, Meant(index, whom, award.village.pk, award.village.above_id, award=award.pk))
    return _untold(row, by_person.values())


def _untold(row: Finder, found: Iterable[Meant]) -> list[Meant]:
    """Whoever got this letter, be it for another award, or wants none, gets no second one. Compared here: no column equals another."""
    written = Letter.objects.filter(finder=row.key).values_list("identity_index", flat=True)
    told = {bytes(index) for index in written.iterator()}
    refused = {bytes(index) for index in NoContact.objects.values_list("identity_index", flat=True).iterator()}
    return [each for each in found if each.index not in told and of_refusal(each.whom) not in refused]
