"""What happens beside the course of a case: another office is asked for a step, the family rates the work, or agrees to messages.

Drawn from the plan's own number, so that the course itself stays as it is without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from chengnuo.demo.plan import Plan
from chengnuo.people.models import Level, Purpose

NEVER_ANSWERED, HELP = 0.6, 0.3
TIME_TO_ANSWER = (1, 2, 3, 3, 4, 7, 8)  # workdays; five are promised
WELL, BADLY = (5, 5, 4, 5, 3), (1, 2, 3, 2, 4)


@dataclass(frozen=True)
class Often:
    """How often each of these happens to a case to which it can happen."""

    steps: float
    ratings: float


def beside(plan: Plan, often: Often) -> Plan:
    chance = Random(f"beside {plan.number}")
    return replace(plan, **_step(plan, chance, often.steps), **_rating(plan, chance, often.ratings))


def pressed(plan: Plan, *, looks_after: int) -> Plan:
    """The family was pressed to rate well, and says so; the county looks into it after so many workdays, or not yet."""
    return replace(plan, word="resolved", stars=max(WELL), pressed=True, looks_after=looks_after)


def told_by_message(plan: Plan) -> Plan:
    """Every second family with a telephone agrees to messages."""
    person = plan.person
    if not person.phone or plan.number % 2:
        return plan
    return replace(plan, person=replace(person, consents=(*person.consents, Purpose.MESSAGES.value)))


def _step(plan: Plan, chance: Random, often: float) -> dict[str, Any]:
    """Answered before the end that was planned, so that no case is late by it; where no end is, mostly not answered yet."""
    is_plain = plan.ends in ("", "done") and max(plan.asks, plan.pauses, plan.asks_late) < 0
    room = plan.ends_after - 2 if plan.ends else max(TIME_TO_ANSWER)
    if not is_plain or room < 1 or chance.random() >= often:
        return {}
    waits = not plan.ends and chance.random() < NEVER_ANSWERED
    answers = -1 if waits else min(room, chance.choice(TIME_TO_ANSWER))
    is_help = plan.service.promise.level != Level.COUNTY and chance.random() < HELP
    return {"asks_step": 1, "answers_step": answers, "is_help": is_help}


def _rating(plan: Plan, chance: Random, often: float) -> dict[str, Any]:
    has_ended = plan.ends == "refused" or (plan.ends == "done" and plan.word != "none")
    if not has_ended or chance.random() >= often:
        return {}
    is_content = plan.ends == "done" and plan.word == "resolved" and not plan.complains
    return {"stars": chance.choice(WELL if is_content else BADLY)}
