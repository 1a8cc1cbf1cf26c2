"""Somebody leaves: their cases pass to the head of the office, and the next officer accepts them one by one."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.cases.models import Case
from chengnuo.cases.operations import passing
from chengnuo.foundation import clock, outbox
from chengnuo.foundation.models import LogEntry
from chengnuo.people.models import Account, Holding, Post
from chengnuo.people.operations import accounts, posts
from chengnuo.promises.models import Duty
from tests.factories import cases, county, desk
from tests.factories.cases import DAY, DESK, HEAD, HOUR, TOWNSHIP_DESK, TOWNSHIP_HEAD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
TODAY = NOW.date()
ADMIN = "health-bureau.account-admin"


@pytest.fixture(autouse=True)
def officers():
    for key in (DESK, HEAD, TOWNSHIP_HEAD):
        county.officer(key)


def vacate(post, *, ends=TODAY):
    holding = Holding.objects.get(post__key=post, ends=None)
    return posts.vacate_post(
        holding=holding.pk, ends=ends, by=county.officer(ADMIN, at=clock.now()), at=clock.now(), key=uuid4()
    )


def fill(post, *, begins=TODAY, username="li.na"):
    Account.objects.get_or_create(username=username, defaults={"name": "李娜（演示）"})
    where = Post.objects.get(key=post).pk
    said = {"by": county.officer(ADMIN, at=clock.now()), "at": clock.now(), "key": uuid4()}
    return posts.fill_post(post=where, username=username, begins=begins, **said)


def drain():
    done = outbox.drain(clock.now(), "test")
    assert done.failed == 0
    return done


def hands(case):
    now = cases.again(case)
    return now.holder.key, now.offered_to.key if now.offered_to else ""


def test_the_head_has_them_until_the_newcomer_accepts_each(monday):
    first, second = cases.ask(), cases.ask()
    other = cases.ask(village="420526102201")
    vacate(DESK)
    drain()
    assert hands(first) == hands(second) == (HEAD, "")
    assert cases.duty_of(first).holder.key == HEAD
    assert hands(other) == (f"{cases.ELSEWHERE}.desk", "")
    assert first.number in desk.said(cases.at_desk(HEAD).get("inbox"))
    assert "A head answers for the case now" in cases.told(first)[-1]
    monday.move(HOUR)
    fill(DESK)
    drain()
    assert hands(first) == hands(second) == (HEAD, DESK)
    assert "You have been asked to take these" in desk.said(cases.at_desk(DESK).get("inbox"))
    assert cases.deed(first, "accept", DESK).status_code == 302
    assert hands(first) == (DESK, "")
    assert cases.again(first).passed_from is None
    assert hands(second) == (HEAD, DESK)
    assert cases.duty_of(first).holder.key == DESK


def test_what_the_newcomer_sends_back_stays_with_the_head_and_is_not_offered_again(monday):
    case = cases.ask()
    vacate(DESK)
    fill(DESK)
    drain()
    assert hands(case) == (HEAD, DESK)
    cases.deed(case, "decline", DESK, words="我不熟悉这件事")
    monday.move(DAY)
    assert drain().tried == 0
    assert hands(case) == (HEAD, "")


def test_on_the_day_itself_and_not_before(monday):
    case = cases.ask()
    vacate(DESK, ends=TODAY + timedelta(days=3))
    drain()
    assert hands(case) == (DESK, "")
    monday.move(2 * DAY)
    late = cases.ask(at=clock.now())
    monday.move(DAY)
    drain()
    assert hands(case) == hands(late) == (HEAD, "")


def test_an_end_that_was_put_off_passes_nothing(monday):
    case = cases.ask()
    held = vacate(DESK, ends=TODAY + timedelta(days=2))
    vacate_again = {"holding": held.pk, "ends": TODAY + timedelta(days=9), "by": county.officer(ADMIN), "at": NOW}
    posts.vacate_post(**vacate_again, key=uuid4())
    monday.move(3 * DAY)
    drain()
    assert hands(case) == (DESK, "")
    monday.move(7 * DAY)
    drain()
    assert hands(case) == (HEAD, "")


def test_a_worker_that_slept_leaves_the_newcomer_what_is_theirs(monday):
    old = cases.ask()
    vacate(DESK)
    fill(DESK)
    monday.move(HOUR)
    new = cases.ask(at=clock.now())
    drain()
    assert hands(old) == (HEAD, DESK)
    assert hands(new) == (DESK, "")


def test_the_cases_of_a_head_go_to_the_head_above():
    case = cases.offer(cases.ask(), HEAD, at=NOW)
    cases.deed(case, "accept", HEAD)
    vacate(HEAD)
    drain()
    assert hands(case) == (TOWNSHIP_HEAD, "")


def test_where_no_head_is_there_either_they_stay_with_the_post():
    case = cases.ask(village="420526102201")
    county.officer(f"{cases.ELSEWHERE}.desk")
    vacate(f"{cases.ELSEWHERE}.desk")
    drain()
    assert hands(case) == (f"{cases.ELSEWHERE}.desk", "")


def test_closing_an_account_passes_what_every_post_of_it_held():
    case = cases.ask()
    account = county.account_of(DESK)
    accounts.close_account(account=account.pk, by=county.officer(ADMIN), at=NOW, key=uuid4())
    drain()
    assert hands(case) == (HEAD, "")


def test_whoever_was_asked_already_is_still_asked():
    asked = cases.offer(cases.ask(), TOWNSHIP_DESK, at=NOW)
    to_head = cases.offer(cases.ask(), HEAD, at=NOW)
    done = cases.finish(cases.ask(), at=NOW)
    closed = cases.say_resolved(cases.finish(cases.ask(), at=NOW), at=NOW)
    vacate(DESK)
    fill(DESK)
    drain()
    assert hands(asked) == (HEAD, TOWNSHIP_DESK)
    assert hands(to_head) == (HEAD, DESK)
    # said done: nobody has to take it, but the head answers should the family say that it is not resolved
    assert hands(done) == (HEAD, "")
    assert hands(closed) == (DESK, "")
    assert cases.say_not(cases.again(done), at=NOW + HOUR).holder.key == HEAD


def test_many_cases_pass_in_chunks_and_none_twice(monkeypatch):
    monkeypatch.setattr(passing, "A_CHUNK", 2)
    many = [cases.ask() for _ in range(5)]
    vacate(DESK)
    fill(DESK)
    drain()
    assert {hands(case) for case in many} == {(HEAD, DESK)}
    assert LogEntry.objects.filter(schema="case.pass_on/1", ref_kind="case").count() == 5
    assert not Duty.objects.filter(holder__key=DESK, subject_kind="case", outcome="").exists()
    assert Case.objects.filter(passed_from__key=DESK).count() == 5
