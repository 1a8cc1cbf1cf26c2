"""Cases in every situation, brought there by the real operations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from chengnuo.cases.models import Case, Step
from chengnuo.cases.operations import answer, baton, handle, steps
from chengnuo.cases.operations.receive import Begun, complain, receive
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor, resident, system, visitor
from chengnuo.foundation.sealed import Sealed
from chengnuo.people.models import Office
from chengnuo.people.operations.contacts import Person
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import escalation
from chengnuo.promises.queries import duties_of
from chengnuo.web.casework.stories import events_of
from tests.factories import county
from tests.factories.desk import Desk

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
DESK, HEAD = f"{county.VILLAGE}.desk", f"{county.VILLAGE}.head"
TOWNSHIP_DESK, TOWNSHIP_HEAD = f"{county.TOWNSHIP}.desk", f"{county.TOWNSHIP}.head"
BUREAU_DESK, BUREAU_HEAD = "health-bureau.desk", "health-bureau.head"
CITY_HEAD = "city-supervision.head"
# another township and a village of it
ELSEWHERE, TOWNSHIP_ELSEWHERE = "village-420526102201", "township-420526102000"


def begin(
    service: str = "village-proof",
    *,
    by: Actor | None = None,
    at: datetime = county.MONDAY,
    village: str = "420526101201",
    name: str = "欧阳桂兰",
    details: str = "需要一份居住证明",
    key: UUID | None = None,
) -> Begun:
    """A request, by web unless somebody receives it at a counter."""
    return receive(
        promise=county.service(service),
        village=county.village(village).pk,
        person=county.person(name),
        details=details,
        by=by or visitor(),
        at=at,
        key=key or uuid4(),
    )


def ask(service: str = "village-proof", **said: Any) -> Case:
    """The case of a request."""
    return begin(service, **said).case


def complaint(
    about: str = county.VILLAGE,
    *,
    case: UUID | None = None,
    at: datetime = county.MONDAY,
    details: str = "三次都没人",
    name: str = "",
) -> Case:
    """A complaint about an office, by somebody without a name unless one is given."""
    return complained(about, case=case, at=at, details=details, name=name).case


def complained(
    about: str = county.VILLAGE,
    *,
    case: UUID | None = None,
    at: datetime = county.MONDAY,
    details: str = "三次都没人",
    name: str = "",
) -> Begun:
    by = resident(case) if case else visitor()
    return complain(
        about=office(about).pk, case=case, person=Person(name=name), details=details, by=by, at=at, key=uuid4()
    )


def office(key: str) -> Office:
    return Office.objects.get(key=key)


def does(operation: Callable[..., Case], case: Case | UUID, post: str | Actor, *, at: datetime, **said: Any) -> Case:
    """One operation upon a case by whoever holds a post, or by an actor."""
    by = post if isinstance(post, Actor) else county.officer(post, at=at)
    return operation(case=getattr(case, "pk", case), by=by, at=at, key=uuid4(), **said)


def ask_once(case: Case, *, at: datetime, post: str = DESK, missing: Sequence[str] = ("户口簿",)) -> Case:
    return does(handle.ask_once, case, post, at=at, missing=missing, words="带来就办。")


def supply(case: Case, *, at: datetime) -> Case:
    return does(handle.supply, case, resident(case.pk), at=at, words="带来了")


def pause(case: Case, *, at: datetime, post: str = DESK, reason: str = "other_office") -> Case:
    return does(handle.pause, case, post, at=at, reason=reason, words="等户政核对。")


def finish(case: Case, *, at: datetime, post: str = DESK) -> Case:
    return does(handle.finish, case, post, at=at, result="办好了，请来取。")


def refuse(case: Case, *, at: datetime, post: str = DESK) -> Case:
    return does(handle.refuse, case, post, at=at, reasons="户口不在本村。", law="户口登记条例 第六条")


def offer(case: Case, to: str, *, at: datetime, post: str = DESK) -> Case:
    return does(baton.offer, case, post, at=at, to=post_of(to))


def ask_step(case: Case, office_key: str, *, at: datetime, post: str = DESK, **said: Any) -> Step:
    said = {"words": "请核对户口地址", "needs_name": False} | said
    return does(steps.ask, case, post, at=at, office=office(office_key).pk, **said)


def end_step(step: Step, how: str, post: str, *, at: datetime, words: str = "户口在本村") -> Step:
    said = {} if how == "take_back" else {"words": words}
    return getattr(steps, how)(step=step.pk, by=county.officer(post, at=at), at=at, key=uuid4(), **said)


def say_not(case: Case, *, at: datetime) -> Case:
    return does(answer.say_not, case, resident(case.pk), at=at, words="没有盖章")


def say_resolved(case: Case, *, at: datetime) -> Case:
    return does(answer.say_resolved, case, resident(case.pk), at=at, words="")


def withdraw(case: Case, *, at: datetime) -> Case:
    return does(answer.withdraw, case, resident(case.pk), at=at)


def discharge(case: Case, *, at: datetime) -> None:
    """The office above takes the deadline away."""
    told = {"reason": "本人不再需要", "by": county.officer(TOWNSHIP_HEAD, at=at), "at": at, "key": uuid4()}
    escalation.discharge(duty=duty_of(case).pk, **told)


def post_of(key: str) -> UUID:
    (post,) = county.officer(key).posts
    return post


def duty_of(case: Case, kind: str = "serve") -> Duty:
    """What is owed in a case, without what offices above were asked to answer."""
    return Duty.objects.get(subject_id=case.pk, kind=kind, parent=None)


def at_desk(post: str) -> Desk:
    """Whoever holds a post, at the desk's pages, freshly signed in now."""
    client = Client()
    return Desk(client, county.sign_in(client, post, at=clock.now()))


def deed(case: Case, name: str, post: str, **typed: Any) -> HttpResponse:
    """One deed through its page; answers where it leads, or the page with what was wrong."""
    return at_desk(post).send("deed", case.pk, name, **typed)


def buttons(case: Case, post: str) -> set[str]:
    """The deeds that the page of a case offers to whoever holds a post."""
    page = at_desk(post).get("case", case.pk).content.decode()
    return set(re.findall(rf"/{case.pk}/([a-z_]+)/\"", page))


def told(case: Case) -> list[str]:
    """The story as the family reads it, in English: what happened, and the words beside it."""
    with translation.override("en"):
        return [
            f"{event.what} {event.detail}".strip()
            for event in events_of(case, duties_of(case.pk), viewer=resident(case.pk))
        ]


def opened(box: Sealed | None, *, of: object = "") -> str:
    """Sealed words, opened; "" where there are none."""
    return box.reveal(by=system(), reason="test", of=of) if box else ""


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
