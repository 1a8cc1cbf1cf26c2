"""What the national pack holds: limits of procedure, and the workdays of the years that are announced."""

from datetime import date, timedelta

import pytest

from chengnuo.core.deadlines import parse
from chengnuo.policies.loader import national_calendar, parameters

TODAY = date(2026, 11, 24)
MAKE_UP = {
    2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}
LIMITS = [
    ("missing_list", 5, "working days", "A"),
    ("grace_percent", 50, "percent", "D"),
    ("grace_least_days", 5, "working days", "D"),
    ("escalation_step", 10, "working days", "D"),
    ("escalation_answer", 3, "working days", "D"),
    ("answer_silence", 15, "working days", "D"),
    ("complaint_reply", 15, "days", "A"),
    ("office_opens", "08:30", "clock time", "D"),
    ("office_closes", "17:30", "clock time", "D"),
    ("inclusion_promise", 3600, "seconds", "D"),
    ("small_cell", 5, "people", "D"),
    ("review_application", 60, "days", "D"),
    ("court_suit", 6, "months", "D"),
]


@pytest.mark.parametrize(("name", "value", "unit", "certainty"), LIMITS)
def test_limit(name, value, unit, certainty):
    found = parameters().at(f"limits.{name}", TODAY)

    assert (found.value, found.unit, found.certainty) == (value, unit, certainty)


def test_every_pause_has_a_longest_in_working_days():
    pauses = [name for name in parameters().names() if name.startswith("limits.pause_")]

    assert [name.removeprefix("limits.pause_") for name in pauses] == [
        "expert",
        "family",
        "hearing",
        "other_office",
    ]
    assert all(parse(f"working_days({parameters().whole(name, TODAY)})") for name in pauses)


@pytest.mark.parametrize("year", MAKE_UP)
def test_the_weekend_days_on_which_people_work(year):
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    weekends = [day for day in days if day.isoweekday() > 5]

    assert [f"{day:%m-%d}" for day in weekends if national_calendar().is_workday(day)] == MAKE_UP[year]


@pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
def test_how_many_workdays_a_year_has(year, workdays):
    first = date(year, 1, 1) - timedelta(days=1)

    assert national_calendar().workdays_between(first, date(year, 12, 31)) == workdays


def test_2027_is_not_announced_and_nor_are_the_last_days_before_it():
    calendar = national_calendar()

    assert [calendar.announced(day) for day in (date(2026, 12, 28), date(2026, 12, 29), date(2027, 1, 1))] == [
        True,
        False,
        False,
    ]
    assert calendar.announced(date(2025, 12, 31))
    assert calendar.is_workday(date(2027, 1, 1)), "the bare week, until the notice says otherwise"
