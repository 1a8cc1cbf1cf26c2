"""Checks of records: what does not fit, found by a program and looked at by a person. What only an application above knows, it registers here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol
from uuid import UUID

from django.db.models import F, Q

from chengnuo.core.identity import born_on
from chengnuo.core.messages import N_
from chengnuo.core.periods import months_after
from chengnuo.foundation.actor import system
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Post
from chengnuo.policies.registers import registers
from chengnuo.registers.models import Resident
from chengnuo.registers.queries import COUNTS, in_pages

LOOK = "a check of records"
LONGEST_LIFE = 125 * 12  # months: nobody was ever known to be older


@dataclass(frozen=True)
class Suspect:
    """One record that does not fit: its id, how it stood (`seen`), and the post that owes a look, None where its office is gone."""

    about: UUID
    seen: str
    post: Post | None


class Check(Protocol):
    """`fault` is its key, `kind` what it looks at, `says` and `to_do` are sentences for whoever looks at it."""

    fault: str
    kind: str
    says: str
    to_do: str

    def suspects(self, today: date) -> Iterator[Suspect]:
        """Every record that does not fit today, each once."""
        ...


@dataclass
class Checks:
    known: dict[str, Check] = field(default_factory=dict)

    def register(self, check: Check) -> None:
        """Called once for each, in the wiring. Raises ValueError for a second one of its name."""
        if self.known.setdefault(check.fault, check) is not check:
            raise ValueError(f"the check {check.fault} is registered already")


checks = Checks()


def remembered(ask: Callable[[UUID], Post | None]) -> Callable[[UUID], Post | None]:
    """The post of each place or office, asked for once a run."""
    known: dict[UUID, Post | None] = {}

    def answer(where: UUID) -> Post | None:
        if where not in known:
            known[where] = ask(where)
        return known[where]

    return answer


def township_of(village: UUID) -> Post | None:
    """The counter of the township's office, which knows the people; of whoever keeps the register where there is none."""
    return people.reception_for(level=Level.TOWNSHIP, office=None, village=village) or keepers()


def keepers() -> Post | None:
    """The counter of the office that keeps the register."""
    keeper = people.open_office(registers().keeper)
    return people.counter_of(keeper.pk) if keeper else None


class BornOtherwise:
    """The day within the number is another than the one beside it."""

    fault = "born-otherwise"
    kind = Resident.kind
    says = N_("The day of birth is another than the one within the identity number.")
    to_do = N_("Look at the household register. Put right what is wrong; the person need not come.")

    def suspects(self, _today: date) -> Iterator[Suspect]:
        post = remembered(township_of)
        for row in in_pages(Resident.objects.filter(COUNTS)):
            if born_on(row.identity.reveal(by=system(), reason=LOOK)) != row.born:
                yield Suspect(row.person, str(row.pk), post(row.village_id))


class ImpossibleDays:
    """Days that cannot be."""

    fault = "impossible-days"
    kind = Resident.kind
    says = N_(
        "The days cannot be: a birth in the future or too long ago, or a death or move before the birth or still to come."
    )
    to_do = N_("Look at the household register, and at the notice of the death. Put right what is wrong.")

    def suspects(self, today: date) -> Iterator[Suspect]:
        post, oldest = remembered(township_of), months_after(today, -LONGEST_LIFE)
        wrong = Q(born__gt=today) | Q(born__lt=oldest, since=None) | Q(since__lt=F("born")) | Q(since__gt=today)
        for row in in_pages(Resident.objects.filter(COUNTS, wrong)):
            yield Suspect(row.person, str(row.pk), post(row.village_id))
