"""What hangs on a claim, read once and as its family, through the gate: opinions, objections, and everything of its award. In words it
stands in `held_words`, for a program in `held_copy`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.lifecycle import ClaimStatus
from chengnuo.benefits.models import Award, Claim, Due, Objection, Opinion, Reply, Verdict
from chengnuo.cases.models import Case, CaseKind
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.sealed import Sealed
from chengnuo.payments import queries as payments
from chengnuo.payments.models import Recovery
from chengnuo.reviews import queries as reviews
from chengnuo.reviews.lifecycle import A_CONFIRMED
from chengnuo.reviews.models import Amendment, Contact, Review
from chengnuo.web.casework.awards import reasons_of
from chengnuo.web.casework.claims import claim_in, is_noticed

WHY = "my data"


@dataclass(frozen=True, kw_only=True)
class Held:
    """Each the newest first, `contacts` in their order. `amendments` are those that count and `recoveries` those that were told: what an
    officer has proposed and nobody confirmed has changed nothing of it.
    """

    claim: Claim
    award: Award
    opinions: Sequence[Opinion]
    dues: Sequence[Due]
    told: payments.Told
    accounts: Sequence[payments.Given]
    recoveries: Sequence[Recovery]
    reviews: Sequence[Review]
    contacts: Sequence[Contact]
    amendments: Sequence[Amendment]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside a case: the claim that it carries, what each stage said, what was objected and what its claimant says to
    each (whoever objected never learns of it), and what was granted.
    """

    claim: Claim | None
    opinions: Sequence[Opinion]
    objections: Sequence[Objection]
    replies: Mapping[UUID, Sequence[Reply]]
    held: Held | None


def beside(case: Case, viewer: Actor, *, today: date) -> Beside:
    claim = claim_in(case, viewer)
    opinions = benefits.opinions(claim) if claim else ()
    objections = _objections(case, claim, viewer)
    return Beside(
        claim=claim,
        opinions=opinions,
        objections=objections,
        replies=benefits.replies(viewer, objections) if claim else {},
        held=_held(claim, opinions, viewer, today),
    )


def pieces(found: Beside) -> Iterator[UUID]:
    """The ids under which looks at it are written down."""
    if found.claim:
        yield found.claim.pk
    yield from (each.pk for rows in (found.opinions, found.objections, *found.replies.values()) for each in rows)
    if held := found.held:
        yield held.award.pk
        for rows in (held.accounts, held.recoveries, held.reviews, held.amendments):
            yield from (each.pk for each in rows)


def _objections(case: Case, claim: Claim | None, viewer: Actor) -> Sequence[Objection]:
    """Those to a claim's findings, or the one that the request itself is."""
    if claim is not None and is_noticed(claim):
        return benefits.objections(viewer, claim.pk)
    found = benefits.objection_of(viewer, case.pk) if case.sort == CaseKind.OBJECTION else None
    return [found] if found else []


def _held(claim: Claim | None, opinions: Sequence[Opinion], viewer: Actor, today: date) -> Held | None:
    """None where nothing was granted."""
    if claim is None or claim.status != ClaimStatus.GRANTED:
        return None
    award, dues = benefits.granted(viewer, claim.pk)
    if award is None:
        return None
    told = payments.told_of(award, by=viewer, today=today, years=benefits.years_in(dues))
    asked = list(reviews.reviews_of_claim(viewer, claim.pk))
    # an officer of the bureau who helps sees more than the family, but not on its page
    amendments = [each for each in reviews.amendments(viewer, award.pk) if each.status == A_CONFIRMED]
    return Held(
        claim=claim,
        award=award,
        opinions=opinions,
        dues=dues,
        told=told,
        accounts=payments.accounts(viewer, told),
        recoveries=list(payments.asked_back(viewer, award.pk)),
        reviews=asked,
        contacts=reviews.contacts(*asked),
        amendments=amendments,
    )


def why_of(due: Due, held: Held, viewer: Actor) -> str:
    """The reasons of the act that determined a sum: it has the same instant."""
    if due.number == 1 and due.determined_at == held.award.granted_at:
        said = [each.words for each in held.opinions if each.verdict == Verdict.DECIDES and each.words]
        return opened(said[-1] if said else None, viewer, of=held.claim.pk) or _("By the decision on your claim.")
    by_change = [each for each in held.amendments if each.confirmed_at == due.determined_at]
    return reasons_of(by_change[0], viewer) if by_change else _("By the yearly review.")


def opened(sealed: Sealed | None, viewer: Actor, *, of: UUID | str = "") -> str:
    """The words, "" where there are none; `of` is the id of what they belong to, where that is another row."""
    return sealed.reveal(by=viewer, reason=WHY, of=of) if sealed else ""
