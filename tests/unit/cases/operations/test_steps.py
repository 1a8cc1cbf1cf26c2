"""Steps of other offices: what is asked, who may end it how, and that the count of what is open never lies."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.cases.models import Case, Chapter, Step
from chengnuo.cases.operations import steps
from chengnuo.foundation.actor import resident
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from chengnuo.people.models import Office
from chengnuo.promises.models import Duty
from tests.factories import cases, county
from tests.factories.cases import BUREAU_DESK, DESK, HEAD, HOUR, TOWNSHIP_DESK, TOWNSHIP_HEAD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
OTHER = "civil-affairs"
THEIRS = f"{OTHER}.desk"
# way: the status it leads to, and what becomes of what the other office owed
WAYS = {
    "answer": ("answered", "kept"),
    "cannot": ("not_possible", "kept"),
    "hand_back": ("handed_back", "discharged"),
    "take_back": ("taken_back", "discharged"),
}


@pytest.fixture
def case():
    return cases.ask()


def help_asked(case, *, post=DESK, words="请派人一起上门"):
    return cases.does(steps.ask_help, case, post, at=NOW, words=words)


def test_what_is_asked_lies_with_the_other_counter_and_the_case_stays(case):
    before = cases.duty_of(case)
    step = cases.ask_step(case, OTHER, at=NOW, needs_name=True)
    assert (step.status, step.sort, step.needs_name) == ("asked", "fact", True)
    assert (step.office.key, step.holder.key, step.asked_by.key, step.asked_at) == (OTHER, THEIRS, DESK, NOW)
    now = cases.again(case)
    assert (now.open_steps, now.holder_id, now.status) == (1, case.holder_id, "received")
    owed = Duty.objects.get(subject_id=step.pk)
    assert (owed.kind, owed.holder.key, owed.office.key, owed.outcome) == ("step", THEIRS, OTHER, "")
    after = cases.duty_of(case)
    assert (after.due_at, after.outcome) == (before.due_at, before.outcome), "the family's own clock never waits"


def test_the_words_stand_in_the_story_sealed_and_signed(case):
    step = cases.ask_step(case, OTHER, at=NOW, words="  请核对户口地址  ")
    assert (step.chapter.case_id, step.chapter.move, step.chapter.post.key) == (case.pk, "ask_step", DESK)
    assert cases.opened(step.chapter.words, of=case.pk) == "请核对户口地址"
    cases.end_step(step, "answer", THEIRS, at=NOW + HOUR, words="地址一致")
    told = Chapter.objects.filter(case=case).order_by("at", "pk").last()
    assert (told.move, told.post.key, cases.opened(told.words, of=case.pk)) == ("answer", THEIRS, "地址一致")


def test_help_is_asked_of_the_office_above_alone(case):
    step = help_asked(case)
    assert (step.sort, step.office.key, step.holder.key) == ("help", county.TOWNSHIP, TOWNSHIP_DESK)
    assert (
        Duty.objects.get(subject_id=step.pk).promise.promise.key
        != Duty.objects.get(subject_id=cases.ask_step(case, OTHER, at=NOW).pk).promise.promise.key
    ), "each sort has a promise of its own"


@pytest.mark.parametrize("words", ["", " ", "\n\t\r\n", "\u3000"])
@pytest.mark.parametrize("ask", [lambda case, words: cases.ask_step(case, OTHER, at=NOW, words=words), lambda case, words: help_asked(case, words=words)])  # fmt: skip
def test_nothing_is_asked_with_empty_words(case, ask, words):
    with pytest.raises(steps.NothingAsked):
        ask(case, words)
    assert not Step.objects.exists()
    assert cases.again(case).open_steps == 0


@pytest.mark.parametrize("office", [county.VILLAGE, cases.ELSEWHERE, cases.TOWNSHIP_ELSEWHERE, "city-supervision"])
def test_an_office_that_is_not_near_is_not_asked(case, office):
    with pytest.raises(steps.NotThatOffice):
        cases.ask_step(case, office, at=NOW)


def test_an_office_that_was_closed_or_never_was_is_not_asked(case):
    Office.objects.filter(key=OTHER).update(closed_on=NOW.date())
    for office in (cases.office(OTHER).pk, uuid4()):
        with pytest.raises(steps.NotThatOffice):
            cases.does(steps.ask, case, DESK, at=NOW, office=office, words="请核对", needs_name=False)


def test_a_step_in_a_complaint_is_guarded_and_never_reaches_the_office_complained_about():
    case = cases.complaint("health-bureau", name="王桂兰")
    step = cases.ask_step(case, OTHER, at=NOW, post=cases.CITY_HEAD)
    assert (step.is_guarded, step.about_office.key) == (True, "health-bureau")
    assert Duty.objects.get(subject_id=step.pk).hidden_from.key == "health-bureau"
    with pytest.raises(steps.NotThatOffice):
        cases.ask_step(case, "health-bureau", at=NOW, post=cases.CITY_HEAD)


@pytest.mark.parametrize("how", WAYS)
def test_each_way_in_which_it_ends(case, how):
    status, outcome = WAYS[how]
    step = cases.ask_step(case, OTHER, at=NOW)
    moved = cases.end_step(step, how, DESK if how == "take_back" else THEIRS, at=NOW + HOUR)
    assert (moved.status, cases.again(case).open_steps) == (status, 0)
    assert Duty.objects.get(subject_id=step.pk).outcome == outcome
    assert cases.duty_of(case).outcome == ""


@pytest.mark.parametrize("second", WAYS)
@pytest.mark.parametrize("first", WAYS)
def test_what_has_ended_ends_no_second_time(case, first, second):
    step = cases.ask_step(case, OTHER, at=NOW)
    cases.end_step(step, first, DESK if first == "take_back" else THEIRS, at=NOW)
    chapters = Chapter.objects.filter(case=case).count()
    with pytest.raises(MoveRefused):
        cases.end_step(step, second, DESK if second == "take_back" else THEIRS, at=NOW)
    assert cases.again(case).open_steps == 0, "never below nothing"
    assert Chapter.objects.filter(case=case).count() == chapters


# who: what they may do with a step that was asked of another office
MAY = {
    DESK: {"take_back"},
    THEIRS: {"answer", "cannot", "hand_back"},
    f"{OTHER}.head": {"answer", "cannot", "hand_back"},
    HEAD: set(),
    TOWNSHIP_HEAD: set(),
    BUREAU_DESK: set(),
    "education-bureau.head": set(),
}


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("who", MAY)
def test_who_may_end_it(case, who, how):
    step = cases.ask_step(case, OTHER, at=NOW)
    if how in MAY[who]:
        assert cases.end_step(step, how, who, at=NOW).status == WAYS[how][0]
    else:
        with pytest.raises(NotHere):
            cases.end_step(step, how, who, at=NOW)
        assert Step.objects.get().status == "asked"


@pytest.mark.parametrize("how", WAYS)
def test_a_step_that_never_was_is_not_here(how):
    with pytest.raises(NotHere):
        cases.end_step(Step(pk=uuid4()), how, THEIRS, at=NOW)


def test_a_family_ends_no_step_of_its_own_case(case):
    step = cases.ask_step(case, OTHER, at=NOW)
    with pytest.raises(NotAllowed):
        steps.take_back(step=step.pk, by=resident(case.pk), at=NOW, key=uuid4())


@pytest.mark.parametrize("how", ["answer", "cannot", "hand_back"])
def test_words_that_are_never_recorded_leave_the_step_open(case, how):
    step = cases.ask_step(case, OTHER, at=NOW)
    with pytest.raises(NotForTheRecord):
        cases.end_step(step, how, THEIRS, at=NOW, words="她怀孕了")
    assert (Step.objects.get().status, cases.again(case).open_steps) == ("asked", 1)


def test_whoever_withdraws_frees_those_who_had_not_answered_and_no_other(case):
    done, still, other = (cases.ask_step(case, key, at=NOW) for key in (OTHER, "education-bureau", county.TOWNSHIP))
    elsewhere = cases.ask_step(cases.ask(), OTHER, at=NOW)
    cases.end_step(done, "answer", THEIRS, at=NOW)
    cases.withdraw(case, at=NOW + HOUR)
    found = dict(Step.objects.values_list("pk", "status"))
    assert found == {done.pk: "answered", still.pk: "dropped", other.pk: "dropped", elsewhere.pk: "asked"}
    assert {Duty.objects.get(subject_id=step.pk).outcome for step in (still, other)} == {"discharged"}
    assert cases.again(case).open_steps == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([None, *WAYS]), max_size=6))
def test_the_count_of_what_is_open_is_what_is_open(ways):
    """Only at nothing may a case be finished."""
    case = cases.ask()
    for how in ways:
        step = cases.ask_step(case, OTHER, at=NOW)
        if how:
            cases.end_step(step, how, DESK if how == "take_back" else THEIRS, at=NOW)
    still = Step.objects.filter(case=case, status="asked").count()
    assert still == ways.count(None)
    assert Case.objects.get(pk=case.pk).open_steps == still
    if still:
        with pytest.raises(MoveRefused) as refused:
            cases.finish(case, at=NOW)
        assert refused.value.facts["why"] == "no_open_steps"
    else:
        assert cases.finish(case, at=NOW).status == "done"
