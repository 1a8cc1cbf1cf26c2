"""What the responsible officer does with a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from chengnuo.cases.lifecycle import CASE, NOTICE, CaseStatus
from chengnuo.cases.models import Case
from chengnuo.cases.operations.steps import drop_all
from chengnuo.cases.operations.story import step, told_at
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.plain import plain, said_by
from chengnuo.foundation.refused import Refused
from chengnuo.promises import queries as promises
from chengnuo.promises.operations import duties

# told by the application above of what stands beside a case and is new for its family
NEWS = "case.news/1"


class NothingListed(Refused):
    code = "nothing-listed"
    sentence = N_("The list of what is missing is empty.")
    remedy = N_("Choose what is missing, or go on without a list.")


class ReasonsMissing(Refused):
    code = "reasons-missing"
    sentence = N_("A refusal states its reasons and the law.")
    remedy = N_("Write in plain words why, and name the law and its article.")


class NotAReason(Refused):
    code = "not-a-reason"
    sentence = N_("The clock stops only for one of the named reasons.")
    remedy = N_("Choose a reason from the list; anything else is the office's own time.")


class PausedBefore(Refused):
    code = "paused-before"
    sentence = N_("The clock was stopped for this reason before, and its longest time is for all of it.")
    remedy = N_("Go on with the case. What still takes time is the office's own time.")


# before each line of a list: the key of one of the service's needs, read in everybody's own language, or an officer's words
ITEM = "· "
# for what an office may stop the clock; `limits.pause_<reason>` says for how long at most
PAUSE_REASONS = ("expert", "other_office", "hearing")


def ask_once(*, case: UUID, missing: Sequence[str], words: str, by: Actor, at: datetime, key: UUID) -> Case:
    """Sends the one list of what is missing, frozen from then on; the clock pauses until the family has answered."""
    items = _items(missing)
    with act("case.ask_once/1", by=by, at=at, key=key, said={"case": case, "missing": items, "words": words}) as a:
        found = a.take(Case, case)
        moved = step(a, found, CASE.ask_once, words=listed(items, plain(words)), asked_at=at)
        moved.missing = "\n".join(items)
        moved.save(update_fields=["missing"])
        return moved


def ask_late(*, case: UUID, missing: Sequence[str], words: str, by: Actor, at: datetime, key: UUID) -> Case:
    """Asks for more after the one list, or after its time: allowed, never a reason to wait, and a broken promise at once."""
    items = _items(missing)
    with act("case.ask_late/1", by=by, at=at, key=key, said={"case": case, "missing": items, "words": words}) as a:
        moved = step(a, a.take(Case, case), CASE.ask_late, words=listed(items, plain(words)))
        duties.break_now(kind=NOTICE, noun=moved, due_at=moved.asked_at or moved.complete_by, at=at)
        return moved


def ask_within(a: Act, case: Case, missing: Sequence[str], words: str) -> bool:
    """The one list, inside an act of the application above; returns whether the clock pauses. After the first list, or after its
    time, it is asked for all the same, and is a broken promise at once.
    """
    items = _items(missing)
    said = listed(items, plain(words))
    if CASE.ask_once.objection(case.status, case, a.at) is None:
        moved = step(a, case, CASE.ask_once, words=said, asked_at=a.at)
        moved.missing = "\n".join(items)
        moved.save(update_fields=["missing"])
        return True
    moved = step(a, case, CASE.ask_late, words=said)
    duties.break_now(kind=NOTICE, noun=moved, due_at=moved.asked_at or moved.complete_by, at=a.at)
    return False


def supply(*, case: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Case:
    """The family has brought what was missing, or says so; the clock runs again."""
    with act("case.supply/1", by=by, at=at, key=key, said={"case": case, "words": words}) as a:
        found = a.take(Case, case)
        told_at(a, found)
        return step(a, found, CASE.supply, words=said_by(by, words))


def pause(*, case: UUID, reason: str, words: str, by: Actor, at: datetime, key: UUID) -> Case:
    """Stops the clock for a named reason with a maximum. The family sees who stopped it, why, and until when at most."""
    if reason not in PAUSE_REASONS:
        raise NotAReason
    with act("case.pause/1", by=by, at=at, key=key, said={"case": case, "reason": reason, "words": words}) as a:
        found, facts = a.take(Case, case), {"reason": reason}
        if promises.paused_before(found.pk, reason):
            raise PausedBefore
        return step(a, found, CASE.pause, words=plain(words), facts=facts, pause_reason=reason)


def resume(*, case: UUID, by: Actor, at: datetime, key: UUID) -> Case:
    with act("case.resume/1", by=by, at=at, key=key, said={"case": case}) as a:
        return step(a, a.take(Case, case), CASE.resume, pause_reason="")


def finish(*, case: UUID, result: str, by: Actor, at: datetime, key: UUID) -> Case:
    """The office says done. The family's own word is asked for beside it."""
    with act("case.finish/1", by=by, at=at, key=key, said={"case": case, "result": result}) as a:
        found, said = a.take(Case, case), plain(result)
        until = promises.limit("limits.answer_silence", at=at)
        return step(a, found, CASE.finish, words=said, finished_at=at, finished_by_id=found.holder_id, answer_by=until)


def refuse(*, case: UUID, reasons: str, law: str, by: Actor, at: datetime, key: UUID) -> Case:
    """Refuses with reasons and the law; the family's page then shows every way to object."""
    if not (reasons.strip() and law.strip()):
        raise ReasonsMissing
    with act("case.refuse/1", by=by, at=at, key=key, said={"case": case, "reasons": reasons, "law": law}) as a:
        found = a.take(Case, case)
        found.refusal_law = plain(law)
        found.save(update_fields=["refusal_law"])
        words = f"{plain(reasons)}\n{plain(law)}"
        return step(a, found, CASE.refuse, words=words, finished_at=at, finished_by_id=found.holder_id)


def conclude(a: Act, case: Case, *, by: UUID, words: str, law: str = "") -> Case:
    """Inside the act of the application above that decided what the case waited for: done, or with a `law` refused. `by`: the post
    that decided. Somebody who was asked to take the case has nothing left to take, nor another office a step to do; a pause is over.
    """
    case.offered_to_id = None
    if law:
        case.refusal_law = law
    case.save(update_fields=["offered_to", *(["refusal_law"] if law else [])])
    drop_all(a, case)
    case.open_steps = 0
    if case.status == CaseStatus.PAUSED:
        step(a, case, CASE.resume, pause_reason="")
    ended: dict[str, Any] = {"open_steps": 0, "finished_at": a.at, "finished_by_id": by}
    if law:
        return step(a, case, CASE.refuse, words=f"{words}\n{law}", **ended)
    until = promises.limit("limits.answer_silence", at=a.at)
    return step(a, case, CASE.finish, words=words, answer_by=until, **ended)


def _items(missing: Sequence[str]) -> list[str]:
    items = [" ".join(plain(item).split()) for item in missing if item.strip()]
    if not items:
        raise NothingListed
    return items


def listed(items: Sequence[str], words: str) -> str:
    """The one list as the story keeps it, with what was said to it."""
    return "\n".join([*(f"{ITEM}{item}" for item in items), *filter(None, [words])])
