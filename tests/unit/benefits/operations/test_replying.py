"""A claimant says something to an objection: in their own words, put right until it is answered, read by who answers, never by who objected."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from chengnuo.benefits import queries
from chengnuo.benefits.models import Objection, Reply
from chengnuo.benefits.operations import objecting, replying
from chengnuo.benefits.operations.objecting import NotHeard
from chengnuo.benefits.operations.replying import AnsweredAlready, ReplyNeedsWords
from chengnuo.cases.operations import own_data, retention
from chengnuo.foundation.actor import Actor, Hat, resident, visitor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models.log import LogEntry
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import AlreadyReceived, KeyUsedOtherwise, NotAllowed, NotHere
from chengnuo.foundation.sealed import SealBroken
from chengnuo.people.roles import Role
from chengnuo.promises.models import Duty
from tests.factories import cases, claims, county
from tests.factories.objections import ANSWER, REPLY, answered, follow, made, noticed, replied

pytestmark = pytest.mark.django_db
NOW, DAY = county.MONDAY, claims.DAY
LATER = REPLY + "户口簿也在这里。"
LONG_AFTER = NOW + timedelta(days=3 * 366)


def helped(claim, post):
    """An officer to whom the claimant gave the code of the receipt."""
    officer = county.officer(post)
    hats = (*officer.hats, Hat(Role.VISITOR), Hat(Role.RESIDENT))
    return Actor(officer.name, hats, officer.account, frozenset({claim.case_id}), officer.signed_in_at)


def objected(**said):
    claim, *_others = noticed()
    return claim, made(claim, **said)


def words_of(objection):
    return [cases.opened(each.words, of=objection.pk) for each in objection.replies.order_by("number")]


def again(objection):
    return Objection.objects.get(pk=objection.pk)


def test_it_is_kept_beside_the_objection_in_the_claimants_own_words():
    claim, objection = objected()
    reply = replied(objection, f"  {REPLY}\n")
    assert words_of(objection) == [REPLY]
    assert (reply.number, reply.post, reply.at) == (1, None, NOW)
    assert (again(objection).replied, again(objection).status) == (1, "open")
    assert REPLY not in str(Reply.objects.values_list("words", flat=True))
    assert claim.case_id == objection.claim.case_id


def test_what_is_put_right_is_another_row_and_nothing_of_before_is_lost():
    claim, objection = objected()
    replied(objection)
    replied(objection, LATER, at=NOW + DAY)
    assert words_of(objection) == [REPLY, LATER]
    (rows,) = queries.replies(resident(claim.case_id), [again(objection)]).values()
    assert [each.number for each in rows] == [1, 2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(objection=objection, number=2, words="", at=NOW)


@pytest.mark.parametrize("upheld", [True, False])
def test_once_it_is_answered_nobody_replies_to_it_any_more(upheld):
    _claim, objection = objected()
    replied(objection)
    answered(objection, upheld=upheld, heard=1, at=NOW)
    with pytest.raises(AnsweredAlready):
        replied(objection, LATER, at=NOW + DAY)
    assert words_of(objection) == [REPLY]


def test_nor_to_one_that_was_withdrawn():
    _claim, objection = objected()
    cases.withdraw(objection.case, at=NOW)
    follow(NOW)
    with pytest.raises(AnsweredAlready):
        replied(objection)
    assert not Reply.objects.exists()


def test_the_same_form_twice_is_one_reply_also_after_the_answer():
    claim, objection = objected()
    key, by = uuid4(), resident(claim.case_id)
    told = {"objection": objection.pk, "by": by, "at": NOW, "key": key}
    replying.reply(**told, words=REPLY)
    answered(objection, heard=1, at=NOW)
    with pytest.raises(AlreadyReceived):
        replying.reply(**told, words=REPLY)
    with pytest.raises(KeyUsedOtherwise):
        replying.reply(**told, words=LATER)
    assert words_of(objection) == [REPLY]


@pytest.mark.parametrize("words", ["", " ", "\n\t"])
def test_it_has_words(words):
    _claim, objection = objected()
    with pytest.raises(ReplyNeedsWords):
        replied(objection, words)
    assert again(objection).replied == 0


def test_whoever_objected_a_neighbour_and_offices_write_and_read_none():
    claim, other, *_others = noticed()
    objection = made(claim, name="赵德柱")
    replied(objection)
    officers = (claims.DESK, claims.TOWNSHIP_DESK, cases.TOWNSHIP_HEAD, claims.BUREAU_DESK, f"{cases.ELSEWHERE}.desk")
    strangers = [resident(objection.case_id), resident(other.case_id), visitor()]
    for by in (*strangers, *map(county.officer, officers)):
        with pytest.raises((NotHere, NotAllowed)):
            replied(objection, "不是我写的。", by=by)
    for viewer in strangers:
        assert queries.replies(viewer, [again(objection)]) == {}
        with pytest.raises(NotHere):
            queries.objection(viewer, objection.pk, action="objection.see_reply")
    assert words_of(objection) == [REPLY]


def test_whoever_answers_it_reads_it_and_the_office_whose_finding_it_is_never_does():
    _claim, objection = objected()
    replied(objection)
    for post, reads in (
        (claims.TOWNSHIP_DESK, True),
        (cases.TOWNSHIP_HEAD, True),
        (claims.BUREAU_HEAD, True),
        (claims.DESK, False),
        (cases.HEAD, False),
        (f"{cases.TOWNSHIP_ELSEWHERE}.head", False),
    ):
        viewer = county.officer(post)
        assert bool(queries.replies(viewer, [again(objection)])) is reads, post
        assert gate.allows(viewer, "objection.see_reply", objection) is reads, post


def test_at_a_counter_the_officer_is_named_and_the_log_names_the_post():
    claim, objection = objected(name="赵德柱")
    counter = f"{cases.ELSEWHERE}.desk"
    assert replied(objection, by=helped(claim, counter)).post.key == counter
    entry = LogEntry.objects.get(schema="objection.reply/1")
    assert (entry.ref_kind, entry.ref_id) == ("objection", str(objection.pk))
    assert entry.private["by"] == str(cases.post_of(counter)), "the post, and no name"
    assert "身份证" not in f"{entry.public} {entry.private}"


@pytest.mark.parametrize("post", [claims.DESK, cases.HEAD, claims.TOWNSHIP_DESK, cases.TOWNSHIP_HEAD])
def test_neither_who_answers_nor_the_office_objected_to_writes_it_down(post):
    claim, objection = objected()
    with pytest.raises(NotHere):
        replied(objection, by=helped(claim, post))
    assert not Reply.objects.exists()


def test_what_is_never_recorded_an_officer_does_not_write_down_and_a_claimants_words_are_kept():
    claim, objection = objected()
    with pytest.raises(NotForTheRecord):
        replied(objection, "她怀孕了，先不办", by=helped(claim, f"{cases.ELSEWHERE}.desk"))
    replied(objection, "她怀孕了，先不办")
    assert words_of(objection) == ["她怀孕了，先不办"]


def test_no_clock_stands_still_for_it():
    claim, objection = objected()

    def owed():
        owes = Duty.objects.filter(subject_id__in=[objection.pk, claim.pk])
        return sorted(owes.values_list("pk", "due_at", "broken_at", "ended_at"))

    before, stage = owed(), claims.again(claim).stage
    replied(objection, at=NOW + DAY)
    assert (owed(), claims.again(claim).stage) == (before, stage)
    assert claims.again(claim).status == claim.status


@pytest.mark.parametrize("upheld", [True, False])
def test_nobody_answers_over_a_reply_that_they_have_not_read(upheld):
    _claim, objection = objected()
    replied(objection)
    with pytest.raises(NotHeard):
        answered(objection, upheld=upheld, at=NOW)
    replied(objection, LATER)
    with pytest.raises(NotHeard):
        answered(objection, upheld=upheld, heard=1, at=NOW)
    assert (again(objection).status, bool(again(objection).answer)) == ("open", False)
    assert answered(objection, upheld=upheld, heard=2, at=NOW).status == ("upheld" if upheld else "not_upheld")


def test_replies_without_end_keep_nobody_from_answering(monkeypatch):
    _claim, objection = objected()
    monkeypatch.setattr(replying, "MOST", 2)
    replied(objection)
    replied(objection, LATER)
    with pytest.raises(replying.RepliedOften):
        replied(objection)
    assert words_of(objection) == [REPLY, LATER]
    assert answered(objection, heard=2, at=NOW).status == "not_upheld"


def test_a_reply_that_nobody_read_is_not_taken_for_one_that_went_with_its_objection():
    claim, *_others = noticed()
    first, gone = made(claim), made(claim, words="另一份材料。")
    read = {replied(gone).name}
    cases.withdraw(gone.case, at=NOW)
    follow(NOW)
    replied(first)
    by = county.officer(claims.TOWNSHIP_DESK)
    with pytest.raises(NotHeard):
        objecting.reject(objection=first.pk, words=ANSWER, heard=read, by=by, at=NOW, key=uuid4())


def test_a_reply_to_another_that_is_answered_with_it_is_read_as_well():
    claim, *_others = noticed()
    first, second, apart = made(claim), made(claim, words="另一份材料。"), made(claim, ground="registration")
    replied(second)
    replied(apart)
    officer = county.officer(claims.TOWNSHIP_DESK)
    assert queries.together(officer, first) == [first, second]
    with pytest.raises(NotHeard):
        answered(first, at=NOW)
    answered(first, heard=1, at=NOW)
    assert [again(each).status for each in (first, second, apart)] == ["not_upheld", "not_upheld", "open"]
    assert queries.together(officer, again(first)) == [again(first)]
    assert queries.together(resident(claim.case_id), again(apart)) == [apart], "who answers nothing joins nothing"


def test_it_is_forgotten_with_the_claims_case():
    claim, objection = objected()
    replied(objection)
    replied(objection, LATER)
    answered(objection, heard=2, at=NOW)
    claims.refused(settled(claim), at=NOW + 12 * DAY)
    assert retention.forget_old(at=LONG_AFTER, limit=10) >= 1
    assert [bool(each.words) for each in Reply.objects.all()] == [False, False]
    assert not LogEntry.objects.filter(schema="objection.reply/1", salt__isnull=False).exists()


def settled(claim):
    """Before its decision, with everything else looked at."""
    at = NOW + 11 * DAY
    claim = claims.again(claim)
    while claim.stage + 1 < len(claim.stages):
        post = {"village": claims.DESK, "township": claims.TOWNSHIP_DESK, "county": claims.BUREAU_DESK}
        claim = claims.passed_on(claim, post[claim.stands_at.level], at=at)
    return claim


def test_when_whoever_objected_erases_everything_the_claimants_words_stay():
    _claim, objection = objected(name="赵德柱")
    replied(objection)
    cases.withdraw(objection.case, at=NOW)
    follow(NOW)
    own_data.erase(case=objection.case_id, by=resident(objection.case_id), at=NOW + DAY, key=uuid4())
    assert not again(objection).words
    assert words_of(objection) == [REPLY]


def test_it_opens_at_its_own_objection_alone():
    claim, objection = objected()
    other = made(claim, ground="registration")
    reply = replied(objection)
    assert cases.opened(Reply.objects.get(pk=reply.pk).words, of=objection.pk) == REPLY
    with pytest.raises(SealBroken):
        cases.opened(Reply.objects.get(pk=reply.pk).words, of=other.pk)
