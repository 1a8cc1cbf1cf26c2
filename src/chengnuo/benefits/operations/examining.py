"""What a stage says of a claim before it goes on to the next; and how a claim waits, pauses and is withdrawn with its case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from chengnuo.benefits.internal.seats import onward, seated, stage_post
from chengnuo.benefits.lifecycle import CLAIM, ClaimStatus
from chengnuo.benefits.models import Claim, Opinion, Verdict
from chengnuo.cases.lifecycle import CaseStatus
from chengnuo.cases.operations import handle
from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import Move
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import NotAllowed, Refused
from chengnuo.notices.operations import drafting
from chengnuo.people import queries as people

# after which acts a claim may have to follow its case
FOLLOWED = tuple(f"case.{name}/1" for name in ("ask_once", "supply", "pause", "resume", "withdraw"))


class DoubtsNeedWords(Refused):
    code = "doubts-need-words"
    sentence = N_("A doubt says which condition is meant, and why.")
    remedy = N_("Name the condition and what you saw, in one or two sentences; the family reads them.")


def pass_on(*, claim: UUID, verdict: str, words: str, by: Actor, at: datetime, key: UUID) -> Claim:
    """The stage has looked at the claim; it goes on to the next, whose clock begins. Raises DoubtsNeedWords, MoveRefused."""
    said = {"claim": claim, "verdict": verdict, "words": words}
    with act("claim.pass_on/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Claim, claim)
        if verdict == Verdict.DOUBTS and not words.strip():
            raise DoubtsNeedWords
        if CLAIM.pass_on.objection(found.status, found, at) is not None:
            return a.move(found, CLAIM.pass_on)  # raises, with the reason
        say(a, found, Verdict(verdict), words)
        return a.move(found, CLAIM.pass_on, stage=found.stage + 1, **onward(found, local_date(at)))


def send_back(*, claim: UUID, missing: Sequence[str], words: str, by: Actor, at: datetime, key: UUID) -> Claim:
    """The stage sends the family the one list of all that is missing; its clock stands still until the answer. A second list is
    possible, stops nothing, and is a broken promise at once. Raises NothingListed, MoveRefused.
    """
    said = {"claim": claim, "missing": list(missing), "words": words}
    with act("claim.send_back/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Claim, claim)
        if CLAIM.wait.objection(found.status, found, at) is not None:
            return a.move(found, CLAIM.wait)  # raises, with the reason
        if handle.ask_within(a, found.case, [plain(each) for each in missing], plain(words)):
            return a.move(found, CLAIM.wait)
        return found


def say(a: Act, claim: Claim, verdict: Verdict, words: str) -> Opinion:
    """Keeps what the stage that a claim is at says of it, inside an act."""
    post = people.post_for(claim, a.by)
    if a.by.account is None:
        raise NotAllowed
    return Opinion.objects.create(
        claim=claim,
        stage=claim.stands_at.key,
        round=claim.round,
        post_id=post,
        account=a.by.account,
        at=a.at,
        verdict=verdict,
        words=plain(words),
    )


def followed(errand: Errand, _at: datetime) -> None:
    """Hears of what happened to a case: the claim in it waits, goes on or is withdrawn with it. Errands come in no order, so that the
    case as it stands decides.
    """
    claim = Claim.objects.filter(case=UUID(errand.payload["id"])).select_related("case").first()
    if claim is None:
        return
    status = claim.status
    while (move := _following(claim.case.status, status)) is not None:
        key = uuid5(claim.pk, f"{move.name} {errand.pk}")
        with act(f"claim.{move.name}/1", by=system(), at=errand.created_at, key=key, said={"claim": claim.pk}) as a:
            status = a.move(a.take(Claim, claim.pk), move).status
            if move is CLAIM.withdraw:
                drafting.take_out(about=Ref(Claim.kind, claim.pk), at=errand.created_at)


# what a claim does while its case waits or is paused, and how it comes back
STANDS: dict[str, tuple[Move, Move]] = {
    ClaimStatus.WAITING: (CLAIM.wait, CLAIM.go_on),
    ClaimStatus.PAUSED: (CLAIM.pause, CLAIM.resume),
}
LIKE = {CaseStatus.WAITING: ClaimStatus.WAITING, CaseStatus.PAUSED: ClaimStatus.PAUSED}


def begin_anew(a: Act, claim: Claim) -> None:
    """Inside an act that changed what is stated: what was said of it was said of other facts, so each stage looks again. A claim that
    waits or is paused still does so afterwards. Raises NotInTheCounty.
    """
    still = STANDS.get(claim.status)
    if still:
        a.move(claim, still[1])
    a.move(claim, CLAIM.begin_anew, stage=0, round=claim.round + 1, **seated(stage_post(claim, 0)))
    if still:
        a.move(claim, still[0])


def _following(case: str, claim: str) -> Move | None:
    """The next move of a claim towards how its case stands; None where it stands so."""
    if claim not in CLAIM.open:
        return None
    if case == CaseStatus.WITHDRAWN:
        return CLAIM.withdraw
    wanted = LIKE.get(CaseStatus(case), ClaimStatus.OPEN)
    if claim == wanted:
        return None
    return STANDS[wanted][0] if claim == ClaimStatus.OPEN else STANDS[claim][1]
