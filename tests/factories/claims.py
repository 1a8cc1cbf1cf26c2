"""Claims in every situation, brought there by the real operations. Numbers of people who cannot be real: their area does not exist."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from chengnuo.benefits.models import Award, Claim
from chengnuo.benefits.operations import claiming, deciding, examining, noticing
from chengnuo.benefits.operations.claiming import Numbers
from chengnuo.cases.operations.receive import Begun
from chengnuo.core.identity import check_digit
from chengnuo.foundation.actor import Actor, visitor
from tests.factories import county

DAY = timedelta(days=1)
DESK = f"{county.VILLAGE}.desk"
TOWNSHIP_DESK = f"{county.TOWNSHIP}.desk"
BUREAU_DESK, BUREAU_HEAD = "health-bureau.desk", "health-bureau.head"
RURAL = {
    "born": "1960-05-01",
    "died": "none",
    "ended": "none",
    "rural": True,
    "spouse_rural": True,
    "wife_born": "none",
    "children_ever": 1,
    "children_living": 1,
    "child_died": "none",
    "child_grade": "none",
    "complication_grade": "none",
    "first_claimed": "none",
}
BEREAVED = {
    **{
        name: RURAL[name]
        for name in ("born", "died", "ended", "rural", "spouse_rural", "wife_born", "children_ever", "first_claimed")
    },
    "children_living": 0,
    "child_died": "2015-03-01",
    "wife_is_parent": True,
}


def number(of: int = 1, born: str = "19600501") -> str:
    """An identity number of nobody: no place has the area 990000."""
    digits = f"990000{born}{of:03}"
    return digits + check_digit(digits)


def begin(
    programme: str = "rural-incentive",
    *,
    entity: str = "person",
    facts: dict[str, Any] | None = None,
    by: Actor | None = None,
    at: datetime = county.MONDAY,
    of: int = 1,
    year: int = 2026,
    name: str = "欧阳桂兰",
) -> Begun:
    said = facts or (BEREAVED if programme == "special-bereaved" else RURAL)
    return claiming.claim(
        programme=programme,
        year=year,
        facts={entity: [said]},
        numbers=Numbers(number(of), number(of + 500) if entity == "child" else ""),
        village=county.village().pk,
        person=county.person(name),
        by=by or visitor(),
        at=at,
        key=uuid4(),
    )


def made(programme: str = "rural-incentive", **said: Any) -> Claim:
    return Claim.objects.get(case=begin(programme, **said).case)


def passed_on(claim: Claim, post: str, *, at: datetime, verdict: str = "supports", words: str = "") -> Claim:
    """By an officer; a notice is over by itself."""
    if claim.stands_at.notice:
        return noticing.noticed(claim.pk, stage=claim.stage, at=at)
    by = county.officer(post, at=at)
    return examining.pass_on(claim=claim.pk, verdict=verdict, words=words, by=by, at=at, key=uuid4())


def granted(claim: Claim, *, at: datetime, post: str = BUREAU_HEAD, **said: Any) -> Award:
    return deciding.grant(claim=claim.pk, by=county.officer(post, at=at), at=at, key=uuid4(), **said)


def refused(
    claim: Claim,
    *,
    at: datetime,
    post: str = BUREAU_HEAD,
    reasons: str = "年龄不到。",
    law: str = "国人口发〔2004〕36号",
) -> Claim:
    by = county.officer(post, at=at)
    return deciding.refuse(claim=claim.pk, reasons=reasons, law=law, by=by, at=at, key=uuid4())


def at_decision(programme: str = "rural-incentive", *, at: datetime = county.MONDAY, **said: Any) -> Claim:
    """A claim whose stages before the decision have supported it, a day each."""
    claim = made(programme, at=at, **said)
    while claim.stage + 1 < len(claim.stages):
        at += DAY
        post = {"village": DESK, "township": TOWNSHIP_DESK, "county": BUREAU_DESK}[claim.stands_at.level]
        claim = passed_on(claim, post, at=at)
    return claim


def again(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)
