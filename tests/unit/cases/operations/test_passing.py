"""What a post leaves behind, errand by errand: which cases pass, to whom, who is asked to take them, and what stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.cases.models import Case, Chapter
from chengnuo.cases.operations import baton, passing
from chengnuo.foundation.models import Errand
from chengnuo.people.models import Holding, Post
from tests.factories import cases, county
from tests.factories.cases import DAY, DESK, HEAD, HOUR, TOWNSHIP_DESK, TOWNSHIP_HEAD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
TODAY = NOW.date()
LEFT, FILLED = "people.post_vacated", "people.post_filled"
# the state of a case when its officer leaves: whether it passes, and whether the newcomer is asked to take it
STATES = {
    "received": (lambda case: case, True, True),
    "waiting": (lambda case: cases.ask_once(case, at=NOW), True, True),
    "paused": (lambda case: cases.pause(case, at=NOW), True, True),
    "done": (lambda case: cases.finish(case, at=NOW), True, False),
    "refused": (lambda case: cases.refuse(case, at=NOW), False, False),
    "withdrawn": (lambda case: cases.withdraw(case, at=NOW), False, False),
    "closed": (lambda case: cases.say_resolved(cases.finish(case, at=NOW), at=NOW), False, False),
}


@pytest.fixture(autouse=True)
def officers():
    for key in (DESK, HEAD, TOWNSHIP_HEAD):
        county.officer(key)


def leaves(post=DESK, *, ends=TODAY):
    holding = Holding.objects.get(post__key=post, ends=None)
    Holding.objects.filter(pk=holding.pk).update(ends=ends)
    return holding


def errand(topic=LEFT, **payload):
    return Errand.objects.create(topic=topic, handler="test", payload=payload, created_at=NOW, next_at=NOW)


def vacated(holding, *, until=NOW + HOUR, at=NOW + HOUR):
    found = errand(holding=str(holding.pk), until=until.isoformat())
    passing.post_vacated(found, at)
    return found


def filled(post=DESK, *, at=NOW + 2 * HOUR):
    found = errand(FILLED, post=str(Post.objects.get(key=post).pk))
    passing.post_filled(found, at)
    return found


def hands(case):
    now = cases.again(case)
    asked = now.offered_to.key if now.offered_to else ""
    return now.holder.key, asked, now.passed_from.key if now.passed_from else ""


@pytest.mark.parametrize("state", STATES)
def test_what_is_open_passes_and_what_has_ended_stays(state):
    bring, passes, _offered = STATES[state]
    case = bring(cases.ask())
    vacated(leaves())
    assert hands(case) == ((HEAD, "", DESK) if passes else (DESK, "", ""))
    assert cases.again(case).status == state, "passing on changes nothing for the family"
    assert Chapter.objects.filter(case=case, move="pass_on", post=None).count() == passes


@pytest.mark.parametrize("state", STATES)
def test_where_the_newcomer_is_there_already_they_are_asked_for_what_is_under_way(state):
    bring, passes, offered = STATES[state]
    case = bring(cases.ask())
    holding = leaves()
    county.officer(DESK)
    vacated(holding)
    assert hands(case) == ((HEAD, DESK if offered else "", DESK) if passes else (DESK, "", ""))


@pytest.mark.parametrize("state", STATES)
def test_whoever_fills_the_post_later_is_asked_for_what_is_under_way(state):
    bring, passes, offered = STATES[state]
    case = bring(cases.ask())
    vacated(leaves())
    county.officer(DESK)
    filled()
    assert hands(case)[1] == (DESK if offered else "")
    assert Chapter.objects.filter(case=case, move="offer").count() == offered
    assert hands(case)[0] == (HEAD if passes else DESK), "until the newcomer accepts"


def test_every_duty_goes_along():
    case = cases.ask()
    vacated(leaves())
    assert cases.duty_of(case).holder.key == HEAD


@pytest.mark.parametrize("ends", [None, TODAY + DAY])
def test_while_somebody_is_still_in_office_nothing_passes(ends):
    case = cases.ask()
    vacated(leaves(ends=ends))
    assert hands(case) == (DESK, "", "")


def test_of_a_holding_that_never_was_nothing_passes():
    case = cases.ask()
    vacated(Holding(pk=uuid4()))
    assert hands(case) == (DESK, "", "")


@pytest.mark.parametrize(("seconds", "holder"), [(-1, HEAD), (0, HEAD), (1, DESK)])
def test_what_came_in_after_the_post_was_left_is_the_newcomer_s_own(seconds, holder):
    case = cases.ask(at=NOW + timedelta(seconds=seconds))
    vacated(leaves(), until=NOW)
    assert hands(case)[0] == holder


@pytest.mark.parametrize(("asked", "after"), [(TOWNSHIP_DESK, TOWNSHIP_DESK), (HEAD, "")])
def test_whoever_was_asked_stays_asked_unless_it_is_the_head_who_has_it_now(asked, after):
    case = cases.ask()
    cases.offer(case, asked, at=NOW)
    vacated(leaves())
    assert hands(case) == (HEAD, after, DESK)


@pytest.mark.parametrize(
    ("gone", "holder"), [((), HEAD), ((HEAD,), TOWNSHIP_HEAD), ((HEAD, TOWNSHIP_HEAD), cases.BUREAU_HEAD)]
)
def test_the_nearest_head_who_is_there_has_them(gone, holder):
    county.officer(cases.BUREAU_HEAD)
    case = cases.ask()
    for post in gone:
        leaves(post)
    vacated(leaves())
    assert hands(case)[0] == holder


def test_only_the_newcomer_s_own_post_is_offered_what_it_left():
    mine, other = cases.ask(), cases.ask(village="420526102201")
    county.officer(f"{cases.ELSEWHERE}.head")
    vacated(leaves())
    county.officer(f"{cases.ELSEWHERE}.desk")
    filled(f"{cases.ELSEWHERE}.desk")
    assert hands(mine)[1] == hands(other)[1] == ""


def test_a_post_that_nobody_fills_after_all_is_asked_for_nothing():
    case = cases.ask()
    vacated(leaves())
    filled()
    assert hands(case) == (HEAD, "", DESK)


def test_an_errand_that_is_done_again_does_nothing_more():
    """As after a power cut between the act and the mark that it was done."""
    case = cases.ask()
    again = vacated(leaves())
    version = cases.again(case).version
    passing.post_vacated(again, NOW + 2 * HOUR)
    assert cases.again(case).version == version
    county.officer(DESK)
    again = filled()
    version = cases.again(case).version
    passing.post_filled(again, NOW + 3 * HOUR)
    assert cases.again(case).version == version


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(many=st.integers(0, 5), chunk=st.integers(1, 3))
def test_chunk_by_chunk_every_case_passes_once(monkeypatch, many, chunk):
    with monkeypatch.context() as patch:
        patch.setattr(passing, "A_CHUNK", chunk)
        county.officer(DESK)
        mine = {cases.ask().pk for _ in range(many)}
        holding, rounds = leaves(), 0
        while Case.objects.filter(pk__in=mine, holder__key=DESK).exists():
            vacated(holding)
            rounds += 1
    assert rounds == -(-many // chunk), "a chunk at a time, the last one smaller"
    assert Chapter.objects.filter(case__in=mine, move="pass_on").count() == many


def test_the_complaint_goes_up_and_what_it_is_about_passes_like_the_rest():
    """The village's head has left too, so that the township's is next, who looked into the complaint until now."""
    judged, other = cases.ask(at=NOW - HOUR), cases.ask(at=NOW - HOUR)
    complaint = cases.complaint(case=judged.pk, name="王桂兰")
    leaves(HEAD)
    vacated(leaves())
    assert hands(judged) == hands(other) == (TOWNSHIP_HEAD, "", DESK), "nothing tells the village which one it is"
    lifted = cases.again(complaint)
    assert lifted.holder.office.level == lifted.office.level == "county"
    assert cases.duty_of(complaint).holder == lifted.holder
    assert (lifted.township, lifted.bureau) == (None, lifted.office), "and whoever has the case does not list it"


def test_a_complaint_does_not_pass_to_whoever_has_the_case_now():
    """The township's head has left with its desk, and the bureau above took the case since."""
    case = cases.ask(at=NOW - HOUR)
    complaint = cases.complaint(case=case.pk, name="王桂兰", at=NOW - HOUR)
    for post in (cases.BUREAU_HEAD, TOWNSHIP_DESK):
        county.officer(post)
    cases.offer(case, cases.BUREAU_DESK, at=NOW)
    cases.does(baton.accept, case, cases.BUREAU_DESK, at=NOW)
    leaves(TOWNSHIP_HEAD)
    vacated(leaves(TOWNSHIP_DESK))
    assert cases.again(complaint).holder.key == cases.CITY_HEAD


def test_with_nobody_above_who_could_judge_instead_all_stays():
    judged, other = cases.ask(at=NOW - HOUR), cases.ask(at=NOW - HOUR)
    for taker in (TOWNSHIP_DESK, cases.BUREAU_DESK):
        cases.offer(judged, taker, at=NOW, post=cases.again(judged).holder.key)
        cases.does(baton.accept, judged, taker, at=NOW)
    cases.offer(judged, DESK, at=NOW, post=cases.BUREAU_DESK)
    cases.does(baton.accept, judged, DESK, at=NOW)
    assert cases.complaint(case=judged.pk, name="王桂兰").office.level == "city"
    county.officer(cases.CITY_HEAD)
    for gone in (HEAD, TOWNSHIP_HEAD):
        leaves(gone)
    vacated(leaves())
    assert hands(judged) == hands(other) == (DESK, "", "")
