"""A statement that is put right after somebody looked at it begins a round: what was said stays, nobody gains a right, nothing half."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from chengnuo.benefits import queries
from chengnuo.benefits.models import Claim, Scribe
from chengnuo.benefits.operations import claiming
from chengnuo.benefits.programmes import NotAStatement
from chengnuo.foundation.actor import resident, system, visitor
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotAllowed, NotHere
from chengnuo.people.models import Holding, Post
from tests.factories import cases, claims, county, objections

pytestmark = pytest.mark.django_db
DAY = claims.DAY
LATER = county.MONDAY + 10 * DAY
RICH, POOR = {"person": [claims.RURAL]}, {"person": [claims.RURAL | {"rural": False}]}
COUNTED = ("stage", "round", "status", "version", "edition", "holder_id", "determined_at")


def restated(claim, *, by=None, facts=RICH, at=LATER, key=None):
    told = {"facts": facts, "by": by or resident(claim.case_id), "at": at, "key": key or uuid4()}
    return claims.again(claiming.restate(claim=claim.pk, **told))


def counted(claim):
    return Claim.objects.filter(pk=claim.pk).values_list(*COUNTED).get()


def at_township(**said):
    """Village and notice are behind it."""
    claim = claims.passed_on(claims.made(**said), claims.DESK, at=county.MONDAY)
    return claims.passed_on(claim, claims.DESK, at=county.MONDAY + DAY)


def through(claim, *, at=LATER):
    posts = {"village": claims.DESK, "township": claims.TOWNSHIP_DESK, "county": claims.BUREAU_DESK}
    while claim.stage + 1 < len(claim.stages):
        at += DAY
        claim = claims.passed_on(claim, posts[claim.stands_at.level], at=at)
    return claim


def takes_over(post, account):
    taken = Post.objects.get(key=post)
    Holding.objects.filter(post=taken).delete()
    Holding.objects.create(post=taken, account=account, begins=date(2025, 1, 1))


def test_what_cannot_be_read_begins_no_round_and_takes_nothing_away():
    claim = claims.at_decision()
    before, said = counted(claim), [each.pk for each in queries.opinions(claim)]
    facts = cases.opened(claims.again(claim).facts, of=claim.case_id)
    for bad in ({}, {"person": []}, {"person": [{"born": "yesterday"}]}, {"person": [claims.RURAL, claims.RURAL]}):
        with pytest.raises(NotAStatement):
            restated(claim, facts=bad)
        assert counted(claim) == before, bad
    assert [each.pk for each in queries.opinions(claim)] == said
    assert cases.opened(claims.again(claim).facts, of=claim.case_id) == facts


def test_one_form_begins_one_round_however_often_it_is_sent():
    claim, key = claims.at_decision(), uuid4()
    once = counted(restated(claim, key=key))
    for _ in range(2):
        with pytest.raises(AlreadyReceived):
            restated(claim, key=key)
    assert counted(claim) == once
    assert restated(claim).round == 1, "at its first stage nobody has looked at it again yet"


def test_what_is_over_is_not_put_right_and_what_was_decided_stays():
    granted, refused, withdrawn = (claims.at_decision(of=of) for of in (1, 2, 3))
    award = claims.granted(granted, at=LATER)
    claims.refused(refused, at=LATER)
    cases.withdraw(withdrawn.case, at=LATER)
    objections.follow(LATER)
    for claim, status in ((granted, "granted"), (refused, "refused"), (withdrawn, "withdrawn")):
        before = counted(claim)
        assert before[2] == status
        with pytest.raises((MoveRefused, NotAllowed, NotHere)):
            restated(claim, facts=POOR, at=LATER + DAY)
        assert counted(claim) == before
    award.refresh_from_db()
    assert (award.status, award.dues.get().fen) == ("in_force", 96_000)


def test_only_its_family_and_whoever_has_it_begin_a_round():
    claim, neighbour = at_township(), claims.made(of=2)
    before = counted(claim)
    others = (claims.DESK, cases.HEAD, claims.BUREAU_DESK, claims.BUREAU_HEAD, f"{cases.TOWNSHIP_ELSEWHERE}.desk")
    strangers = [
        county.officer(post, at=LATER) for post in (*others, "civil-affairs.head", f"{county.VILLAGE}.supervisor")
    ]
    for by in (*strangers, resident(neighbour.case_id), visitor(), system()):
        with pytest.raises((NotHere, NotAllowed)):
            restated(claim, by=by)
        assert counted(claim) == before, by.name
    assert restated(claim, by=county.officer(claims.TOWNSHIP_DESK, at=LATER)).round == 1
    assert [scribe.account for scribe in Scribe.objects.all()] == [county.account_of(claims.TOWNSHIP_DESK).pk]


def test_what_was_said_before_is_kept_word_for_word_with_its_round():
    claim = claims.made()
    for post, words in ((claims.DESK, "户口在外县。"), ("", ""), (claims.TOWNSHIP_DESK, "年龄对不上。")):
        claim = claims.passed_on(claim, post, at=county.MONDAY, verdict="doubts", words=words)
    before = [
        (each.pk, each.stage, each.at, each.account, cases.opened(each.words, of=claim.pk))
        for each in queries.opinions(claim)
    ]
    claim = through(restated(claim))
    kept = queries.opinions(claim)
    first = [each for each in kept if each.round == 0]
    assert [
        (each.pk, each.stage, each.at, each.account, cases.opened(each.words, of=claim.pk)) for each in first
    ] == before
    assert {(each.stage, each.verdict) for each in kept if each.round == 1} == {
        ("village_review", "supports"),
        ("township_review", "supports"),
    }


def test_a_new_round_is_no_way_to_decide_what_one_wrote_or_examined_in_an_earlier_one():
    wrote, examined, free = claims.made(of=1), claims.made(of=2), claims.made(of=3)
    wrote = restated(wrote, by=county.officer(claims.DESK), at=county.MONDAY)
    takes_over(claims.DESK, county.account_of(claims.BUREAU_DESK))  # somebody else speaks for the village
    wrote, free = through(wrote, at=county.MONDAY), through(free, at=county.MONDAY)
    first = county.account_of(f"{cases.ELSEWHERE}.desk")
    takes_over(claims.DESK, first)
    examined = claims.passed_on(examined, claims.DESK, at=county.MONDAY)
    takes_over(claims.DESK, county.account_of(f"{county.VILLAGE}.head"))
    examined = through(examined, at=county.MONDAY)
    again = [through(restated(claim, at=LATER), at=LATER) for claim in (wrote, examined, free)]
    assert [claim.round for claim in again] == [1, 1, 1]
    takes_over(claims.BUREAU_HEAD, first)
    with pytest.raises(NotHere):
        claims.granted(again[1], at=LATER + 9 * DAY)
    assert claims.granted(again[2], at=LATER + 9 * DAY).status == "in_force"
    writer = Scribe.objects.get(claim=wrote).account
    assert writer not in {opinion.account for opinion in again[0].opinions.filter(round=1)}


def test_a_claim_that_is_paused_stays_paused_for_the_same_reason_in_its_new_round():
    claim = at_township()
    cases.pause(claim.case, at=LATER)
    objections.follow(LATER)
    assert claims.again(claim).status == "paused"
    back = restated(claim)
    assert (back.status, back.stage, back.round) == ("paused", 0, 1)
    with pytest.raises(MoveRefused):
        claims.passed_on(back, claims.DESK, at=LATER)


def test_nothing_of_the_statement_is_in_clear_in_the_log_or_beside_the_officer():
    claim = restated(at_township(), by=county.officer(claims.TOWNSHIP_DESK, at=LATER), facts=POOR)
    assert {field.name for field in Scribe._meta.concrete_fields} == {"id", "claim", "account", "at"}
    entries = LogEntry.objects.filter(ref_id=claim.pk, schema__in=("claim.restate/1", "claim.pass_on/1"))
    assert entries
    held = " ".join(f"{entry.public} {entry.private}" for entry in entries)
    for told in ("1960-05-01", "rural", "children", claims.number(), "欧阳"):
        assert told not in held
