"""An objection to an office's finding: made from its public notice, answered by the office above, and never touching what is awarded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from chengnuo.benefits.internal.joined import joined
from chengnuo.benefits.lifecycle import CLAIM, OBJECTION, ClaimStatus
from chengnuo.benefits.models import Claim, Objection
from chengnuo.benefits.models.objection import name_of
from chengnuo.cases.lifecycle import CaseStatus
from chengnuo.cases.models import Case
from chengnuo.cases.operations import handle, receive
from chengnuo.cases.operations.receive import Begun
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import act
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import Refused
from chengnuo.notices import queries as notices
from chengnuo.people import queries as people
from chengnuo.people.operations.contacts import Person
from chengnuo.policies.objections import grounds

FOLLOWED = ("case.withdraw/1",)


class NoticeIsOver(Refused):
    code = "notice-is-over"
    sentence = N_("This line stands in no notice that runs now.")
    remedy = N_("Complain to the office above, if you think that an office did something wrong.")


class NotACondition(Refused):
    code = "not-a-condition"
    sentence = N_("An objection names one of the conditions in the list, and what shows it.")
    remedy = N_("Choose a condition, and write one or two sentences.")


class AnswerNeedsWords(Refused):
    code = "answer-needs-words"
    sentence = N_("An answer says what was found, and why.")
    remedy = N_("Write it in one or two sentences; both sides read it.")


class NotHeard(Refused):
    code = "not-heard"
    sentence = N_("The claimant has written to it since you opened this page. Nothing was sent.")
    remedy = N_("Read the claimant's reply above, then send your answer: what you typed is still here.")


def make(
    *, notice: str, reference: str, ground: str, words: str, person: Person, by: Actor, at: datetime, key: UUID
) -> Begun:
    """Takes an objection in: to the line `reference` of the notice with this number, while it runs. No account is needed and no name.

    The office whose finding it is never sees it. Any ground of the list may be named for any line, also again: no answer of this page
    tells for what somebody claims, or that somebody else objected. Raises NoticeIsOver, NotACondition, AboutOwnOffice, NobodyAbove.
    """
    said = {"notice": notice, "reference": reference, "ground": ground, "words": words, "person": person.said()}
    with act("objection.make/1", by=by, at=at, key=key, said=said) as a:
        found = notices.line(notice, reference, at=at)
        claim = None if found is None or found.about.kind != Claim.kind else _claim(found.about.id)
        if found is None or claim is None:
            raise NoticeIsOver
        if ground not in grounds() or not words.strip():
            raise NotACondition
        begun = receive.against(a, found.notice.office_id, None, person, words, objection=True)
        made = Objection(
            pk=random_id() if a.is_hidden else new_id(),
            case=begun.case,
            claim=claim,
            ground=ground,
            words=plain(words),
            made_at=a.at,
            about_office_id=found.notice.office_id,
            holder=begun.case.holder,
            **people.seat(begun.case.office).columns,
        )
        a.make(made, OBJECTION.make)
        if not a.is_hidden:  # the hour of a message would be that of the objection; its family hears of the answer
            a.tell(handle.NEWS, kind=Case.kind, id=str(claim.case_id))
        return begun


def uphold(
    *, objection: UUID, words: str, heard: Collection[str] = (), by: Actor, at: datetime, key: UUID
) -> Objection:
    """The finding was wrong there: whoever decides reads it. What is awarded already stays. Whoever named the same condition meanwhile
    is answered with it. `heard`: the names of the claimant's replies to any of them that were read. Raises AnswerNeedsWords, NotHeard.
    """
    return _answer("uphold", objection, words, heard, {"by": by, "at": at, "key": key})


def reject(
    *, objection: UUID, words: str, heard: Collection[str] = (), by: Actor, at: datetime, key: UUID
) -> Objection:
    """The finding stands, and whoever named the same condition meanwhile is told so too. Raises AnswerNeedsWords, NotHeard."""
    return _answer("reject", objection, words, heard, {"by": by, "at": at, "key": key})


def _answer(name: str, objection: UUID, words: str, heard: Collection[str], how: dict[str, Any]) -> Objection:
    with act(f"objection.{name}/1", **how, said={"objection": objection, "words": words}) as a:
        found = a.take(Objection, objection)
        if not words.strip():
            raise AnswerNeedsWords
        together = [found, *joined(a.allowed(Objection), found)]
        if not _newest(together).issubset(heard):
            raise NotHeard
        for each in together:
            a.move(each, getattr(OBJECTION, name), answered_at=a.at)
            each.answer = plain(words)
            each.save(update_fields=["answer"])
            handle.conclude(a, each.case, by=each.holder_id, words=plain(words))
        a.tell(handle.NEWS, kind=Case.kind, id=str(found.claim.case_id))
        return found


def _newest(objections: Sequence[Objection]) -> set[str]:
    """Which reply to each counts. As a sum, one that is withdrawn meanwhile would make room for one that nobody read."""
    return {name_of(each.pk, each.replied) for each in objections if each.replied}


def followed(errand: Errand, _at: datetime) -> None:
    """Hears that a case was withdrawn: an objection in it goes with it, and its ground may be named again."""
    found = Objection.objects.filter(case=UUID(errand.payload["id"]), status__in=OBJECTION.open)
    objection = found.filter(case__status=CaseStatus.WITHDRAWN).first()
    if objection is None:
        return
    key, said = uuid5(objection.pk, "withdraw"), {"objection": objection.pk}
    with act("objection.withdraw/1", by=system(), at=errand.created_at, key=key, said=said) as a:
        a.move(a.take(Objection, objection.pk), OBJECTION.withdraw)


def _claim(pk: UUID) -> Claim | None:
    """A claim to whose finding somebody may object: it is under way, or its result is published."""
    return Claim.objects.filter(pk=pk, status__in=[*CLAIM.open, ClaimStatus.GRANTED]).first()
