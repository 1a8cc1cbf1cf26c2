"""Objections to the finding on the first of five claims whose notice runs at the village's committee."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from chengnuo.benefits.models import Claim, Objection, Reply
from chengnuo.benefits.operations import noticing, objecting, replying
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import Actor, resident, visitor
from chengnuo.notices import queries
from chengnuo.notices.models import Notice, NoticeLine
from chengnuo.notices.operations import publishing
from chengnuo.people.operations.contacts import Person
from tests.factories import claims, county, notices, photos

ANSWER = "查过户口簿，年龄没有错。"
REPLY = "我的身份证上写的是1960年。"
WORDS = "身份证上写的是1970年，不到六十岁。"


def follow(at: datetime) -> None:
    while outbox.drain(at, "test").tried:
        pass


def noticing_at(at: datetime) -> None:
    """The night looks at what is at a notice."""
    noticing.settle_all(at=at)


def noticed(*, at: datetime = county.MONDAY, hang: bool = True, count: int = 5) -> list[Claim]:
    """Claims in a notice of their village that runs."""
    made = [claims.made(of=of, at=at) for of in range(1, count + 1)]
    for claim in made:
        claims.passed_on(claim, claims.DESK, at=at)
    follow(at)
    notice = notices.does(publishing.publish, queries.about(made[0].pk)[0], at=at)
    if hang:
        notices.does(publishing.hang, notice, at=at, photo=photos.made())
    return [claims.again(claim) for claim in made]


def line_of(claim: Claim) -> NoticeLine:
    return NoticeLine.objects.select_related("notice").get(about_id=claim.pk, notice=queries.about(claim.pk)[0])


def notice_of(claim: Claim) -> Notice:
    return line_of(claim).notice


def made(
    claim: Claim,
    *,
    ground: str = "age",
    words: str = WORDS,
    name: str = "",
    by: Actor | None = None,
    at: datetime = county.MONDAY,
) -> Objection:
    line = line_of(claim)
    begun = objecting.make(
        notice=line.notice.number,
        reference=line.reference,
        ground=ground,
        words=words,
        person=county.person(name) if name else Person(name=""),
        by=by or visitor(),
        at=at,
        key=uuid4(),
    )
    return Objection.objects.select_related("case").get(case=begun.case)


def replied(
    objection: Objection, words: str = REPLY, *, by: Actor | None = None, at: datetime = county.MONDAY
) -> Reply:
    """What the claimant says to it."""
    claimant = by or resident(objection.claim.case_id)
    return replying.reply(objection=objection.pk, words=words, by=claimant, at=at, key=uuid4())


def answered(
    objection: Objection,
    *,
    upheld: bool = False,
    post: str = claims.TOWNSHIP_DESK,
    at: datetime,
    words: str = ANSWER,
    heard: int = 0,
) -> Objection:
    """`heard`: so many of the replies to its ground were read, the oldest first."""
    operation = objecting.uphold if upheld else objecting.reject
    same = Reply.objects.filter(objection__claim=objection.claim_id, objection__ground=objection.ground)
    read = {reply.name for reply in same.order_by("pk")[:heard]}
    by = county.officer(post, at=at)
    return operation(objection=objection.pk, words=words, heard=read, by=by, at=at, key=uuid4())
