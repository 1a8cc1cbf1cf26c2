"""What is true of every deadline, whatever its rule, its day and its pauses."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.deadlines import (
    AtOnce,
    By,
    CalendarDays,
    Every,
    Grace,
    Hours,
    Pause,
    WorkingDays,
    deadline,
    end_of,
    last_day,
    paused,
    shifted,
)
from chengnuo.policies.loader import national_calendar

CALENDAR = national_calendar()
HOURS = Hours(closes=time(17, 30))
GRACE = Grace(percent=50, least_days=5)
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001  # its bounds must be naive
DAYS = st.integers(1, 60)
COUNTED = st.builds(WorkingDays, DAYS)
RULES = st.one_of(
    COUNTED,
    st.builds(CalendarDays, DAYS, st.booleans()),
    st.builds(By, st.integers(1, 12), st.integers(1, 28)),
    st.builds(Every, st.sampled_from(["month", "quarter", "year"])),
    st.just(AtOnce()),
)
LENGTHS = st.timedeltas(timedelta(0), timedelta(days=40))


def due(rule, received):
    return deadline(rule, received, CALENDAR, HOURS, GRACE)


def working_days_left(instant, found):
    """A free day leaves as many as the workday after it, which is day zero."""
    day = last_day(instant)
    day = day if CALENDAR.is_workday(day) else CALENDAR.next_workday(day)
    return CALENDAR.workdays_between(day, found.due)


@given(RULES, INSTANTS)
def test_received_then_due_then_broken(rule, received):
    found = due(rule, received)

    assert received <= end_of(found.received) <= found.due_at < found.broken_at
    assert CALENDAR.workdays_between(found.due, last_day(found.broken_at)) >= GRACE.least_days


@given(COUNTED, INSTANTS)
def test_working_days_begin_and_end_on_workdays_and_are_all_there(rule, received):
    found = due(rule, received)

    assert CALENDAR.is_workday(found.received)
    assert CALENDAR.is_workday(found.due)
    assert CALENDAR.workdays_between(found.received, found.due) == rule.days


@given(RULES.filter(lambda rule: not isinstance(rule, By | Every)), INSTANTS, LENGTHS)
def test_who_comes_later_is_not_served_sooner(rule, received, later):
    assert due(rule, received).due <= due(rule, received + later).due


@given(RULES, INSTANTS, LENGTHS, LENGTHS)
def test_a_pause_never_makes_a_deadline_earlier(rule, received, after, length):
    found = due(rule, received)
    began = received + after
    moved = paused(found, began, began + length, CALENDAR)

    assert found.due_at <= moved.due_at
    assert found.broken_at <= moved.broken_at
    assert moved.due_at <= moved.broken_at


@given(COUNTED, INSTANTS, LENGTHS, LENGTHS)
def test_as_many_working_days_are_left_after_a_pause_as_before(rule, received, after, length):
    found = due(rule, received)
    began = min(received + after, found.due_at)
    moved = paused(found, began, began + length, CALENDAR)

    assert working_days_left(began + length, moved) == working_days_left(began, found)


@given(RULES, INSTANTS, LENGTHS, LENGTHS)
def test_a_clock_stopped_in_time_is_in_time_when_it_runs_again(rule, received, after, length):
    found = due(rule, received)
    began = min(received + after, found.due_at)

    assert paused(found, began, began + length, CALENDAR).due_at >= began + length


@given(st.builds(CalendarDays, DAYS), INSTANTS, LENGTHS, LENGTHS)
def test_as_many_calendar_days_are_left_after_a_pause_as_before(rule, received, after, length):
    found = due(rule, received)
    began = min(received + after, found.due_at)
    moved = paused(found, began, began + length, CALENDAR)

    assert moved.due - last_day(began + length) == found.due - last_day(began)


@given(COUNTED, INSTANTS, LENGTHS, LENGTHS, LENGTHS)
def test_one_long_pause_is_worth_two_that_meet(rule, received, after, first, second):
    found = due(rule, received)
    began = min(received + after, found.due_at)
    meet, end = began + first, began + first + second

    assert paused(found, began, end, CALENDAR) == paused(paused(found, began, meet, CALENDAR), meet, end, CALENDAR)


@given(COUNTED, INSTANTS, DAYS, LENGTHS)
def test_a_pause_never_counts_for_more_than_its_longest(rule, received, longest, resumed_after):
    found = due(rule, received)
    latest = due(WorkingDays(longest), received).due_at
    pause = Pause("expert", "Post 7", received, latest, received + resumed_after)
    moved = shifted(found, [pause], CALENDAR)

    # the longest of a pause begun in the evening is counted from the next workday, as a receipt is
    assert CALENDAR.workdays_between(found.due, moved.due) <= longest + 1
    assert moved.due_at <= shifted(found, [Pause("expert", "Post 7", received, latest)], CALENDAR).due_at


@given(RULES, INSTANTS)
def test_only_days_that_can_still_change_make_it_provisional(rule, received):
    found = due(rule, received)

    assert found.provisional == (last_day(found.broken_at) >= date(2026, 12, 29))
