"""Reads of the register, each through the gate: always of one person, or of two that may be one, never a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from chengnuo.core.identity import eighteen
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation import clock, looks
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.grams import matching
from chengnuo.foundation.models import Look
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.foundation.seals import blind_index
from chengnuo.imports.queries import SEEN_ROWS
from chengnuo.policies.loader import parameters
from chengnuo.registers.lifecycle import OPEN, P_OPEN, SAME
from chengnuo.registers.models import Finding, Pair, Resident, ResidentGram, Standing

INDEX = "registers.resident"
SOUGHT, SEARCH = "registers.resident.sought", "a search in the register"
M = TypeVar("M", bound=Model)
PAGE = 500
ENOUGH = 2  # characters of a name
later = Resident.objects.filter(SEEN_ROWS, identity_index=OuterRef("identity_index"), number__gt=OuterRef("number"))
joined = Pair.objects.filter(status=SAME, gives_way=OuterRef("person"))
# of all rows the newest of each person that everybody sees
NEWEST = SEEN_ROWS & ~Exists(later)
# of these, those of whoever was found to be somebody else no longer count
COUNTS = NEWEST & ~Exists(joined)


def index_of(identity: str) -> bytes:
    """By which a number of 18 characters is found again."""
    return blind_index(INDEX, identity)


def of_age(viewer: Actor, *, first: date, last: date, after: UUID | None = None) -> Resident | None:
    """The next person who lives here and was born within these days, behind one `person`: one at a time, in no order that tells anything."""
    living = Resident.objects.filter(gate.scope(viewer, "resident.reach"), COUNTS, standing=Standing.LIVING)
    aged = living.filter(Q(person__gt=after) if after else Q(), born__range=(first, last))
    return aged.select_related("village", "township").order_by("person").first()


def in_pages(rows: QuerySet[M]) -> Iterator[M]:
    """All of them by their id, in short reads: whoever writes between two rows waits for no open one."""
    after: object = None
    while page := list((rows if after is None else rows.filter(pk__gt=after)).order_by("pk")[:PAGE]):
        yield from page
        after = page[-1].pk


def each_dead(viewer: Actor, *, reason: str) -> Iterator[tuple[UUID, str]]:
    """Row and number of everybody who died, one at a time: for a check by the system, which shows them to nobody."""
    dead = Resident.objects.filter(gate.scope(viewer, "resident.reach"), COUNTS, standing=Standing.DIED)
    for row in in_pages(dead):
        yield row.pk, row.identity.reveal(by=viewer, reason=reason)


def has_died(viewer: Actor, identity: str, *, on: date) -> bool:
    """Whether by the register whoever has this number had died by a day."""
    dead = Resident.objects.filter(gate.scope(viewer, "resident.reach"), COUNTS, standing=Standing.DIED, since__lte=on)
    return dead.filter(identity_index=index_of(identity)).exists()


def resident(viewer: Actor, person: UUID, *, action: str = "resident.see") -> Resident:
    """One person as the register knows them now. Raises NotHere."""
    found = Resident.objects.filter(gate.scope(viewer, action), NEWEST, person=person)
    return NotHere.unless(found.select_related("village", "township").first())


class TooManySearches(Refused):
    code = "too-many-searches"
    sentence = N_("You have looked for as many people today as one account may in a day.")
    remedy = N_("Go on tomorrow, or ask the office that keeps the register.")


def sought(viewer: Actor, words: str, *, born: date | None = None) -> UUID | int:
    """The one person whom a number means, or a part of a name and, where more than one fits, the day of birth; else how many fit:
    0 for nobody, 2 for more than one, whatever their number.

    Each search is kept as a look, found or not: an answer tells something either way. Raises TooManySearches.
    """
    if looks.today(by=viewer, label=SOUGHT) >= parameters().whole("registers.searches_a_day", local_date(clock.now())):
        raise TooManySearches
    # keyed by the account: the database alone tells nobody that two officers looked for the same person
    asked = blind_index(SOUGHT, f"{viewer.account} {words} {born or ''}").hex()[
        : Look._meta.get_field("row").max_length
    ]
    looks.keep(by=viewer, label=SOUGHT, row=asked, reason=SEARCH)
    number = eighteen("".join(words.split()))
    by = Q(identity_index=index_of(number)) if number else Q(pk__in=matching(ResidentGram, words))
    enough = number or sum(map(str.isalnum, words)) >= ENOUGH
    found = Resident.objects.filter(gate.scope(viewer, "resident.see"), COUNTS, by if enough else Q(pk__in=()))
    people = found.filter(Q(born=born) if born else Q()).values_list("person", flat=True)[:2]
    return people[0] if len(people) == 1 else len(people)


def pair(viewer: Actor, pk: UUID, *, action: str = "pair.see") -> Pair:
    """Raises NotHere."""
    return NotHere.unless(Pair.objects.filter(gate.scope(viewer, action), pk=pk).select_related("office").first())


def next_pair(viewer: Actor) -> UUID | None:
    """The pair that has waited longest."""
    waiting = Pair.objects.filter(gate.scope(viewer, "pair.see"), status=P_OPEN)
    return waiting.order_by("pk").values_list("pk", flat=True).first()


def of_the_demo() -> tuple[UUID | None, UUID | None]:
    """Who has a pair to compare, and who an entry to look at: whom the demo's visitors step into. Nothing of either."""
    pairs = Pair.objects.filter(status=P_OPEN).order_by("pk")
    entries = Finding.objects.filter(status=OPEN, about_kind=Resident.kind).order_by("pk")
    return pairs.values_list("holder", flat=True).first(), entries.values_list("holder", flat=True).first()


def sides(pair: Pair) -> dict[UUID, Resident]:
    """The two entries of a pair that was seen, the first one first; one that was thrown away is absent."""
    rows = Resident.objects.filter(NEWEST, person__in=(pair.first, pair.second)).select_related("village", "township")
    found = {row.person: row for row in rows}
    return {person: found[person] for person in (pair.first, pair.second) if person in found}


def finding(viewer: Actor, pk: UUID, *, action: str = "finding.see") -> Finding:
    """Raises NotHere."""
    return NotHere.unless(Finding.objects.filter(gate.scope(viewer, action), pk=pk).select_related("office").first())
