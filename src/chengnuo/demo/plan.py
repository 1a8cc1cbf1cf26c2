"""The plan of one case: what becomes of it, written down before it is played, so that it is the same on every machine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from chengnuo.core.deadlines import CalendarDays, WorkingDays, parse
from chengnuo.people.models import Place
from chengnuo.people.operations.contacts import Person
from chengnuo.promises.models import PromiseVersion

WORKDAYS_A_WEEK, DAYS_A_WEEK = 5, 7
WORDS, OF_A_HUNDRED = ("resolved", "not", "none"), (60, 6, 34)
COMPLAINS = {"late": 0.1, "broken": 0.4, "asked_late": 0.3}


@dataclass(frozen=True)
class Plan:
    """What happens in one case. Days are workdays after it was received; -1: it does not happen.

    `ends` is done, refused or freed (by the office above), withdrawn by the family, or "" for nothing yet; `word` is what
    the family says of a case called done. `asks_step` and what follows happens beside (beside.py).
    """

    number: int
    at: datetime
    service: PromiseVersion
    village: Place
    counter: UUID | None
    owing: UUID
    person: Person
    details: str
    asks: int = -1
    brings: int = 3
    asks_late: int = -1
    pauses: int = -1
    ends: str = ""
    ends_after: int = -1
    word: str = "none"
    word_after: int = 2
    again_after: int = 3
    complains: bool = False
    replies_after: int = 6
    asks_step: int = -1
    answers_step: int = -1
    is_help: bool = False
    stars: int = 0
    pressed: bool = False
    looks_after: int = -1


def promised_days(version: PromiseVersion) -> int:
    """How many workdays a service has."""
    rule = parse(version.deadline)
    if isinstance(rule, CalendarDays):
        return rule.days * WORKDAYS_A_WEEK // DAYS_A_WEEK
    return rule.days if isinstance(rule, WorkingDays) else 10


def fated(plan: Plan, chance: Random, fate: str) -> Plan:
    """The plan with its fate written in, measured by what was promised."""
    promised = promised_days(plan.service)
    grace = max(5, -(-promised // 2))
    early = max(1, int(promised * chance.uniform(0.15, 0.9)))
    late = promised + chance.randint(1, grace - 2)
    never = promised + grace + chance.randint(1, 9)
    fates: dict[str, dict[str, Any]] = {
        "open": {},
        "kept": {"ends": "done", "ends_after": early},
        "not": {"ends": "done", "ends_after": early},
        "asked": {"ends": "done", "ends_after": early + 4, "asks": chance.randint(0, 2)},
        "late": {"ends": "done", "ends_after": late},
        "broken": {"ends": "done", "ends_after": never},
        "complained": {"ends": "done", "ends_after": late, "complains": True, "replies_after": 40},
        "waiting": {"asks": 0, "brings": -1},
        "pausing": {"pauses": 40},
        "paused": {"ends": "done", "ends_after": early + 9, "pauses": chance.randint(3, 8)},
        "asked_late": {"ends": "done", "ends_after": max(9, promised), "asks_late": 7},
        "refused": {"ends": "refused", "ends_after": early},
        "withdrawn": {"ends": "withdrawn", "ends_after": max(1, early // 2)},
        "freed": {"ends": "freed", "ends_after": promised + 3},
    }
    return replace(_mood(plan, chance, fate), **fates[fate])


def _mood(plan: Plan, chance: Random, fate: str) -> Plan:
    """What the family will say of it, if it comes to that, and how long everybody takes."""
    word = chance.choices(WORDS, OF_A_HUNDRED)[0]
    return replace(
        plan,
        word="not" if fate == "not" else word,
        word_after=chance.randint(0, 8),
        again_after=chance.choice((2, 3, 3, 4, 7)),
        complains=chance.random() < COMPLAINS.get(fate, 0),
        replies_after=chance.choice((4, 5, 6, 7, 8, 13)),
    )
