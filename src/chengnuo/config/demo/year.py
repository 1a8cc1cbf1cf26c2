"""The plans of the demo: sixty stories that end at the demo's date, and a year of three thousand cases behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from chengnuo.config.demo.cast import Cast
from chengnuo.config.demo.lives import Plan
from chengnuo.core.deadlines import WorkingDays, parse
from chengnuo.core.instants import local_date
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.promises.queries import catalogue

NOW = datetime(2026, 11, 16, 1, 10, tzinfo=UTC)  # a Monday, ten past nine in the county
YEAR_BEGINS = datetime(2025, 11, 17, 0, 30, tzinfo=UTC)
STORIES = 60
CASES = 3000
SIX_WEEKS = 42

# what becomes of a case in a hundred; the rest is done in time
FATES = (("late", 10), ("broken", 5), ("refused", 4), ("withdrawn", 3))


def stories(cast: Cast) -> Iterator[Plan]:
    """The last six weeks: every state that a case can be in, spread over the townships."""
    services = _services()
    for number in range(STORIES):
        village, office = cast.villages[number * 7 % len(cast.villages)]
        begun = NOW - timedelta(days=SIX_WEEKS * (number + 1) // STORIES, hours=number % 6)
        base = Plan(
            number,
            _in_office(begun),
            services[number % len(services)],
            village,
            office,
            counter=number % 3 == 0,
        )
        yield _fated(base, cast.chance, SCENES[number % len(SCENES)])


def year(cast: Cast) -> Iterator[Plan]:
    """A year of cases, evenly over its days and unevenly over villages and services, always the same."""
    services = _services()
    weights = [1 / (rank + 3) for rank in range(len(services))]
    span = (NOW - timedelta(days=20)) - YEAR_BEGINS
    for number in range(CASES):
        chance = cast.chance
        village, office = chance.choice(cast.villages)
        begun = YEAR_BEGINS + span * number / CASES
        service = chance.choices(services, weights)[0]
        base = Plan(1000 + number, _in_office(begun), service, village, office, counter=chance.random() < 0.6)  # noqa: PLR2004  # three in five come to the counter
        yield _fated(base, chance, _fate(chance))


SCENES = (
    "open",
    "kept",
    "asked",
    "late",
    "open",
    "kept",
    "broken",
    "waiting",
    "not",
    "paused",
    "kept",
    "refused",
    "open",
    "asked_late",
    "withdrawn",
)


def _fated(plan: Plan, chance: Random, fate: str) -> Plan:
    """The plan with its fate written in: how many workdays it takes, measured by what was promised."""
    rule = parse(plan.service.deadline)
    promised = rule.days if isinstance(rule, WorkingDays) else 10
    word = chance.choices(["resolved", "not", "none"], [62, 6, 32])[0]
    early = max(0, int(promised * chance.uniform(0.2, 0.95)))
    late = promised + chance.randint(1, max(1, min(4, promised // 2)))
    never = promised + max(5, -(-promised // 2)) + chance.randint(1, 8)
    asks = chance.randint(0, 3) if chance.random() < 0.15 and early > 3 else -1  # noqa: PLR2004  # three in twenty lack a paper
    written = {
        "open": replace(plan),
        "kept": replace(plan, done_after=early, word=word, asks=asks),
        "asked": replace(plan, asks=2, done_after=early + 8, word=word),
        "late": replace(plan, done_after=late, word=word, complains=chance.random() < 0.1),  # noqa: PLR2004  # one in ten complains
        "broken": replace(plan, done_after=never, word=word, complains=chance.random() < 0.3),  # noqa: PLR2004  # three in ten
        "waiting": replace(plan, asks=1, brings=-1),
        "not": replace(plan, done_after=early, word="not"),
        "paused": replace(plan, pauses=6, done_after=early + 7, word=word),
        "refused": replace(plan, done_after=early, ends="refused"),
        "asked_late": replace(plan, asks_late=True, done_after=promised, word=word),
        "withdrawn": replace(plan, done_after=max(1, early // 2), ends="withdrawn"),
    }
    return written[fate]


def _fate(chance: Random) -> str:
    drawn = chance.randrange(100)
    for fate, share in FATES:
        drawn -= share
        if drawn < 0:
            return fate
    return "asked_late" if chance.randrange(200) == 0 else "kept"


def _services() -> list[PromiseVersion]:
    """What is asked for, in the order of its key."""
    found = catalogue(on=local_date(NOW), kinds=[PromiseKind.SERVICE])
    return sorted(found, key=lambda version: version.promise.key)


def _in_office(at: datetime) -> datetime:
    """The same day, in the hours in which people ask; a Sunday's request comes in by web at night."""
    return at.replace(hour=1 + at.minute % 8, minute=at.second % 60, second=0, microsecond=0)
