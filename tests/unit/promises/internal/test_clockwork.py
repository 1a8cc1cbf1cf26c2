"""The calendar and the limits as they stand on the day on which they are asked."""

from datetime import UTC, datetime, timedelta

import pytest

from chengnuo.core.deadlines import end_of
from chengnuo.foundation.memo import forget
from chengnuo.people.models import AnnouncedDay
from chengnuo.promises.internal import clockwork
from chengnuo.promises.models import Pause
from tests.factories import county, owed

pytestmark = pytest.mark.django_db
AT = county.MONDAY  # Monday, 2 March 2026, ten in the morning


def day(text):
    return end_of(datetime.fromisoformat(text).date())


DUE = [
    # rule, received, due, broken: half the time again, five workdays at least
    ("working_days(5)", AT, "2026-03-09", "2026-03-16"),
    ("working_days(20)", AT, "2026-03-30", "2026-04-14"),  # Qingming on the sixth of April
    ("calendar_days(15)", AT, "2026-03-17", "2026-03-25"),
    ("at_once", AT, "2026-03-02", "2026-03-09"),
    ("every(month)", AT, "2026-03-31", "2026-04-08"),
    ("working_days(5)", AT + timedelta(hours=8), "2026-03-10", "2026-03-17"),  # after hours: received the next day
]  # fmt: skip


@pytest.mark.parametrize(("rule", "at", "due", "broken"), DUE)
def test_due_and_broken(rule, at, due, broken):
    found = clockwork.due(rule, at=at)

    assert (found.due_at, found.broken_at) == (day(due), day(broken))
    assert not found.provisional


def test_a_limit_is_so_many_workdays_from_now():
    assert clockwork.limit("limits.missing_list", at=AT) == day("2026-03-09")
    assert clockwork.limit("limits.answer_silence", at=AT) == day("2026-03-23")


@pytest.fixture
def _asked_anew():
    """What this test announces is not remembered by the next one."""
    yield
    forget()


@pytest.mark.usefixtures("_asked_anew")
def test_a_day_announced_by_the_administrator_counts_from_the_next_look():
    AnnouncedDay.objects.create(day="2026-03-05", is_workday=False, source="演示")
    forget()

    assert clockwork.due("working_days(5)", at=AT).due_at == day("2026-03-10")


def test_a_year_that_nobody_announced_gives_a_provisional_deadline():
    assert clockwork.due("working_days(20)", at=datetime(2026, 12, 20, 2, tzinfo=UTC)).provisional


@pytest.mark.parametrize(
    ("began", "latest", "resumed", "due"),
    [
        (1, 6, None, "2026-03-16"),  # it runs: at its longest
        (1, 6, 2, "2026-03-10"),  # one day was used
        (1, 6, 30, "2026-03-16"),  # nobody pauses longer than the longest
        (30, 40, None, "2026-03-09"),  # after the due instant a pause moves nothing
    ],
)
def test_a_pause_moves_the_due_day_by_what_it_took(began, latest, resumed, due):
    duty = owed.duty(county.VILLAGE, opened=AT)
    duty.deadline = "working_days(5)"
    pause = Pause(
        duty=duty,
        reason="expert",
        author="post",
        began_at=AT + began * owed.DAY,
        ends_at_latest=clockwork.limit("limits.missing_list", at=AT + began * owed.DAY)
        if latest == 6
        else AT + latest * owed.DAY,
        resumed_at=AT + resumed * owed.DAY if resumed else None,
    )

    assert clockwork.with_pauses(duty, [pause]).due_at == day(due)


def test_levels_are_told_at_due_at_broken_and_each_ten_workdays_after():
    duty = owed.duty(county.VILLAGE, opened=AT, due_at=day("2026-03-09"), broken_at=day("2026-03-16"))
    told = [clockwork.escalation_at(duty, level) for level in (1, 2, 3, 4)]

    assert told == [duty.due_at, duty.broken_at, day("2026-03-30"), day("2026-04-14")]
