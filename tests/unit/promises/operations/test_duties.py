"""Duties as the laws of promises want them: set once, broken for ever, one live of a kind, closed with what was asked above."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.core.deadlines import Reading, reading
from chengnuo.people.models import Post
from chengnuo.promises.internal.tallies import tallies
from chengnuo.promises.models import Duty, Outcome, Pause
from chengnuo.promises.operations import clocks, duties
from chengnuo.promises.operations.duties import OUTCOMES
from tests.factories import cases, county, owed

pytestmark = pytest.mark.django_db
AT = county.MONDAY
HOUR = timedelta(hours=1)


def live(**fields):
    duty = owed.duty(county.VILLAGE, opened=AT, **fields)
    duty.save()
    return duty


def fresh(duty):
    return Duty.objects.get(pk=duty.pk)


ENDS = [
    # after how many hours of a promise of five days, broken after ten; done or discharged; what is written
    ("in time", 0, False, Outcome.KEPT),
    ("at the due instant", 120, False, Outcome.KEPT),
    ("late", 121, False, Outcome.KEPT_LATE),
    ("at the broken instant", 240, False, Outcome.KEPT_LATE),
    ("broken", 241, False, Outcome.BROKEN),
    ("no longer wanted", 5, True, Outcome.DISCHARGED),
    ("no longer wanted, late", 200, True, Outcome.DISCHARGED),
    ("no longer wanted, but broken before", 241, True, Outcome.BROKEN),
]


@pytest.mark.parametrize(("what", "hours", "discharged", "outcome"), ENDS, ids=[row[0] for row in ENDS])
def test_the_outcome_is_what_the_instants_say(what, hours, discharged, outcome):
    duty, at = live(), AT + hours * HOUR
    duties.close(duty, at=at, discharged=discharged)
    found = fresh(duty)

    assert found.outcome == outcome == OUTCOMES[reading(found, at)]
    assert (found.ended_at, found.discharged_at) == ((None, at) if discharged else (at, None))
    assert found.next_at is None


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400), st.integers(0, 400), st.booleans())
def test_what_was_written_once_reads_the_same_for_ever(db, ended, asked, discharged):
    duty = live()
    duties.close(duty, at=AT + ended * HOUR, discharged=discharged)

    assert OUTCOMES[reading(fresh(duty), AT + asked * HOUR)] == fresh(duty).outcome


def test_what_was_asked_of_offices_above_ends_with_it():
    duty = live()
    duty.parent = None
    asked = [live(parent=duty, kind="answer"), live(parent=duty, kind="answer")]
    other = live(parent=live(), kind="answer")
    duties.close(duty, at=AT + 6 * owed.DAY)

    # freed, never kept: nobody above was heard
    assert [fresh(each).outcome for each in asked] == [Outcome.DISCHARGED, Outcome.DISCHARGED]
    assert fresh(other).outcome == ""


def test_only_the_named_kinds_of_the_named_subjects_end():
    serve, redo, other = live(), live(kind="redo"), live()
    duties.end(kinds=["serve"], subjects=[serve.subject_id, redo.subject_id], at=AT)

    assert [fresh(each).outcome for each in (serve, redo, other)] == ["kept", "", ""]


def test_there_is_one_live_duty_of_a_kind():
    duty = live()
    with pytest.raises(IntegrityError), transaction.atomic():
        live(subject_id=duty.subject_id)
    duties.close(duty, at=AT)
    live(subject_id=duty.subject_id)


WRONG = [
    ("an outcome without its instant", {"outcome": "kept"}),
    ("an instant without its outcome", {"ended_at": AT}),
    ("done and discharged", {"outcome": "kept", "ended_at": AT, "discharged_at": AT}),
    ("discharged and called kept", {"outcome": "kept", "discharged_at": AT}),
    ("broken before it is due", {"due_at": AT + owed.DAY, "broken_at": AT}),
    ("paused without an end", {"paused_at": AT}),
]


@pytest.mark.parametrize("fields", [row[1] for row in WRONG], ids=[row[0] for row in WRONG])
def test_the_table_refuses(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        live(**fields)


@pytest.mark.parametrize("due", [AT - owed.DAY, AT, AT + owed.DAY])
def test_what_an_act_breaks_reads_as_broken_whenever_it_was_due(due):
    case = cases.ask()
    duty = fresh(duties.break_now(kind="notice", noun=case, due_at=due, at=AT))

    assert duty.outcome == Outcome.BROKEN
    assert reading(duty, AT) is Reading.ENDED_BROKEN
    assert duty.due_at < AT


def test_what_an_act_breaks_is_counted_in_the_month_of_the_act_whose_figures_are_not_frozen_yet():
    duty = fresh(duties.break_now(kind="notice", noun=cases.ask(), due_at=AT - 40 * owed.DAY, at=AT))

    assert duty.due_at == AT - 40 * owed.DAY
    assert sum(tally.count for tally in tallies(AT - owed.DAY, AT) if tally.column == "broken") == 1


def test_handing_over_moves_what_is_live_and_not_what_others_were_asked():
    duty, done = live(), live(kind="redo")
    Duty.objects.filter(pk=done.pk).update(subject_id=duty.subject_id)
    duties.close(done, at=AT)
    asked = live(parent=duty, kind="answer", subject_id=duty.subject_id)
    desk = Post.objects.get(key=f"{county.VILLAGE}.desk")
    duties.hand_over(subjects=[duty.subject_id], holder=desk.pk)

    assert [fresh(each).holder_id == desk.pk for each in (duty, done, asked)] == [True, False, False]


def test_a_pause_at_its_longest_is_given_back_when_the_clock_runs_again():
    case = cases.ask()
    before = cases.duty_of(case)
    cases.pause(case, at=AT + HOUR)
    paused = cases.duty_of(case)
    assert paused.due_at > before.due_at
    assert paused.pause_ends_at == Pause.objects.get(duty=paused).ends_at_latest
    clocks.resume(kinds=["serve"], subjects=[case.pk], at=AT + 2 * HOUR)

    after = cases.duty_of(case)
    assert (after.due_at, after.broken_at, after.next_at) == (before.due_at, before.broken_at, before.next_at)
    assert after.paused_at is None
    assert Pause.objects.get(duty=paused).resumed_at == AT + 2 * HOUR


@pytest.mark.parametrize("ends", [duties.end, duties.discharge])
def test_what_ends_during_a_pause_ends_the_pause_with_it(ends):
    case = cases.ask()
    cases.pause(case, at=AT + HOUR)
    ends(kinds=["serve"], subjects=[case.pk], at=AT + 2 * HOUR)

    duty = Duty.objects.get(subject_id=case.pk, kind="serve")
    assert (duty.paused_at, duty.pause_ends_at) == (None, None)
    assert Pause.objects.get(duty=duty).resumed_at == AT + 2 * HOUR


def test_a_pause_that_was_over_keeps_its_end_when_the_duty_ends():
    case = cases.ask()
    cases.pause(case, at=AT + HOUR)
    clocks.resume(kinds=["serve"], subjects=[case.pk], at=AT + 2 * HOUR)
    duties.end(kinds=["serve"], subjects=[case.pk], at=AT + 3 * HOUR)

    assert Pause.objects.get().resumed_at == AT + 2 * HOUR


def test_to_start_a_clock_again_takes_no_broken_promise_back():
    """The pause ran out, the promise was broken, and only then somebody pressed the button."""
    case = cases.ask()
    cases.pause(case, at=AT + HOUR)
    paused = cases.duty_of(case)
    late = paused.broken_at + HOUR
    Duty.objects.filter(pk=paused.pk).update(
        broken_at=paused.broken_at - 2 * owed.DAY, due_at=paused.due_at - 2 * owed.DAY
    )
    clocks.resume(kinds=["serve"], subjects=[case.pk], at=late)

    after = cases.duty_of(case)
    assert after.broken_at == paused.broken_at - 2 * owed.DAY
    assert (after.paused_at, reading(after, late)) == (None, Reading.BROKEN)
