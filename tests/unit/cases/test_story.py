"""Who signs a step: of several posts the one that has to do with the case, and who only helps signs as a helper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chengnuo.cases.models import Chapter
from chengnuo.cases.operations import answer, baton, handle
from chengnuo.foundation.actor import RESIDENT, Actor, Hat, resident
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
NOW = county.MONDAY
OTHER = f"{cases.ELSEWHERE}.desk"
ABOVE = cases.BUREAU_DESK  # stands before the township in the order of keys


def wearing(*posts: str) -> Actor:
    """One officer with all these posts, in this order."""
    first, *others = [county.officer(post) for post in posts]
    return replace(first, hats=tuple(hat for each in (first, *others) for hat in each.hats))


def helping(case, *posts: str) -> Actor:
    officer = wearing(*posts)
    return replace(officer, hats=(*officer.hats, Hat(RESIDENT)), holds=frozenset({case.pk}))


def signer(case, move: str) -> str:
    post = Chapter.objects.select_related("post").get(case=case, move=move).post
    return post.key if post else ""


@pytest.mark.parametrize("posts", [(cases.DESK, OTHER), (OTHER, cases.DESK)])
def test_the_holder_signs_whatever_other_posts_they_have(posts):
    case = cases.ask()
    cases.does(handle.finish, case, wearing(*posts), at=NOW, result="办好了")
    assert signer(case, "finish") == cases.DESK


@pytest.mark.parametrize("posts", [(cases.TOWNSHIP_DESK, ABOVE), (ABOVE, cases.TOWNSHIP_DESK)])
def test_who_was_asked_to_take_it_signs_the_refusal(posts):
    case = cases.offer(cases.ask(), cases.TOWNSHIP_DESK, at=NOW)
    cases.does(baton.decline, case, wearing(*posts), at=NOW, words="不归我们")
    assert signer(case, "decline") == cases.TOWNSHIP_DESK


@pytest.mark.parametrize(
    ("posts", "signs"),
    [
        ((OTHER,), OTHER),
        ((f"{cases.ELSEWHERE}.head", OTHER), OTHER),
        ((OTHER, f"{cases.ELSEWHERE}.head"), OTHER),
        (("health-bureau.auditor", OTHER), OTHER),
        (("health-bureau.auditor",), "health-bureau.auditor"),
        (("health-bureau.auditor", "health-bureau.account-admin"), "health-bureau.auditor"),
    ],
)
def test_a_helper_signs_with_the_counter_else_with_the_first_post(posts, signs):
    case = cases.finish(cases.ask(), at=NOW)
    cases.does(answer.say_resolved, case, helping(case, *posts), at=NOW, words="")
    assert signer(case, "say_resolved") == signs


def test_the_family_alone_signs_with_no_post():
    case = cases.finish(cases.ask(), at=NOW)
    cases.does(answer.say_resolved, case, resident(case.pk), at=NOW, words="")
    assert signer(case, "say_resolved") == ""


# nobody speaks for a family about their own office's work

WORDS = ("case.say_resolved", "case.say_not", "case.withdraw")


@pytest.mark.parametrize(
    ("posts", "may"),
    [
        ((OTHER,), True),
        ((cases.TOWNSHIP_DESK,), True),
        ((cases.BUREAU_DESK,), True),
        ((cases.DESK,), False),
        ((cases.HEAD,), False),
        ((f"{county.VILLAGE}.supervisor",), False),
        ((OTHER, cases.HEAD), False),
    ],
)
@pytest.mark.parametrize("action", WORDS)
def test_one_hat_of_the_office_is_enough_to_be_silent(posts, may, action):
    case = cases.finish(cases.ask(), at=NOW)
    by = helping(case, *posts)
    assert gate.allows(by, action, case) == may
    assert gate.allows(by, "case.see", case)


@pytest.mark.parametrize("operation", [answer.say_resolved, answer.say_not])
def test_the_operation_itself_refuses_it(operation):
    case = cases.finish(cases.ask(), at=NOW)
    with pytest.raises(NotHere):
        cases.does(operation, case, helping(case, cases.HEAD), at=NOW, words="")


@pytest.mark.parametrize("action", [*WORDS, "case.see", "case.withdraw", "case.supply"])
def test_a_complaint_is_never_there_for_the_office_complained_about(action):
    case = cases.complaint()
    assert not gate.allows(helping(case, cases.DESK), action, case)
    assert gate.allows(helping(case, OTHER), action, case)


@pytest.mark.parametrize("posts", [(), (OTHER,), (cases.TOWNSHIP_DESK, "civil-affairs.head")])
def test_without_the_receipt_no_post_speaks_for_a_family(posts):
    """Also with the resident's hat on for another case."""
    case, other = cases.finish(cases.ask(), at=NOW), cases.ask()
    by = helping(other, *posts) if posts else resident(other.pk)
    assert not any(gate.allows(by, action, case) for action in (*WORDS, "case.withdraw"))
