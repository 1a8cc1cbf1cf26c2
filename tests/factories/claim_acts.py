"""The acts of claims, objections and many grants at once, each of somebody who has claimed nothing before.

How many statements each takes is measured (`tests/contracts/test_statements.py`): whoever acts is known before it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any
from uuid import uuid4

from chengnuo.benefits.models import Bulk, Claim, Reply
from chengnuo.benefits.operations import bulk, claiming, deciding, examining, noticing, objecting, replying
from chengnuo.foundation.actor import resident, visitor
from chengnuo.notices.operations import ending
from chengnuo.people.operations.contacts import Person
from tests.factories import awarding, bulks, claims, county, objections

Named = tuple[str, Callable[[], Any]]
PEOPLE = count(100)
NOW, LATER = county.MONDAY, county.MONDAY + 10 * claims.DAY
FACTS = {"person": [claims.RURAL]}
LAW = "国人口发〔2004〕36号"


def acts() -> Iterator[Named]:
    yield from _before_the_decision()
    yield from _decisions()
    yield from _objections()
    yield from _many_at_once()


def _does(operation: Callable[..., Any], post: str, **said: Any) -> Callable[[], Any]:
    """An operation of an officer, who is known already."""
    told = {"by": county.officer(post), "at": LATER} | said
    return lambda: operation(**told, key=uuid4())


def _before_the_decision() -> Iterator[Named]:
    desk = county.officer(claims.DESK)
    yield "claim.make", lambda: claims.begin(of=next(PEOPLE))
    yield "claim.make at the counter", lambda: claims.begin(of=next(PEOPLE), by=desk)
    short, claim, ready = (
        claims.made(of=next(PEOPLE)),
        claims.made(of=next(PEOPLE)),
        claims.at_decision(of=next(PEOPLE)),
    )
    yield "claim.send_back", _does(examining.send_back, claims.DESK, claim=short.pk, missing=["户口本"], words="")
    yield "claim.restate", _restates(claim)
    yield "claim.pass_on", _does(examining.pass_on, claims.DESK, claim=claim.pk, verdict="supports", words="")
    yield "claim.noticed", lambda: noticing.noticed(claim.pk, stage=1, at=LATER)
    yield "claim.restate, begun anew", _restates(ready)


def _restates(claim: Claim) -> Callable[[], Any]:
    by = resident(claim.case_id)
    return lambda: claiming.restate(claim=claim.pk, facts=FACTS, by=by, at=LATER, key=uuid4())


def _decisions() -> Iterator[Named]:
    ready, old, other = (claims.at_decision(of=next(PEOPLE), year=year) for year in (2026, 2022, 2026))
    yield "award.grant", _does(deciding.grant, claims.BUREAU_HEAD, claim=ready.pk)
    yield "award.grant, of five years", _does(deciding.grant, claims.BUREAU_HEAD, claim=old.pk)
    yield "claim.refuse", _does(deciding.refuse, claims.BUREAU_HEAD, claim=other.pk, reasons="年龄不到。", law=LAW)
    award = claims.again(ready).award.pk
    yield "award.determine", _does(awarding.determine, claims.BUREAU_DESK, award=award, year=2026, facts=FACTS)
    yield "award.end", _does(awarding.end, claims.BUREAU_DESK, award=award, ending="move", on=NOW.date())


def _objections() -> Iterator[Named]:
    claim, *_others = objections.noticed()
    line = objections.line_of(claim)
    said = {
        "notice": line.notice.number,
        "reference": line.reference,
        "words": objections.WORDS,
        "by": visitor(),
        "at": NOW,
    }
    named, nobody = county.person("赵德柱"), Person(name="")
    yield "objection.make", lambda: objecting.make(**said, ground="age", person=named, key=uuid4())
    yield "objection.make, no name", lambda: objecting.make(**said, ground="registration", person=nobody, key=uuid4())
    age, registration = (each.pk for each in claim.objections.order_by("ground"))
    answer, theirs = {"words": objections.ANSWER, "at": NOW}, resident(claim.case_id)
    reply = {"objection": age, "words": objections.REPLY, "by": theirs, "at": NOW}
    yield "objection.reply", lambda: replying.reply(**reply, key=uuid4())
    answer["heard"] = {Reply.objects.get(objection=age).name}
    yield "objection.reject", _does(objecting.reject, claims.TOWNSHIP_DESK, objection=age, **answer)
    yield "objection.uphold", _does(objecting.uphold, claims.TOWNSHIP_DESK, objection=registration, **answer)
    first, *_joined = [objections.made(claim).pk for _ in range(4)]
    yield "objection.reject, three joined", _does(objecting.reject, claims.TOWNSHIP_DESK, objection=first, **answer)
    ending.end_due(at=NOW + 30 * claims.DAY)


def _many_at_once() -> Iterator[Named]:
    Claim.objects.filter(status="open").update(year=2020)  # of an earlier measure: another year is another bulk
    for _ in range(5):
        claims.at_decision(of=next(PEOPLE))
    yield "bulk.draw", _does(bulk.draw, claims.BUREAU_DESK, sort="grant", programme="rural-incentive", year=2026)
    found = Bulk.objects.latest("pk")
    bulks.opened(found, at=LATER)
    yield "bulk.propose", _does(bulk.propose, claims.BUREAU_DESK, bulk=found.pk)
    yield "bulk.confirm", _does(bulk.confirm, claims.BUREAU_HEAD, bulk=found.pk)
    yield "bulk.drop", _does(bulk.drop, claims.BUREAU_DESK, bulk=found.pk)
