"""Finders that run, letters in the hands of a contact, and reminders, brought there by the real operations. Everybody is made up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from chengnuo.foundation.actor import visitor
from chengnuo.outreach.internal.writing import code_of
from chengnuo.outreach.models import Assessment, FinderRun, Letter
from chengnuo.outreach.operations import assessing, handing, refusing, running
from chengnuo.people.models import Post
from tests.factories import claims, county, residents

AT = county.MONDAY
DAY = timedelta(days=1)
VILLAGE_DESK, BUREAU_DESK, BUREAU_HEAD = claims.DESK, claims.BUREAU_DESK, claims.BUREAU_HEAD
PARTS = {
    "what": "按年龄给每一位居民寄同一封信。",
    "why": "有的人因为没有人告诉，没有领到补助。",
    "necessity": "只用出生日期和所在村，少了就不知道寄给谁。",
    "risks": "邻居看到信，会猜家里的事。",
    "measures": "人人一样的信，中性的信封，一次只看一封。",
}


def said(post: str, at: datetime = AT) -> dict[str, Any]:
    return {"by": county.officer(post, at=at), "at": at, "key": uuid4()}


def drafted(finder: str = "at-sixty", *, until: date = date(2028, 1, 1), at: datetime = AT) -> Assessment:
    return assessing.draft(finder=finder, **PARTS, valid_until=until, **said(BUREAU_DESK, at))


def signed(finder: str = "at-sixty", *, at: datetime = AT, **how: Any) -> Assessment:
    return assessing.sign(assessment=drafted(finder, at=at, **how).pk, **said(BUREAU_HEAD, at))


def begun(finder: str = "at-sixty", *, at: datetime = AT, **how: Any) -> FinderRun:
    signed(finder, at=at, **how)
    return running.begin(finder=finder, **said(BUREAU_HEAD, at))


def people(count: int, born: str = "19600101", *, first: int = 1, name: str = "", **other: Any) -> list[Any]:
    """Residents of the village of the tests, each with a name of their own."""
    return [
        residents.living(residents.number(born, order), name or f"欧阳测{chr(0x4E00 + order)}", **other)
        for order in range(first, first + count)
    ]


def night(at: datetime = AT) -> int:
    return running.go_on(at=at)


def one(finder: str = "at-sixty", born: str = "19600101", name: str = "") -> Letter:
    """A letter that waits in the hands of its contact."""
    (person,) = people(1, born, name=name)
    begun(finder)
    night()
    return Letter.objects.get(person=person.person)


def recorded(letter: Letter, outcome: str, *, post: str = VILLAGE_DESK, at: datetime = AT + DAY) -> Letter:
    return handing.record(letter=letter.pk, outcome=outcome, **said(post, at))


def refused(letter: Letter, *, at: datetime = AT + DAY) -> None:
    refusing.by_code(code=code_of(letter.pk), by=visitor(), at=at, key=uuid4())


def again(letter: Letter, *, at: datetime = AT + DAY) -> None:
    refusing.again_by_code(code=code_of(letter.pk), by=visitor(), at=at, key=uuid4())


def whom(letter: Letter) -> bytes:
    """The register's digest of whom a letter is for, opened."""
    return bytes.fromhex(letter.whom.reveal(by=visitor(), reason="test"))


def holder(letter: Letter) -> str:
    return Post.objects.get(pk=letter.holder_id).key
