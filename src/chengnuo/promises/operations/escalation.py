"""What is late goes up by itself, level by level, as an act of the system dated by the instant it was due."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.ids import new_id, random_id
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import AlreadyReceived, Refused
from chengnuo.people import queries as people
from chengnuo.people.models import Office, Post
from chengnuo.policies.procedures import Procedure
from chengnuo.promises import queries
from chengnuo.promises.internal import clockwork
from chengnuo.promises.models import Duty, Escalation
from chengnuo.promises.operations import duties

logger = logging.getLogger("chengnuo.promises")

TOLD, STUCK = "told", "stuck"
LATE = "duty.late/1"  # told of once, when a deadline passes


class AnswerMissing(Refused):
    code = "answer-missing"
    sentence = N_("An answer says what was found and what happens now.")
    remedy = N_("Write one or two plain sentences; the family reads them.")


class NothingOwed(Refused):
    code = "nothing-owed"
    sentence = N_("Nothing is owed here any more: it was answered, done or ended in the meantime.")
    remedy = N_("Go back to your desk to see how it stands now.")


def escalate_due(*, at: datetime, limit: int = 100) -> int:
    """Tells the next level of every duty whose instant has come; returns how many levels were told.

    A sleeping worker delays the message, never the truth: each level is dated by its own instant, and told once. What cannot
    go up, such as past an office without a head, is written down and keeps nothing behind it waiting.
    """
    count: Counter[str] = Counter()
    last = None
    while due := queries.to_escalate(at, limit=limit, after=last):
        count.update(_tried(duty, at=at) for duty in due)
        if not count[STUCK]:
            break
        last = due[-1]
    return count[TOLD]


def _tried(duty: Duty, *, at: datetime) -> str:
    try:
        _escalate(duty, at=at)
    except (AlreadyReceived, NothingOwed):
        return ""  # another worker told this level, or the duty was paused or ended, since the list was read
    except Refused as refused:
        logger.warning("duty %s does not go up: %s", duty.pk, refused.code)
        return STUCK
    return TOLD


def _escalate(duty: Duty, *, at: datetime) -> None:
    """Tells one level. Raises NothingOwed, which leaves the act's key unused, when it is not due after all."""
    level = duty.next_level
    key = uuid5(duty.pk, f"level {level}")
    with act("duty.escalate/1", by=system(), at=at, key=key, said={"duty": duty.pk, "level": level}) as a:
        found = a.allowed(Duty).select_related("promise", "office__above__above").get(pk=duty.pk)
        if found.next_level != level or found.next_at is None or found.next_at > at:
            raise NothingOwed
        office = _office_of(found.office, level)
        _tell(a, found, people.head(office.pk), level=level, due_at=found.next_at)
        found.next_level = level + 1
        found.next_at = None if office.above_id is None else clockwork.escalation_at(found, level + 1)
        found.save(update_fields=["next_level", "next_at"])
        if level == 1 and found.parent_id is None:
            a.tell(LATE, kind=found.subject_kind, id=str(found.subject_id))


def tell_above(a: Act, *, office: UUID, subject: UUID, kind: str) -> None:
    """Tells the office above of a duty before it is late: the resident says that a case called done is not resolved."""
    duty = Duty.objects.select_for_update().get(subject_id=subject, kind=kind, outcome="", parent=None)
    _tell(a, duty, people.head_above(office), level=0, due_at=a.at)


def answer(*, duty: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Duty:
    """The office above says what it found; the words stand in the story that the family reads."""
    if not words.strip():
        raise AnswerMissing
    with act("duty.answer/1", by=by, at=at, key=key, said={"duty": duty, "words": words}) as a:
        found = a.take(Duty, duty)
        if found.kind != queries.ANSWER or found.outcome:
            raise NothingOwed
        told = Escalation.objects.get(asked=found)
        told.answer, told.answered_at = plain(words), at
        told.save(update_fields=["answer", "answered_at"])
        duties.close(found, at=at)
        a.record("duty", found.pk, found.trace(), {})
        return found


def discharge(*, duty: UUID, reason: str, by: Actor, at: datetime, key: UUID) -> Duty:
    """The office above frees an office of a duty, with a reason that the family reads."""
    if not reason.strip():
        raise AnswerMissing
    with act("duty.discharge/1", by=by, at=at, key=key, said={"duty": duty, "reason": reason}) as a:
        found = a.take(Duty, duty)
        if found.outcome:
            raise NothingOwed
        duties.close(found, at=at, discharged=True, reason=plain(reason))
        a.record("duty", found.pk, found.trace(), {})
        return found


def _tell(a: Act, duty: Duty, head: Post, *, level: int, due_at: datetime) -> None:
    promise = queries.current(Procedure.ANSWER_TO_ESCALATION, on=local_date(a.at))
    asked = duties.ask_above(duty, head=head, promise=promise, at=a.at)
    Escalation.objects.create(
        pk=random_id() if duty.is_guarded else new_id(),
        duty=duty,
        level=level,
        due_at=due_at,
        noted_at=a.at,
        office_id=head.office_id,
        post=head,
        asked=asked,
    )
    a.record("duty", duty.pk, replace(duty.trace(), office=head.office_id), {"level": str(level)})


def _office_of(office: Office, level: int) -> Office:
    """Level 1 is the office itself (its head), each further level the next office above, up to the outside body."""
    for _ in range(level - 1):
        office = office.above or office
    return office
