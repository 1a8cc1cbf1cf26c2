"""The life of one case, told as steps: what the office does and when, and what the family says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chengnuo.cases.models import Case
from chengnuo.cases.operations import answer, baton, handle
from chengnuo.cases.operations.receive import Begun, complain, receive
from chengnuo.config.demo.cast import Cast
from chengnuo.config.demo.county import key_of
from chengnuo.config.demo.stage import Days, Story
from chengnuo.foundation.actor import resident, visitor
from chengnuo.foundation.refused import AlreadyReceived
from chengnuo.people.models import Office, Place
from chengnuo.people.operations.contacts import Person
from chengnuo.promises.models import PromiseVersion


@dataclass(frozen=True)
class Plan:
    """What happens in one case. Days are workdays; `ends` is one of done, refused, withdrawn or nothing yet."""

    number: int
    at: datetime
    service: PromiseVersion
    village: Place
    office: Office
    counter: bool = False
    asks: int = -1
    brings: int = 3
    asks_late: bool = False
    pauses: int = -1
    done_after: int = -1
    ends: str = "done"
    word: str = "none"
    word_after: int = 2
    complains: bool = False


RESULTS = (
    "办好了，请来领取。",
    "已经办结，结果寄给您了。",
    "核对无误，钱下个月到账。",
    "表已收下，上报完成。",
)
REASONS = "不符合这一项的条件：户口不在本乡镇。可以到户口所在地申请。"


def life(plan: Plan, cast: Cast, days: Days) -> Story:
    """Plays a plan: received, accepted, asked, brought, paused, ended, answered."""
    yield plan.at
    case = _begin(plan, cast)
    at = plan.at
    if case.offered_to_id:
        at = days.after(at, 1, hour=9, minute=plan.number % 60)
        yield at
        case = once(
            baton.accept, case=case.pk, by=cast.actors[case.offered_to_id], at=at, key=_key(plan, "accept")
        )
    by = cast.actors[case.holder_id]
    if plan.asks >= 0:
        at = days.after(at, plan.asks, hour=11)
        yield at
        missing = [need["name"]["hans"] for need in plan.service.needs[:2]] or ["身份证"]
        once(
            handle.ask_once,
            case=case.pk,
            missing=missing,
            words="带来后马上接着办。",
            by=by,
            at=at,
            key=_key(plan, "ask"),
        )
        if plan.brings < 0:
            return
        at = days.after(at, plan.brings, hour=15)
        yield at
        once(
            handle.supply,
            case=case.pk,
            words="都带来了",
            by=resident(case.pk),
            at=at,
            key=_key(plan, "supply"),
        )
    if plan.asks_late:
        at = days.after(plan.at, 8, hour=16)
        yield at
        once(
            handle.ask_late,
            case=case.pk,
            missing=["两张照片"],
            words="上次忘了说。",
            by=by,
            at=at,
            key=_key(plan, "late"),
        )
    if plan.pauses >= 0:
        at = days.after(at, 1, hour=14)
        yield at
        once(
            handle.pause,
            case=case.pk,
            reason="other_office",
            words="等户政核对。",
            by=by,
            at=at,
            key=_key(plan, "pause"),
        )
        at = days.after(at, plan.pauses, hour=14)
        yield at
        once(handle.resume, case=case.pk, by=by, at=at, key=_key(plan, "resume"))
    yield from _end(plan, case.pk, max(at, plan.at), cast, days)


def _begin(plan: Plan, cast: Cast) -> Case:
    return once(
        receive,
        promise=plan.service.pk,
        village=plan.village.pk,
        person=cast.person(),
        details=cast.words(plan.service.promise.key),
        by=cast.reception[plan.office.pk] if plan.counter else visitor(),
        at=plan.at,
        key=_key(plan, "receive"),
    )


def once(operation: Callable[..., Case | Begun], **said: Any) -> Case:
    """Does a step, or finds what it did the last time: a build that was interrupted goes on where it was."""
    try:
        done = operation(**said)
    except AlreadyReceived as before:
        return Case.objects.get(pk=before.row)
    return done.case if isinstance(done, Begun) else done


def _end(plan: Plan, case: UUID, at: datetime, cast: Cast, days: Days) -> Story:
    if plan.done_after < 0:
        return
    end = max(days.after(plan.at, plan.done_after, hour=9 + plan.number % 8, minute=plan.number % 60), at)
    yield end
    by = cast.actors[Case.objects.values_list("holder_id", flat=True).get(pk=case)]
    if plan.ends == "withdrawn":
        once(answer.withdraw, case=case, by=resident(case), at=end, key=_key(plan, "withdraw"))
    elif plan.ends == "refused":
        once(
            handle.refuse,
            case=case,
            reasons=REASONS,
            law=_law(plan.service),
            by=by,
            at=end,
            key=_key(plan, "refuse"),
        )
    else:
        once(
            handle.finish,
            case=case,
            result=RESULTS[plan.number % len(RESULTS)],
            by=by,
            at=end,
            key=_key(plan, "finish"),
        )
        yield from _word(plan, case, end, cast, days)
    if plan.complains:
        end = days.after(end, 2, hour=20)
        yield end
        words = "跑了三趟，每次说的不一样。"
        once(
            complain,
            about=plan.office.pk,
            case=case,
            person=Person(name=""),
            details=words,
            by=resident(case),
            at=end,
            key=_key(plan, "complain"),
        )


def _word(plan: Plan, case: UUID, at: datetime, cast: Cast, days: Days) -> Story:
    if plan.word == "none":
        return
    at = days.after(at, plan.word_after, hour=19)
    yield at
    if plan.word == "resolved":
        once(answer.say_resolved, case=case, words="", by=resident(case), at=at, key=_key(plan, "word"))
        return
    once(answer.say_not, case=case, words="还没有收到。", by=resident(case), at=at, key=_key(plan, "word"))
    at = days.after(at, 3, hour=10)
    yield at
    by = cast.actors[Case.objects.values_list("holder_id", flat=True).get(pk=case)]
    once(handle.finish, case=case, result="已重新办理，当面交给您了。", by=by, at=at, key=_key(plan, "again"))
    at = days.after(at, 2, hour=19)
    yield at
    once(answer.say_resolved, case=case, words="这次好了", by=resident(case), at=at, key=_key(plan, "second"))


def _law(service: PromiseVersion) -> str:
    basis = service.basis[0]
    return f"{basis['name']['hans']} {basis['article']}".strip()[:200]


def _key(plan: Plan, step: str) -> UUID:
    return key_of("case", plan.number, step)
