"""How a claim begins: from the calculator's answers, or from a paper form at a counter; and how its statement is put right."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengnuo.benefits.internal.determining import propose
from chengnuo.benefits.internal.seats import post_of, seated
from chengnuo.benefits.lifecycle import CLAIM
from chengnuo.benefits.models import Claim, Scribe
from chengnuo.benefits.operations.examining import begin_anew
from chengnuo.benefits.programmes import Facts, programme_of
from chengnuo.cases.operations import receive
from chengnuo.cases.operations.receive import Begun, NotInTheCounty
from chengnuo.core.identity import eighteen
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.refused import Refused
from chengnuo.foundation.seals import blind_index
from chengnuo.people import codes
from chengnuo.people.operations.contacts import Person
from chengnuo.policies.claims import claims
from chengnuo.policies.edition import edition
from chengnuo.policies.stages import Stage, is_guarded, way_of
from chengnuo.promises import queries as promises


class NotClaimedHere(Refused):
    code = "not-claimed-here"
    sentence = N_("This programme is not claimed here: it is asked for like any other service.")
    remedy = N_("The page of the programme says where, and what to bring.")


class WrongNumber(Refused):
    code = "wrong-number"
    sentence = N_("This is no identity number: it has 18 characters, and the last one fits the others.")
    remedy = N_("Read it once more from the card. The area in it need not be the place where you live.")


class NotThatYear(Refused):
    code = "not-that-year"
    sentence = N_("Support is claimed for this year, or for one that is over.")
    remedy = N_("Claim for the next year when it has begun.")


@dataclass(frozen=True)
class Numbers:
    """The claimant's own identity number, and that of the child whom the support is for; "" where it is for the claimant."""

    own: str
    child: str = ""

    def read(self) -> Numbers:
        """With numbers of 15 digits completed, so that nobody is two persons. Raises WrongNumber."""
        own, child = (eighteen("".join(each.split())) for each in (self.own, self.child))
        if not own or bool(child) != bool(self.child.strip()):
            raise WrongNumber
        return Numbers(own, child)

    def index(self, programme: str) -> bytes:
        """By which the same person's claims of a programme find each other, and nobody else's."""
        return blind_index(f"benefits.person.{programme}", self.child or self.own)


def claim(
    *,
    programme: str,
    year: int,
    facts: Facts,
    numbers: Numbers,
    village: UUID,
    person: Person,
    by_phone: bool = False,
    by: Actor,
    at: datetime,
    key: UUID,
) -> Begun:
    """Takes a claim in; its case is what the family follows. `facts`: the statement, as `policies.household` reads it.

    Whether the same person claims already is told to nobody here: whoever types a neighbour's number learns nothing. At a counter
    the officer is named as the helper. Raises NotClaimedHere, NotThatYear, WrongNumber, NotAStatement, NoLawYet, NotInTheCounty.
    """
    said = {"programme": programme, "year": year, "facts": facts, "numbers": [numbers.own, numbers.child]}
    said |= {"village": village, "person": person.said()} | ({"by_phone": True} if by_phone else {})
    with act("claim.make/1", by=by, at=at, key=key, said=said) as a:
        known, read, place = programme_of(programme), numbers.read(), _code(village, local_date(at))
        way = way_of(known, local_date(at), place)
        if way is None:
            raise NotClaimedHere
        if year > local_date(at).year:
            raise NotThatYear
        proposal = propose(known, facts, year=year, place=place, on=local_date(at))
        service = promises.current(claims()[programme], on=local_date(at))
        guarded = is_guarded(known) or service.promise.sensitive
        begun = receive.begin(a, service, village, person, by_phone=by_phone, beside=True, straight=guarded)
        made = Claim(
            pk=random_id() if guarded else new_id(),
            case=begun.case,
            programme=programme,
            year=year,
            place=place,
            facts=json.dumps(facts, ensure_ascii=False),
            identity=read.own,
            child=read.child,
            person_index=read.index(programme),
            proposal=proposal.told,
            edition=edition(),
            determined_at=at,
            stages=_keys(way.stages),
            is_guarded=guarded,
            **seated(post_of(way.stages[0], begun.case, village)),
        )
        _wrote(a, a.make(made, CLAIM.make))
        return begun


def restate(*, claim: UUID, facts: Facts, by: Actor, at: datetime, key: UUID) -> Claim:
    """Puts the statement right, in the claimant's words, and determines anew; what was examined already is examined again.
    Raises NotAStatement, NoLawYet, NotInTheCounty.
    """
    with act("claim.restate/1", by=by, at=at, key=key, said={"claim": claim, "facts": facts}) as a:
        found = a.take(Claim, claim)
        proposal = propose(programme_of(found.programme), facts, year=found.year, place=found.place, on=local_date(at))
        a.move(found, CLAIM.restate, edition=edition(), determined_at=at)
        found.facts, found.proposal = json.dumps(facts, ensure_ascii=False), proposal.told
        found.save(update_fields=["facts", "proposal"])
        _wrote(a, found)
        if found.stage:
            begin_anew(a, found)
        return found


def _wrote(a: Act, claim: Claim) -> None:
    """Whoever writes down at an office what a claim states has a hand in it, and does not decide it."""
    if a.by.is_officer and a.by.account is not None:
        Scribe.objects.create(claim=claim, account=a.by.account, at=a.at)


def _code(village: UUID, on: date) -> str:
    """Raises NotInTheCounty."""
    found = codes.codes_of([village], on=on).get(village)
    if found is None:
        raise NotInTheCounty
    return found


def _keys(stages: Sequence[Stage]) -> list[str]:
    return [stage.key for stage in stages]
