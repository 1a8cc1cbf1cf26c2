"""What happens of itself in the demo's past: each night what is over is owed to the public, the next level is told and silence
is counted, and heads answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

from chengnuo.cases import queries as cases
from chengnuo.cases.operations.answer import lapse
from chengnuo.core.instants import local_date
from chengnuo.demo import said
from chengnuo.demo.cast import Cast
from chengnuo.demo.county import key_of
from chengnuo.demo.hours import Days
from chengnuo.demo.stage import Stage, Story, again
from chengnuo.foundation.actor import system
from chengnuo.promises.models import Duty, Escalation
from chengnuo.promises.operations import escalation
from chengnuo.promises.operations.escalation import escalate_due
from chengnuo.promises.operations.releases import owe_due

A_NIGHT = timedelta(days=1)
SETTLED = timedelta(minutes=5)  # after the night's own chores
ANSWERED = 0.88  # by the heads who were told; the others leave it to the next level
CHUNK = 10
OVERSLEPT = date(2026, 9, 1)  # the figures of August came a month late: what is late is to be seen too


def nights(stage: Stage, cast: Cast, days: Days, *, begins: datetime, ends: datetime) -> Story:
    """What the worker does of itself, once a night; the heads who were told since the last one answer in the days after."""
    at, before = begins, begins - A_NIGHT
    while at < ends:
        yield at
        owe_due(at=at, since=local_date(begins))
        while escalate_due(at=at, limit=CHUNK):
            yield at
        if silent := cases.waiting_for_a_word(at):
            lapse(cases=silent, by=system(), at=at, key=key_of("lapse", *silent))
        for level, number in _told(cast, since=before, until=at):
            stage.add(_answer(level, number, cast, days))
        at, before = at + A_NIGHT, at


def month_ends(begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The night after each month in which the past falls: when its figures are frozen. Once, nobody did."""
    at = begins
    while at < ends:
        if local_date(at).day == 1 and local_date(at) != OVERSLEPT:
            yield at + SETTLED
        at += A_NIGHT


def _told(cast: Cast, *, since: datetime, until: datetime) -> Iterator[tuple[Escalation, int]]:
    """The levels told since the last night about the cases of this stage, in an order that is the same on every machine."""
    told = Escalation.objects.filter(noted_at__gt=since, noted_at__lte=until).select_related("duty")
    ours = [(each, cast.numbers[each.duty.subject_id]) for each in told if each.duty.subject_id in cast.numbers]
    return iter(sorted(ours, key=lambda pair: (pair[1], pair[0].duty.kind, pair[0].level)))


def _answer(told: Escalation, number: int, cast: Cast, days: Days) -> Story:
    """Most heads answer within three workdays; a few late, and some not at all."""
    step = f"answer {told.duty.kind} {told.level}"
    chance = Random(f"{number} {step}")
    if chance.random() >= ANSWERED:
        return
    at = days.in_office(told.noted_at, chance.choice((0, 1, 1, 2, 5)), chance.randrange(100))
    yield at
    # where the office has done meanwhile what it owed, there is nothing left to answer for
    if Duty.objects.filter(pk=told.asked_id, outcome="").exists():
        words = chance.choice(said.ANSWERS[min(told.level, max(said.ANSWERS))])
        head, key = cast.heads[told.office_id], key_of("case", number, step)
        again(escalation.answer, duty=told.asked_id, words=words, by=head, at=at, key=key)
