"""What the resident says, alone or with the help of another office: resolved, not resolved, or no longer wanted; and what silence means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from chengnuo.cases.lifecycle import CASE, REDO
from chengnuo.cases.models import Case, ResidentWord
from chengnuo.cases.operations.steps import drop_all
from chengnuo.cases.operations.story import step, step_all, told_at
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.plain import said_by
from chengnuo.promises.operations import escalation


def say_resolved(*, case: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Case:
    with act("case.say_resolved/1", by=by, at=at, key=key, said={"case": case, "words": words}) as a:
        found = a.take(Case, case)
        said = said_by(by, words)
        return step(a, found, CASE.say_resolved, words=said, word=ResidentWord.RESOLVED, closed_at=told_at(a, found))


def say_not(*, case: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Case:
    """Not resolved: the same case opens again under a new duty, and the office above is told at once."""
    with act("case.say_not/1", by=by, at=at, key=key, said={"case": case, "words": words}) as a:
        found = a.take(Case, case)
        told_at(a, found)
        evidence: dict[str, Any] = {"word": ResidentWord.NOT_RESOLVED, "reopened": found.reopened + 1}
        moved = step(a, found, CASE.say_not, words=said_by(by, words), **evidence)
        escalation.tell_above(a, office=moved.office_id, subject=moved.pk, kind=REDO)
        return moved


def withdraw(*, case: UUID, by: Actor, at: datetime, key: UUID) -> Case:
    """Ends the case at the resident's word, without a reason; what the office owed is discharged."""
    with act("case.withdraw/1", by=by, at=at, key=key, said={"case": case}) as a:
        found = a.take(Case, case)
        told = told_at(a, found)
        drop_all(a, found)
        return step(a, found, CASE.withdraw, closed_at=told, offered_to_id=None, open_steps=0)


def lapse(*, cases: Sequence[UUID], by: Actor, at: datetime, key: UUID) -> int:
    """Closes cases in which the resident has not answered in time; silence is recorded as silence. Returns how many."""
    with act("case.lapse/1", by=by, at=at, key=key, said={"cases": list(cases)}) as a:
        found = list(a.allowed(Case).filter(pk__in=cases))
        return len(found) - len(step_all(a, found, CASE.lapse, word=ResidentWord.NO_ANSWER, closed_at=at))
