"""Public notices of the village's committee, with lines of people who cannot be."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from chengnuo.foundation.refs import Ref
from chengnuo.notices.models import Notice, NoticeLine
from chengnuo.notices.operations import drafting, ending, publishing
from chengnuo.people.models import Office
from tests.factories import cases, county, photos

NAMES = ("欧阳桂兰", "李小明", "王芳", "赵德柱", "陈二妮", "周大川", "吴秀英")
PROGRAMME = "rural-incentive"


def office(key: str = county.VILLAGE) -> UUID:
    return Office.objects.get(key=key).pk


def put(name: str = NAMES[0], *, at: datetime = county.MONDAY, **other: object) -> NoticeLine:
    """A line in the next notice of the committee."""
    said = {"kind": "review", "programme": PROGRAMME, "village": county.village().pk, "about": Ref("claim", uuid4())}
    return drafting.put(**{**said, "office": office(), "name": name, "at": at, **other})


def drafted(*, count: int = 5, at: datetime = county.MONDAY, kind: str = "review") -> Notice:
    """A list of so many, not published yet."""
    lines = [put(name, at=at, kind=kind) for name in NAMES[:count]]
    return again(lines[0].notice)


def published(*, at: datetime = county.MONDAY, kind: str = "review") -> Notice:
    return does(publishing.publish, drafted(at=at, kind=kind), at=at)


def hung(*, at: datetime = county.MONDAY) -> Notice:
    return does(publishing.hang, published(at=at), at=at, photo=photos.made())


def over(*, at: datetime = county.MONDAY) -> Notice:
    """One that hung until its days were over."""
    notice = hung(at=at)
    ending.end_due(at=at + cases.DAY * 30)
    return again(notice)


def does(operation, notice: Notice, *, post: str = cases.DESK, at: datetime = county.MONDAY, **said: object) -> Notice:
    told = {"by": county.officer(post, at=at), "at": at, "key": uuid4()}
    return operation(notice=notice.pk, **{**told, **said})


def again(notice: Notice) -> Notice:
    """As its row says now."""
    return Notice.objects.select_related("office__place").get(pk=notice.pk)
