"""Pauses move what is ahead by the days that they really took, and provisional deadlines are computed again."""

from datetime import UTC, date, datetime, time

import pytest

from chengnuo.core.deadlines import (
    Grace,
    Hours,
    Pause,
    deadline,
    escalation,
    last_day,
    parse,
    shifted,
)
from chengnuo.core.instants import SHANGHAI
from chengnuo.policies.loader import national_calendar

HOURS = Hours(closes=time(17, 30))
GRACE = Grace(percent=50, least_days=5)
RECEIVED = "2026-03-02 09:00"
DUE, BROKEN = "2026-03-16", "2026-03-23"  # working_days(10)

CASES = [
    # sentence, rule, pauses as (began, resumed or None, at the latest), last day, last day before broken
    ("no pause moves nothing", "working_days(10)", [], DUE, BROKEN),
    ("begun and ended on one day moves nothing", "working_days(10)", [("03-04 09:00", "03-04 17:00", "03-20")], DUE, BROKEN),
    ("Wednesday to Friday moves both by two", "working_days(10)", [("03-04 09:00", "03-06 09:00", "03-20")], "2026-03-18", "2026-03-25"),
    ("over a weekend, Friday to Monday is one working day", "working_days(10)", [("03-06 09:00", "03-09 09:00", "03-20")], "2026-03-17", "2026-03-24"),
    ("running, it counts at its longest", "working_days(10)", [("03-04 09:00", None, "03-11")], "2026-03-23", "2026-03-30"),
    ("resumed too late, it ends at its longest", "working_days(10)", [("03-04 09:00", "03-30 09:00", "03-11")], "2026-03-23", "2026-03-30"),
    ("two pauses add up", "working_days(10)", [("03-04 09:00", "03-06 09:00", "03-20"), ("03-10 09:00", "03-11 09:00", "03-20")], "2026-03-19", "2026-03-26"),
    ("their order in the list does not matter", "working_days(10)", [("03-10 09:00", "03-11 09:00", "03-20"), ("03-04 09:00", "03-06 09:00", "03-20")], "2026-03-19", "2026-03-26"),
    ("already late: only broken moves", "working_days(10)", [("03-18 09:00", "03-20 09:00", "03-30")], DUE, "2026-03-25"),
    ("already broken: nothing moves", "working_days(10)", [("03-25 09:00", "03-27 09:00", "03-30")], DUE, BROKEN),
    ("calendar days: Friday to Monday is three days", "calendar_days(15)", [("03-06 09:00", "03-09 09:00", "03-20")], "2026-03-20", "2026-03-28"),
    ("calendar days that roll, roll again", "calendar_days(15, rolls)", [("03-04 09:00", "03-08 09:00", "03-20")], "2026-03-23", "2026-03-30"),
    ("a day of the year moves by calendar days", "by(3, 16)", [("03-06 09:00", "03-09 09:00", "03-20")], "2026-03-19", "2026-03-26"),
]  # fmt: skip


def county(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def pause(began, resumed, latest):
    return Pause(
        reason="expert",
        author="Post 7",
        began_at=county(f"2026-{began}"),
        ends_at_latest=county(f"2026-{latest} 23:59"),
        resumed_at=county(f"2026-{resumed}") if resumed else None,
    )


@pytest.mark.parametrize(("sentence", "rule", "pauses", "due", "broken"), CASES, ids=[row[0] for row in CASES])
def test_pause(sentence, rule, pauses, due, broken):
    found = deadline(parse(rule), county(RECEIVED), national_calendar(), HOURS, GRACE)
    moved = shifted(found, [pause(*row) for row in pauses], national_calendar())

    assert (str(moved.due), str(last_day(moved.broken_at))) == (due, broken)


def test_a_pause_at_its_longest_ends_at_midnight_and_takes_no_day_more():
    calendar = national_calendar()
    found = deadline(parse("working_days(10)"), county(RECEIVED), calendar, HOURS, GRACE)
    longest = deadline(parse("working_days(5)"), county("2026-03-04 09:00"), calendar, HOURS, GRACE).due_at
    moved = shifted(found, [Pause("expert", "Post 7", county("2026-03-04 09:00"), longest)], calendar)

    assert calendar.workdays_between(found.due, moved.due) == 5


def test_a_provisional_deadline_is_computed_again_when_the_year_is_announced():
    received = county("2026-12-24 09:00")
    paused = [Pause("expert", "Post 7", county("2026-12-28 09:00"), county("2026-12-30 09:00"))]
    calendar = national_calendar()
    first = shifted(deadline(parse("working_days(5)"), received, calendar, HOURS, GRACE), paused, calendar)
    announced = calendar.with_days({date(2027, 1, 1): False, date(2027, 1, 3): True}).with_years([2027])
    second = shifted(deadline(parse("working_days(5)"), received, announced, HOURS, GRACE), paused, announced)

    assert (str(first.due), first.provisional) == ("2027-01-04", True)
    assert (str(second.due), second.provisional) == ("2027-01-04", False), "the Friday lost is the Sunday won"
    assert str(last_day(second.broken_at)) == "2027-01-11"


def test_it_goes_up_at_due_at_broken_and_then_each_ten_working_days():
    found = deadline(parse("working_days(10)"), county("2026-09-01 09:00"), national_calendar(), HOURS, GRACE)
    told = [escalation(found.due_at, found.broken_at, level, national_calendar(), 10) for level in (1, 2, 3, 4)]

    assert told[:2] == [found.due_at, found.broken_at]
    assert [str(last_day(instant)) for instant in told] == [
        "2026-09-15",
        "2026-09-21",
        "2026-10-12",
        "2026-10-26",
    ]


def test_an_instant_at_midnight_belongs_to_the_day_that_it_ends():
    assert last_day(datetime(2026, 11, 24, 16, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert last_day(datetime(2026, 11, 24, 16, 0, 1, tzinfo=UTC)) == date(2026, 11, 25)
