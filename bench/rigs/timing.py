"""Whether an answer tells by its words or by its time what it must not tell: that a code, a case or a request exists.

Pairs are asked in turn, in an order left to chance, through the real server. Welch's t over the ranks of all times, so that a few
answers that waited for the machine do not drown the rest: from 4.5 on it is no chance any more.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import sqrt
from random import Random
from statistics import fmean, variance
from uuid import uuid4

from django.conf import settings
from django.db import connections

from bench import tell
from bench.rigs.cell import cell
from bench.rigs.people import Family, Officer, Stage, send
from bench.rigs.phone import Phone, Reply
from bench.scale import Scale
from chengnuo.cases.operations.receive import complain
from chengnuo.foundation import clock
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Post
from chengnuo.people.operations.contacts import Person

PAIRS, WARM = 1_000, 30
LEAST_PAIRS = 100  # below, a t says nothing
MOST_T = 4.5
OWN_TO_A_PAGE = re.compile(
    rb'(value|content|nonce)="[^"]{20,}"|\d{4} ?\d{4} ?\d{4} ?\d{4}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
)


@dataclass
class Asked:
    """One question with two answers that must be the same: about something that is there, and about nothing."""

    name: str
    there: Callable[[], Reply]
    nothing: Callable[[], Reply]
    took: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    differs: int = 0

    def pair(self, chance: Random) -> None:
        answers: dict[int, Reply] = {}
        for which in chance.sample((0, 1), 2):
            began = time.perf_counter()
            answers[which] = (self.there, self.nothing)[which]()
            self.took[which].append(time.perf_counter() - began)
        self.differs += _shape(answers[0]) != _shape(answers[1])

    @property
    def t(self) -> float:
        rank = {seconds: float(number) for number, seconds in enumerate(sorted(self.took[0] + self.took[1]))}
        return welch(*([rank[seconds] for seconds in each] for each in self.took))


def welch(one: list[float], other: list[float]) -> float:
    """How many standard errors lie between the two means."""
    error = sqrt(variance(one) / len(one) + variance(other) / len(other))
    return (fmean(one) - fmean(other)) / error if error else 0.0


def _shape(answer: Reply) -> tuple[int, bytes, str, tuple[str, ...]]:
    """What an answer says, without what is new on every page."""
    where = OWN_TO_A_PAGE.sub(b"", answer.where.encode()).decode()
    return answer.status, OWN_TO_A_PAGE.sub(b"", answer.body), where, tuple(sorted(answer.headers))


def measure(scale: Scale) -> None:
    """Exit 1 when answers differ in words or in time, or when a difference that was planted was not seen."""
    pairs = max(LEAST_PAIRS, scale.of(PAIRS))
    told = _asked("tells-by-time", LEAST_PAIRS)[0]
    seen = abs(told.t) >= MOST_T
    tell.remark(f"planted 'tells-by-time': {'found' if seen else 'NOT FOUND'} (t = {told.t:.1f})")
    found = []
    for asked in _asked("", pairs):
        medians = [sorted(each)[len(each) // 2] * 1000 for each in asked.took]
        note = f"({pairs} pairs, medians {medians[0]:.2f} and {medians[1]:.2f} ms)"
        tell.figure(f"|t|, {asked.name}", abs(asked.t), goal=MOST_T, note=note)
        found += [f"{asked.name}: {asked.differs} answers differ in words"] if asked.differs else []
        found += [f"{asked.name}: answers differ in time, t = {asked.t:.1f}"] if abs(asked.t) >= MOST_T else []
    tell.verdict(
        [*found, *([] if seen else ["a planted difference was not seen"])],
        "nobody learns by asking that something is there",
    )
    sys.exit(bool(found) or not seen)


def _asked(flaw: str, pairs: int) -> list[Asked]:
    stage = Stage.found()
    hidden = _complaint_about(stage)
    with cell(settings.VAR, flaw=flaw) as server:
        server.start(worker=False)
        questions, chance = list(_questions(stage, server.port, hidden)), Random(11)
        for question in questions:
            for _ in range(WARM):
                question.pair(chance)
            question.took, question.differs = ([], []), 0
        for _ in range(pairs):
            for question in questions:
                question.pair(chance)
        return questions


def _questions(stage: Stage, port: int, hidden: str) -> list[Asked]:
    desk = Officer(stage, Phone(port))
    desk.step_in()
    family, nobody, other = Family(stage, Phone(port)), Phone(port), Random(3)
    family.begin("要一份证明")
    case = send(family.form("", uuid4())).case
    elsewhere = _foreign_case(stage, port)

    def code(which: Callable[[], str]) -> Callable[[], Reply]:
        return lambda: desk.phone.post("/follow/", {"code": which()})

    return [
        Asked(
            "a code that is hidden from this counter, or unknown",
            code(lambda: hidden),
            code(lambda: f"{other.randrange(10**16):016}"),
        ),
        Asked(
            "a request without its receipt, or none",
            lambda: nobody.get(f"/request/{case}/"),
            lambda: nobody.get(f"/request/{uuid4()}/"),
        ),
        Asked(
            "another office's case, or none",
            lambda: desk.phone.get(f"/desk/cases/{elsewhere}/"),
            lambda: desk.phone.get(f"/desk/cases/{uuid4()}/"),
        ),
    ]


def _complaint_about(stage: Stage) -> str:
    """The code of a complaint about the very office at whose counter it will be typed."""
    office = Post.objects.get(pk=stage.post).office_id
    said = {"person": Person(name="王桂兰", phone=""), "details": "没有人", "by": visitor()}
    begun = complain(about=office, case=None, at=clock.now(), key=uuid4(), **said)
    connections.close_all()
    return receipt_code(begun.case.pk)


def _foreign_case(stage: Stage, port: int) -> object:
    """A case of another village, which this officer may not see."""
    family = Family(Stage.found(skip=stage.village), Phone(port))
    family.begin("要一份证明")
    return send(family.form("", uuid4())).case
