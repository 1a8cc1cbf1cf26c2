"""Checks that only benefits can make: who is dead and still has an award, and who has two awards that nobody has at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Award
from chengnuo.benefits.operations.claiming import Numbers
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import system
from chengnuo.people import queries as people
from chengnuo.policies.claims import claims
from chengnuo.policies.registers import registers
from chengnuo.registers import queries as residents
from chengnuo.registers.checks import LOOK, Suspect, remembered


class DeadWithAward:
    """Somebody who is dead by the register has an award in force. It is a person's look alone: the register may be wrong."""

    fault = "award-of-the-dead"
    kind = Award.kind
    says = N_("By the register of residents this person has died, and the support goes on.")
    to_do = N_(
        "Ask the township or the family whether it is so. If it is, end the award from that day; if not, have the register mended."
    )

    def suspects(self, _today: date) -> Iterator[Suspect]:
        post, dead = remembered(people.counter_of), dict[bytes, UUID]()
        numbers = {number: row for row, number in residents.each_dead(system(), reason=LOOK)}
        for number, row in numbers.items():
            dead |= {Numbers(number).index(programme): row for programme in claims()}
        found = Award.objects.filter(status=IN_FORCE).only("pk", "person_index", "office", "identity", "child")
        for award in residents.in_pages(found):
            if found_dead := dead.get(bytes(award.person_index)) or numbers.get(_payee_beside(award)):
                yield Suspect(award.pk, str(found_dead), post(award.office_id))


def _payee_beside(award: Award) -> str:
    """The number of whoever is paid for a child: the index of the award is the child's. "" where the two are one person."""
    return award.identity.reveal(by=system(), reason=LOOK) if award.child and award.identity else ""


class AwardsApart:
    """One person has two awards that nobody has at once."""

    fault = "two-awards"
    kind = Award.kind
    says = N_("The same person has another award that nobody has together with this one.")
    to_do = N_("Look at both determinations. Which one goes on, and from when the other ends, is decided by a person.")

    def suspects(self, _today: date) -> Iterator[Suspect]:
        post, apart = remembered(people.counter_of), registers().apart
        programmes = {key for pair in apart for key in pair}
        held: dict[str, list[Award]] = defaultdict(list)
        found = Award.objects.filter(status=IN_FORCE, programme__in=programmes, identity__isnull=False)
        for award in residents.in_pages(found):
            if award.identity and not award.child:
                held[award.identity.reveal(by=system(), reason=LOOK)].append(award)
        for awards in held.values():
            for award in awards:
                others = [each for each in awards if frozenset((award.programme, each.programme)) in apart]
                if others:
                    yield Suspect(award.pk, str(others[0].pk), post(award.office_id))
