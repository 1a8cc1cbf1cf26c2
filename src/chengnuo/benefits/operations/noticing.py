"""How a claim comes into a public notice by itself, and goes on by itself when its notice is over: nobody says so by hand.

What a claim does next follows from how its notices stand, so that an errand may come late, twice or never: the night looks again.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef

from chengnuo.benefits.internal.seats import onward
from chengnuo.benefits.lifecycle import CLAIM, ClaimStatus, ObjectionStatus
from chengnuo.benefits.models import Claim, Objection, Opinion, Verdict
from chengnuo.cases.models import Case
from chengnuo.cases.operations import handle
from chengnuo.cases.operations.receive import NotInTheCounty
from chengnuo.core.instants import local_date
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import system
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.refused import NotHere
from chengnuo.notices import queries as notices
from chengnuo.notices.lifecycle import NoticeStatus
from chengnuo.notices.models import Notice, NoticeLine
from chengnuo.notices.operations import drafting
from chengnuo.notices.operations.drafting import NeverNoticed
from chengnuo.policies.loader import parameters
from chengnuo.policies.notices import notices as required
from chengnuo.policies.objections import grounds
from chengnuo.policies.stages import stages
from chengnuo.promises import queries as promises
from chengnuo.promises.models import Duty
from chengnuo.promises.readings import LIVE

logger = logging.getLogger("chengnuo.worker")
REVIEW, RESULT = "review", "result"
NAMED = "public notice"
SETTLE = "benefits.settle"
# after which acts a claim may have come to a notice, or may leave one
REACHED = ("award.grant/1", *(f"claim.{name}/1" for name in ("make", "pass_on", "noticed", "go_on", "resume")))
ENDED = tuple(f"notice.{name}/1" for name in ("expire", "miss", "recall", "let_go"))
ANSWERED = tuple(f"objection.{name}/1" for name in ("uphold", "reject", "withdraw"))
ANSWERS = (ObjectionStatus.UPHELD, ObjectionStatus.NOT_UPHELD)
AGAIN = "again"
# after these it goes on; an office that has closed hangs nothing
PAST = (NoticeStatus.OVER, NoticeStatus.TAKEN_DOWN, NoticeStatus.LET_GO)


class Next(Enum):
    """What a claim does now: it is put into a notice, goes on, goes on without one, or stays."""

    PUT = "put"
    ON = "on"
    WITHOUT = "without"
    STAY = "stay"


def heard(errand: Errand, _at: datetime) -> None:
    """Hears of a claim that may have come to a notice; and of a notice that ended: an errand for each claim in it."""
    kind, pk = errand.payload["kind"], UUID(errand.payload["id"])
    if kind == Notice.kind:
        refs = [ref for ref in notices.noticed(pk) if ref.kind == Claim.kind]
        outbox.put_all(SETTLE, [{"kind": ref.kind, "id": str(ref.id)} for ref in refs], errand.created_at)
    elif kind == Objection.kind:
        settle(Objection.objects.values_list("claim", flat=True).get(pk=pk), at=errand.created_at)
    elif kind == Claim.kind:
        settle(pk, at=errand.created_at)


def settle(pk: UUID, *, at: datetime) -> bool:
    """Does what follows for one claim from how its notices stand; returns whether anything did."""
    claim = Claim.objects.filter(pk=pk).select_related("case__contact").first()
    sort = _sort(claim) if claim else ""
    if claim is None or not sort:
        return False
    since = _examined_anew(claim)
    there = [
        each
        for each in notices.about(pk)
        if (each.sort, each.office_id) == (sort, _office(claim))
        and not (since and each.status in PAST and each.published_at and each.published_at < since)
    ]
    following = _next(claim, there[0] if there else None, at)
    if following is Next.PUT:
        # lines are deleted only with the step to the next stage, so that within one they are counted truly
        following = _put(claim, sort, turn=f"{claim.round}.{claim.stage}.{len(there)}", at=at)
    if sort == RESULT or following in {Next.STAY, Next.PUT}:
        return following is Next.PUT
    with suppress(NotInTheCounty):  # the office where it would go has closed: the night tries again
        noticed(pk, stage=claim.stage, at=at, leaves=following is Next.WITHOUT)
        return True
    return False


def settle_all(*, at: datetime) -> int:
    """Every claim that is at a notice: those whose list stays too small, and those of which an errand was lost, also of a result."""
    here = [stage.promise for stage in stages().by_key.values() if stage.notice]
    owed = Duty.objects.filter(LIVE, parent=None, promise__promise__key__in=here).order_by("opened_at", "pk")
    waiting = list(owed.values_list("subject_id", flat=True))
    return sum(_settled(pk, at) for pk in [*waiting, *_unpublished()])


def _settled(pk: UUID, at: datetime) -> bool:
    """One that fails keeps no other from its way; the next night tries it again."""
    try:
        return settle(pk, at=at)
    except Exception as trouble:  # noqa: BLE001  # whatever is wrong with one, the others are looked at
        # the class only: the message of an error may quote what a person wrote
        logger.error("claim %s does not go on after its notice: %s", pk, type(trouble).__name__)  # noqa: TRY400  # see above
        return False


def _unpublished() -> list[UUID]:
    """Granted claims whose result stands in no list, and never stood in one to the end."""
    there = NoticeLine.objects.filter(about_id=OuterRef("pk"), notice__sort=RESULT, notice__recalled_at=None)
    found = Claim.objects.filter(~Exists(there.exclude(notice__status=NoticeStatus.MISSED)), status=ClaimStatus.GRANTED)
    return list(found.filter(programme__in=required().required).order_by("pk").values_list("pk", flat=True))


def noticed(claim: UUID, *, stage: int, at: datetime, leaves: bool = False) -> Claim:
    """Its notice is over: the next stage begins. `leaves`: a list that stayed too small. Raises NotInTheCounty, MoveRefused."""
    anew = Claim.objects.filter(pk=claim).values_list("round", flat=True).first()
    key, said = uuid5(claim, f"noticed {stage}" + (f" {anew}" if anew else "")), {"claim": claim, "stage": stage}
    with act("claim.noticed/1", by=system(), at=at, key=key, said=said) as a:
        found = a.take(Claim, claim)
        if CLAIM.noticed.objection(found.status, found, at) is not None:
            return a.move(found, CLAIM.noticed)  # raises, with the reason
        moved = a.move(found, CLAIM.noticed, stage=found.stage + 1, **onward(found, local_date(at)))
        a.tell(handle.NEWS, kind=Case.kind, id=str(found.case_id))
        if leaves:
            drafting.take_out(about=Ref(Claim.kind, claim), at=at)
        return moved


def _examined_anew(claim: Claim) -> datetime | None:
    """When it was last said something of in a round after the first: no list that was over before it gave the neighbours time for what
    is stated now; one that still runs does so to its end, and another follows.
    """
    if not claim.round:
        return None
    said = Opinion.objects.filter(claim=claim, round=claim.round).exclude(verdict=Verdict.DECIDES)
    return said.order_by("-at").values_list("at", flat=True).first()


def _office(claim: Claim) -> UUID:
    """Whose notice it stands in: a result is published by the office whose service it is, also where one above it decided."""
    return claim.bureau_id or claim.office_id if claim.status == ClaimStatus.GRANTED else claim.office_id


def _sort(claim: Claim) -> str:
    """In which kind of notice it belongs now; "" in none. A claim that waits for its family stays where it is."""
    if claim.status == ClaimStatus.OPEN:
        return REVIEW if claim.stands_at.notice else ""
    return RESULT if claim.status == ClaimStatus.GRANTED and tuple(claim.stages) in stages().published else ""


def _next(claim: Claim, last: Notice | None, at: datetime) -> Next:
    """`last`: the newest notice of this kind and office in which it stands."""
    if last is None or last.status == NoticeStatus.MISSED:
        return Next.PUT
    if last.recalled_at:
        again = parameters().at("notices.after_recall", local_date(at)).value == AGAIN
        return Next.PUT if again else Next.ON
    if last.status in PAST:
        return Next.STAY if _is_held(claim, at) else Next.ON
    return Next.WITHOUT if notices.is_too_small(last, at) and _waited(claim, at) else Next.STAY


def _is_held(claim: Claim, at: datetime) -> bool:
    """Whether an answer to an objection is still in time: when it is late, the claim goes on without it.

    One ground holds a claim up once: for as long as the first answer to it may take, whoever names it again. What the programme does
    not ask holds nothing up.
    """
    said = list(Objection.objects.filter(claim=claim).order_by("made_at", "pk").values_list("pk", "ground", "status"))
    first = {ground: pk for pk, ground, _status in reversed(said)}
    answered = {ground for _pk, ground, status in said if status in ANSWERS}
    waiting = {ground for _pk, ground, status in said if status == ObjectionStatus.OPEN} - answered
    asked = [
        first[ground] for ground in waiting if ground in grounds() and claim.programme in grounds()[ground].conditions
    ]
    return bool(asked) and Duty.objects.filter(parent=None, subject_id__in=asked, due_at__gte=at).exists()


def _waited(claim: Claim, at: datetime) -> bool:
    """Whether a claim has waited for a list to be long enough for as long as one may."""
    days = parameters().whole("notices.longest_wait", local_date(at))
    begun = promises.duties_of(claim.pk)
    return bool(begun) and begun[-1].opened_at + timedelta(days=days) <= at


def _put(claim: Claim, sort: str, *, turn: str, at: datetime) -> Next:
    """An office that has closed hangs nothing, and where no rule in force asks for a notice any more there is none."""
    contact = claim.case.contact
    if contact.name is None or contact.village_id is None:
        return Next.ON
    name = contact.name.reveal(by=system(), reason=NAMED, of=claim.case_id)
    try:
        drafting.put(
            kind=sort,
            programme=claim.programme,
            name=name,
            village=contact.village_id,
            office=_office(claim),
            about=Ref(Claim.kind, claim.pk),
            at=at,
            turn=turn,
        )
    except (NeverNoticed, NotHere):
        return Next.ON
    return Next.PUT
