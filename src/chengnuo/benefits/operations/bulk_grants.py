"""Grants that may be decided together: claims before their decision whose sum is exactly what the rules give. Never what is guarded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from chengnuo.benefits.lifecycle import ClaimStatus, ObjectionStatus
from chengnuo.benefits.models import Award, Claim, Objection, Opinion, Scribe, Verdict
from chengnuo.benefits.operations import deciding
from chengnuo.benefits.operations.bulk import ChangedMeanwhile, Sort
from chengnuo.benefits.operations.deciding import AwardedAlready, DepartureNeedsReasons, NothingToPay
from chengnuo.core.messages import N_
from chengnuo.core.rules import Outcome
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import MoveRefused, NotHere, Refused
from chengnuo.policies.edition import edition

GRANT = "grant"
DOUBTED = Opinion.objects.filter(claim=OuterRef("pk"), verdict=Verdict.DOUBTS)
OBJECTED = Objection.objects.filter(claim=OuterRef("pk"), status__in=[ObjectionStatus.OPEN, ObjectionStatus.UPHELD])
PLAIN_ONES = Claim.objects.filter(~Exists(DOUBTED), ~Exists(OBJECTED), status=ClaimStatus.OPEN, is_guarded=False)


class ExaminedBefore(Refused):
    code = "examined-before"
    sentence = N_("Whoever examined a claim or wrote it down does not decide it.")
    remedy = N_("Another officer of the office decides it.")


def find(by: Actor, office: UUID, programme: str, year: int, most: int) -> Sequence[tuple[Ref, int]]:
    """Those at one of the reader's offices, the oldest first, without a person who claims twice or is awarded already."""
    seen = PLAIN_ONES.filter(gate.scope(by, "claim.see"), programme=programme, year=year, office=office)
    awarded = Award.objects.filter(person_index=OuterRef("person_index"), status="in_force")
    found: dict[bytes, tuple[Ref, int]] = {}
    twice: set[bytes] = set()
    for claim in seen.filter(~Exists(awarded), person_index__isnull=False).order_by("pk"):
        if len(found) == most:
            break
        person = bytes(claim.person_index or b"")
        if person in found or person in twice:
            twice.add(person)
            found.pop(person, None)
        elif fen := _given(claim, by):
            found[person] = Ref(Claim.kind, claim.pk), fen
    return list(found.values())


def grant(claim: UUID, fen: int, by: Actor, at: datetime, key: UUID) -> Award:
    """Grants one, if it still is what it was when it was drawn; the act itself looks, so that nothing changes in between.

    Raises ChangedMeanwhile, ExaminedBefore, AwardedAlready, MoveRefused.
    """
    try:
        return deciding.grant(claim=claim, fen=fen, only=_as_drawn, by=by, at=at, key=key)
    except DepartureNeedsReasons:  # another sum than the confirmed one
        raise ChangedMeanwhile from None
    except NotHere:
        me = {"claim": claim, "account": by.account or 0}
        said = Opinion.objects.filter(**me).exclude(verdict=Verdict.DECIDES)
        if said.exists() or Scribe.objects.filter(**me).exists():
            raise ExaminedBefore from None
        raise


def _as_drawn(claim: Claim) -> None:
    """Raises ChangedMeanwhile: a doubt, an objection or a decision came, or the rules are others now."""
    if claim.proposal is None or claim.edition != edition() or not PLAIN_ONES.filter(pk=claim.pk).exists():
        raise ChangedMeanwhile


def _given(claim: Claim, by: Actor) -> int:
    """What the rules of today give, in its last stage; 0 where that is not settled, or was found by older rules."""
    if claim.stage + 1 != len(claim.stages) or claim.proposal is None or claim.edition != edition():
        return 0
    told = deciding.proposal_of(claim, by)
    return int(told["amount"] or 0) if told["outcome"] == Outcome.ENTITLED and told["unit"] == "fen" else 0


SORT = Sort(find, grant, (ChangedMeanwhile, ExaminedBefore, AwardedAlready, NothingToPay, MoveRefused))
