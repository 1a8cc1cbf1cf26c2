"""When something is due, and when its promise is broken: one table, each row a sentence. All times are the county's."""

from datetime import UTC, date, datetime, time

import pytest

from chengnuo.core.deadlines import Grace, Hours, deadline, last_day, parse
from chengnuo.core.instants import SHANGHAI
from chengnuo.policies.loader import national_calendar

HOURS = Hours(closes=time(17, 30))
GRACE = Grace(percent=50, least_days=5)
FIRM, PROVISIONAL = "firm", "provisional"

CASES = [
    # sentence, received, rule, last day, last day before broken, standing
    ("Tuesday morning, three working days: Friday", "2026-11-24 10:00", "working_days(3)", "2026-11-27", "2026-12-04", FIRM),
    ("before the door opens still counts that day", "2026-11-24 06:00", "working_days(3)", "2026-11-27", "2026-12-04", FIRM),
    ("a minute before closing counts that day", "2026-11-24 17:29", "working_days(3)", "2026-11-27", "2026-12-04", FIRM),
    ("at closing time it counts as the next day", "2026-11-24 17:30", "working_days(3)", "2026-11-30", "2026-12-07", FIRM),
    ("Friday evening counts as Monday", "2026-11-27 18:00", "working_days(3)", "2026-12-03", "2026-12-10", FIRM),
    ("Saturday noon counts as Monday", "2026-11-28 12:00", "working_days(3)", "2026-12-03", "2026-12-10", FIRM),
    ("a Sunday on which people work is a day of receipt", "2026-01-04 10:00", "working_days(1)", "2026-01-05", "2026-01-12", FIRM),
    ("a working Sunday's evening counts as Monday", "2026-01-04 19:00", "working_days(1)", "2026-01-06", "2026-01-13", FIRM),
    ("from a working Sunday over Mid-autumn, grace over National Day", "2026-09-20 10:00", "working_days(5)", "2026-09-28", "2026-10-10", FIRM),
    ("Spring Festival 2024: the Sunday before and the Sunday after are worked", "2024-02-04 10:00", "working_days(6)", "2024-02-18", "2024-02-23", FIRM),
    ("in Spring Festival 2024: counts as the working Sunday after it", "2024-02-12 10:00", "working_days(1)", "2024-02-19", "2024-02-26", FIRM),
    ("Spring Festival 2025: eight days stand still", "2025-01-27 09:00", "working_days(2)", "2025-02-06", "2025-02-12", FIRM),
    ("Spring Festival 2026: a working Saturday on each side", "2026-02-13 10:00", "working_days(5)", "2026-02-27", "2026-03-05", FIRM),
    ("National Day 2025: due on a working Saturday", "2025-09-30 09:00", "working_days(3)", "2025-10-11", "2025-10-17", FIRM),
    ("Labour Day 2024: two of its days are paid back", "2024-04-30 09:00", "working_days(4)", "2024-05-09", "2024-05-15", FIRM),
    ("half of twenty is ten, over Tomb-sweeping Day", "2026-03-02 09:00", "working_days(20)", "2026-03-30", "2026-04-14", FIRM),
    ("half of fifteen is eight", "2026-03-02 09:00", "working_days(15)", "2026-03-23", "2026-04-02", FIRM),
    ("calendar days end on a holiday and stay there", "2026-09-22 10:00", "calendar_days(15)", "2026-10-07", "2026-10-15", FIRM),
    ("calendar days that roll go on to the next workday", "2026-09-22 10:00", "calendar_days(15, rolls)", "2026-10-08", "2026-10-16", FIRM),
    ("sixty calendar days: thirty more before broken", "2026-03-02 09:00", "calendar_days(60)", "2026-05-01", "2026-05-31", FIRM),
    ("two calendar days: the least grace is five working days", "2026-11-24 10:00", "calendar_days(2)", "2026-11-26", "2026-12-03", FIRM),
    ("one day on, in a leap year, is 29 February", "2024-02-28 09:00", "calendar_days(1)", "2024-02-29", "2024-03-07", FIRM),
    ("from 29 February, one working day", "2024-02-29 09:00", "working_days(1)", "2024-03-01", "2024-03-08", FIRM),
    ("by 29 February in a leap year", "2024-02-01 09:00", "by(2, 29)", "2024-02-29", "2024-03-07", FIRM),
    ("by 29 February in a common year is the 28th", "2025-01-15 09:00", "by(2, 29)", "2025-02-28", "2025-03-07", FIRM),
    ("by a day, opened in that day's last hour, is that day", "2026-03-31 23:00", "by(3, 31)", "2026-03-31", "2026-04-08", FIRM),
    ("by a day that has passed is next year's", "2025-04-01 09:00", "by(3, 31)", "2026-03-31", "2026-04-08", FIRM),
    ("each month, by its last day", "2026-11-05 09:00", "every(month)", "2026-11-30", "2026-12-07", FIRM),
    ("each February, by its last day", "2024-02-06 09:00", "every(month)", "2024-02-29", "2024-03-07", FIRM),
    ("a month's last evening still means that month", "2026-10-31 22:00", "every(month)", "2026-10-31", "2026-11-06", FIRM),
    ("each quarter, by its last day; grace over National Day", "2026-08-14 09:00", "every(quarter)", "2026-09-30", "2026-10-13", FIRM),
    ("each year, by its last day; the next one is announced", "2025-11-05 09:00", "every(year)", "2025-12-31", "2026-01-08", FIRM),
    ("at once: the same day", "2026-11-24 10:00", "at_once", "2026-11-24", "2026-12-01", FIRM),
    ("at once, in the evening: the next day", "2026-11-24 20:00", "at_once", "2026-11-25", "2026-12-02", FIRM),
    ("over the end of an announced year", "2025-12-30 09:00", "working_days(3)", "2026-01-05", "2026-01-12", FIRM),
    ("into 2027, not yet announced: 1 January counts, for the time being", "2026-12-10 09:00", "working_days(20)", "2027-01-07", "2027-01-21", PROVISIONAL),
    ("due in 2026, but broken only in 2027", "2026-12-25 09:00", "working_days(3)", "2026-12-30", "2027-01-06", PROVISIONAL),
    ("ends before the days that the notice for 2027 can still change", "2026-12-16 09:00", "working_days(3)", "2026-12-21", "2026-12-28", FIRM),
    ("ends on 29 December, which the notice for 2027 can still change", "2026-12-17 09:00", "working_days(3)", "2026-12-22", "2026-12-29", PROVISIONAL),
    ("a date in 2027 is sure, but when it is broken is not", "2026-11-24 09:00", "by(1, 31)", "2027-01-31", "2027-02-05", PROVISIONAL),
    ("from a year before the tables", "2023-12-28 09:00", "working_days(1)", "2023-12-29", "2024-01-08", PROVISIONAL),
]  # fmt: skip


def county(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("sentence", "received", "rule", "due", "broken", "standing"), CASES, ids=[row[0] for row in CASES]
)
def test_deadline(sentence, received, rule, due, broken, standing):
    found = deadline(parse(rule), county(received), national_calendar(), HOURS, GRACE)

    said = PROVISIONAL if found.provisional else FIRM
    assert (str(found.due), str(last_day(found.broken_at)), said) == (due, broken, standing)


def test_the_last_day_belongs_to_the_office_until_midnight():
    found = deadline(parse("working_days(3)"), county("2026-11-24 10:00"), national_calendar(), HOURS, GRACE)

    assert found.due_at == county("2026-11-28 00:00")
    assert found.due_at.utcoffset().total_seconds() == 0, "instants are kept in UTC"


def test_the_county_s_day_counts_not_that_of_london():
    late_in_london = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    assert deadline(parse("at_once"), late_in_london, national_calendar(), HOURS, GRACE).due == date(2026, 11, 24)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="says no time zone"):
        deadline(parse("at_once"), datetime(2026, 11, 24, 10), national_calendar(), HOURS, GRACE)  # noqa: DTZ001  # the mistake


def test_a_place_may_close_earlier_and_keep_its_own_festival():
    local = national_calendar().with_days({date(2026, 11, 25): False})
    found = deadline(parse("working_days(1)"), county("2026-11-24 16:00"), local, Hours(closes=time(16)), GRACE)

    assert (found.received, found.due) == (date(2026, 11, 26), date(2026, 11, 27))
    assert not local.announced(date(2027, 1, 4)), "a regional festival announces no year"
