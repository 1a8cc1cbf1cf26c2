"""The decision on a claim: granted or refused by a named officer, who may depart from what the rules give only with reasons."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from chengnuo.benefits.lifecycle import AWARD, CLAIM
from chengnuo.benefits.models import Award, Claim, Due, Verdict
from chengnuo.benefits.operations.awards import YearAwarded, due_of, settled_years, sums_of
from chengnuo.benefits.operations.examining import say
from chengnuo.cases.operations import handle
from chengnuo.cases.operations.handle import ReasonsMissing
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.core.rules import Outcome
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import NotHere, Refused

DECISION = "decision on the claim"


class DepartureNeedsReasons(Refused):
    code = "departure-needs-reasons"
    sentence = N_("This is not what the rules give for what was stated.")
    remedy = N_(
        "Write why it is decided otherwise, and which law says so; or ask the family to put the statement right first."
    )
    law = N_("Personal Information Protection Law, art. 24")


class AwardedAlready(Refused):
    code = "awarded-already"
    sentence = N_("The same person is awarded this programme already.")
    remedy = N_("Look at the award that is in force: a person has one of each programme.")


class NothingToPay(Refused):
    code = "nothing-to-pay"
    sentence = N_("A grant of money names a sum above nothing.")
    remedy = N_("Refuse the claim, with reasons, where nothing is due.")


def grant(
    *,
    claim: UUID,
    fen: int | None = None,
    reasons: str = "",
    only: Callable[[Claim], None] | None = None,
    by: Actor,
    at: datetime,
    key: UUID,
) -> Award:
    """Grants a claim with what the rules give, or with another sum in `fen` and its reasons; and every year after it until now, by the
    rules alone. A year for which the person has a sum already is left as it is. `only` raises where it may not be so.

    Raises DepartureNeedsReasons, NothingToPay, AwardedAlready, YearAwarded, MoveRefused.
    """
    with act("award.grant/1", by=by, at=at, key=key, said={"claim": claim, "fen": fen, "reasons": reasons}) as a:
        found = a.take(Claim, claim, action="claim.grant")
        if only is not None:
            only(found)
        proposed = proposal_of(found, by)
        given = proposed["amount"] if proposed["outcome"] == Outcome.ENTITLED else None
        due, departs = given if fen is None else fen, fen is not None and fen != given
        if (given is None or departs) and not reasons.strip():
            raise DepartureNeedsReasons
        if not due or due < 0:
            raise NothingToPay
        a.move(found, CLAIM.grant)
        opinion = say(a, found, Verdict.DECIDES, reasons)
        award = _award(a, found)
        _determine(
            a, award, Due(year=found.year, fen=due, determined_by_id=opinion.post_id, departs=departs or given is None)
        )
        handle.conclude(a, found.case, by=opinion.post_id, words=plain(reasons))
        return award


def refuse(*, claim: UUID, reasons: str, law: str, by: Actor, at: datetime, key: UUID) -> Claim:
    """Refuses a claim, with reasons and the law; the family's page says what would change it, and every way to object. Raises ReasonsMissing."""
    if not (reasons.strip() and law.strip()):
        raise ReasonsMissing
    with act("claim.refuse/1", by=by, at=at, key=key, said={"claim": claim, "reasons": reasons, "law": law}) as a:
        found = a.take(Claim, claim)
        moved = a.move(found, CLAIM.refuse)
        opinion = say(a, found, Verdict.DECIDES, reasons)
        handle.conclude(a, found.case, by=opinion.post_id, words=plain(reasons), law=plain(law))
        return moved


def proposal_of(claim: Claim, by: Actor) -> dict[str, Any]:
    """The determination that is kept with a claim, as `policies.machine_form` has it; that it was read is logged. Raises NotHere
    where it is forgotten.
    """
    told: dict[str, Any] = json.loads(NotHere.unless(claim.proposal).reveal(by=by, reason=DECISION, of=claim.case_id))
    return told


def _determine(a: Act, award: Award, first: Due) -> None:
    """`first`: the year of the claim, as it was decided. Raises YearAwarded where nothing is left to determine."""
    claim, today = award.claim, local_date(a.at)
    elsewhere = sums_of(award).elsewhere
    later = [year for year in range(first.year + 1, today.year + 1) if year not in elsewhere]
    sums = settled_years(award, a.by, later, on=today)
    post = first.determined_by_id
    dues = [due_of(award, year=year, fen=fen, number=1, post=post, at=a.at) for year, fen in sums.items()]
    if first.year not in elsewhere:
        first.award, first.determined_at, first.edition = award, a.at, claim.edition
        dues.insert(0, first)
    elif first.departs or not dues:
        raise YearAwarded
    if dues[0].year != award.begins:
        award.begins = dues[0].year
        award.save(update_fields=["begins"])
    Due.objects.bulk_create(dues)


def _award(a: Act, claim: Claim) -> Award:
    """What the case holds sealed is sealed anew: the case is forgotten long before the award ends. Raises AwardedAlready."""

    def opened(sealed: Any) -> str:
        return str(sealed.reveal(by=a.by, reason=DECISION, of=claim.case_id)) if sealed else ""

    contact = claim.case.contact
    award = Award(
        pk=random_id() if claim.is_guarded else new_id(),
        claim=claim,
        programme=claim.programme,
        place=claim.place,
        name=opened(contact.name),
        identity=opened(claim.identity),
        child=opened(claim.child),
        facts=opened(claim.facts),
        person_index=claim.person_index,
        is_guarded=claim.is_guarded,
        # also where an office above it decided: it pays, and asks again every year
        office_id=claim.bureau_id or claim.office_id,
        village_id=contact.village_id,
        begins=claim.year,
        granted_at=a.at,
    )
    try:
        with transaction.atomic():
            return a.make(award, AWARD.make)
    except IntegrityError as error:  # the one constraint knows also of a claim that is granted at this instant
        raise AwardedAlready from error
