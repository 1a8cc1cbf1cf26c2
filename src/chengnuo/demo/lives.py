"""The life of one case, told as steps: what the office does and when, and what the family says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from chengnuo.cases.lifecycle import SERVE
from chengnuo.cases.models import Pressed, Step
from chengnuo.cases.operations import answer, baton, handle, ratings, steps
from chengnuo.cases.operations.receive import Begun, complain, receive
from chengnuo.core.text3 import Text3
from chengnuo.demo import said
from chengnuo.demo.cast import Cast
from chengnuo.demo.county import key_of
from chengnuo.demo.hours import Days
from chengnuo.demo.plan import Plan
from chengnuo.demo.stage import Story, again
from chengnuo.foundation.actor import Actor, resident, visitor
from chengnuo.foundation.refused import AlreadyReceived
from chengnuo.people.operations.contacts import Person
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation

COMPLAINTS, STEPS = 100_000, 200_000  # the plan's number plus this is its complaint's, its step's


@dataclass
class Life:
    """Plays a plan: received, accepted, asked, brought, paused, asked elsewhere, ended, answered, rated, complained about.

    Nothing that it decides comes from the database, so that a build which goes on finds the same instants and actors.
    """

    plan: Plan
    cast: Cast
    days: Days
    at: datetime
    case: UUID
    step: int = 0

    def begin(self) -> Story:
        yield self.at
        self._receive()
        yield from self._accept()
        yield from self._ask()
        yield from self._ask_late()
        yield from self._pause()
        yield from self._ask_elsewhere()
        yield from self._end()
        yield from self._rate()
        yield from self._complain()

    def _receive(self) -> None:
        plan = self.plan
        by = self.cast.desks[plan.counter] if plan.counter else visitor()
        self.case = _begun(
            receive,
            promise=plan.service.pk,
            village=plan.village.pk,
            person=plan.person,
            details=plan.details,
            by=by,
            at=self.at,
            key=key_of("case", plan.number, "receive"),
        )
        self.cast.numbers[self.case] = plan.number

    def _accept(self) -> Story:
        """What was received at another office's counter is accepted by the one that owes it."""
        if self.plan.counter and self.plan.counter != self.plan.owing:
            yield self._office(1)
            self._does(baton.accept, self.desk)

    def _ask(self) -> Story:
        plan = self.plan
        if plan.asks < 0:
            return
        yield self._office(plan.asks)
        missing = [need["key"] for need in plan.service.needs[:2]] or ["身份证"]
        self._does(handle.ask_once, self.desk, missing=missing, words="带来后马上接着办。")
        if plan.brings >= 0:
            yield self._home(plan.brings)
            self._does(handle.supply, self.family, words=self._said(said.BROUGHT))

    def _ask_late(self) -> Story:
        if self.plan.asks_late >= 0:
            yield self._office(self.plan.asks_late, since=self.plan.at)
            self._does(handle.ask_late, self.desk, missing=["两张照片"], words="上次忘了说。")

    def _pause(self) -> Story:
        if self.plan.pauses >= 0:
            yield self._office(1)
            self._does(handle.pause, self.desk, reason="other_office", words="等户政核对。")
            yield self._office(self.plan.pauses)
            self._does(handle.resume, self.desk)

    def _ask_elsewhere(self) -> Story:
        """Another office is asked for a step, or the one above for help; where it answers, it may do so late."""
        plan = self.plan
        if plan.asks_step < 0:
            return
        yield self._office(plan.asks_step)
        office, asked = self.cast.above[plan.owing], said.HELP
        if plan.is_help:
            self._does(steps.ask_help, self.desk, words=asked.words)
        else:
            office, asked = self._elsewhere()
            self._does(steps.ask, self.desk, office=office, words=asked.words, needs_name=asked.needs_name)
        step = Step.objects.get(case=self.case).pk
        self.cast.numbers[step] = STEPS + plan.number
        if plan.answers_step >= 0:
            yield self._office(plan.answers_step)
            key, by = key_of("case", plan.number, "answer step"), self.cast.desks[office]
            operation, words = (steps.cannot, said.CANNOT) if plan.number % 7 == 0 else (steps.answer, asked.answer)
            again(operation, step=step, words=words, by=by, at=self.at, key=key)

    def _elsewhere(self) -> tuple[UUID, said.Asked]:
        """A bureau that is not the one which owes it, and what it is asked."""
        others = [(self.cast.bureaus[key], asked) for key, asked in said.STEPS.items()]
        others = [each for each in others if each[0] != self.plan.owing]
        return others[self.plan.number % len(others)]

    def _end(self) -> Story:
        plan = self.plan
        if self._waits_for_ever:
            return
        if plan.ends == "withdrawn":
            yield self._home(plan.ends_after)
            self._does(answer.withdraw, self.family)
        elif plan.ends:
            yield self._office(plan.ends_after, since=plan.at)
            yield from {"done": self._finish, "refused": self._refuse, "freed": self._freed}[plan.ends]()

    @property
    def _waits_for_ever(self) -> bool:
        return self.plan.asks >= 0 and self.plan.brings < 0

    def _refuse(self) -> Story:
        basis = self.plan.service.basis[0]
        law = f"{basis['name']['hans']} {basis['article']}".strip()[:200]
        self._does(handle.refuse, self.desk, reasons=self._one(said.REASONS), law=law)
        yield from ()

    def _freed(self) -> Story:
        """The office above frees the office of its duty; the officer then closes the case."""
        duty = Duty.objects.get(subject_id=self.case, kind=SERVE, parent=None).pk
        head = replace(self.cast.heads[self.cast.above[self.plan.owing]], signed_in_at=self.at)
        key = key_of("case", self.plan.number, "free")
        again(escalation.discharge, duty=duty, reason=self._one(said.FREED), by=head, at=self.at, key=key)
        yield self._office(1)
        self._does(handle.finish, self.desk, result=said.MOVED_AWAY)

    def _finish(self) -> Story:
        self._does(handle.finish, self.desk, result=self._one(said.RESULTS))
        if self.plan.word == "none":
            return
        yield self._home(self.plan.word_after)
        if self.plan.word == "resolved":
            self._does(answer.say_resolved, self.family, words=self._said(said.RESOLVED))
            return
        self._does(answer.say_not, self.family, words=self._said(said.NOT_RESOLVED))
        yield self._office(self.plan.again_after)
        self._does(handle.finish, self.desk, result=self._one(said.AGAIN))
        yield self._home(2)
        self._does(answer.say_resolved, self.family, words=self._said(said.RESOLVED_AFTER_ALL))

    def _rate(self) -> Story:
        """The family says what it thinks of the work; of pressure, the county office above says what it found."""
        plan = self.plan
        if not plan.stars:
            return
        yield self._home(1)
        self._does(ratings.rate, self.family, stars=plan.stars, pressed=plan.pressed)
        if plan.looks_after >= 0:
            yield self._office(plan.looks_after)
            found = Pressed.objects.get(about_office=plan.owing)
            head = self.cast.heads[found.office_id]
            key = key_of("case", plan.number, "look into")
            again(ratings.look_into, pressed=found.pk, words=said.PRESSURE, by=head, at=self.at, key=key)

    def _complain(self) -> Story:
        """Somebody who waited too long complains; the office above replies, mostly in time."""
        plan = self.plan
        if not plan.complains:
            return
        yield self._home(2)
        number = COMPLAINTS + plan.number
        complaint = _begun(
            complain,
            about=plan.owing,
            case=self.case,
            # by name: of one without, a build that was interrupted could not find its place again
            person=Person(name=plan.person.name, language=plan.person.language),
            details=self._said(said.COMPLAINTS),
            by=self.family,
            at=self.at,
            key=key_of("case", number, "complain"),
        )
        self.cast.numbers[complaint] = number
        yield self._office(plan.replies_after)
        key, by = key_of("case", number, "finish"), self.cast.desks[self.cast.above[plan.owing]]
        again(handle.finish, case=complaint, result=self._one(said.REPLIES), by=by, at=self.at, key=key)
        yield self._home(1)
        key = key_of("case", number, "word")
        again(answer.say_resolved, case=complaint, words="", by=resident(complaint), at=self.at, key=key)

    @property
    def desk(self) -> Actor:
        return self.cast.desks[self.plan.owing]

    @property
    def family(self) -> Actor:
        return resident(self.case)

    def _office(self, workdays: int, *, since: datetime | None = None) -> datetime:
        """The next instant, in office hours: so many workdays after the last one, or after `since` but never before it."""
        tick = self._tick()
        found = self.days.in_office(since or self.at, workdays, tick)
        self.at = found if found > self.at else self.days.in_office(self.at, 0, tick)
        return self.at

    def _home(self, days: int) -> datetime:
        self.at = self.days.at_home(self.at, days, self._tick())
        return self.at

    def _tick(self) -> int:
        self.step += 1
        return self.plan.number * 3 + self.step

    def _does(self, operation: Callable[..., object], by: Actor, **words: Any) -> None:
        key = key_of("case", self.plan.number, self.step, operation.__name__)
        again(operation, case=self.case, by=by, at=self.at, key=key, **words)

    def _one(self, texts: Sequence[str]) -> str:
        return texts[self.plan.number % len(texts)]

    def _said(self, texts: Sequence[Text3]) -> str:
        return texts[self.plan.number % len(texts)].in_language(self.plan.person.language)


def life(plan: Plan, cast: Cast, days: Days) -> Story:
    """The story of a plan."""
    return Life(plan, cast, days, plan.at, UUID(int=0)).begin()


def _begun(operation: Callable[..., Begun], **words: Any) -> UUID:
    """The case that an operation begins, or that it began the last time."""
    try:
        return operation(**words).case.pk
    except AlreadyReceived as before:
        return UUID(before.row)
