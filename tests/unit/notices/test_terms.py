"""How long a notice runs: the first day is not counted; the last is a workday, or all that count are."""

from __future__ import annotations

from datetime import date

import pytest

from chengnuo.notices.terms import counted_from, last_day
from chengnuo.people.models import Office
from chengnuo.policies.loader import national_calendar
from tests.factories import county

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("begins", "days", "working", "ends"),
    [
        (MONDAY, 7, False, date(2026, 3, 9)),
        (MONDAY, 7, True, date(2026, 3, 11)),
        (date(2026, 2, 28), 7, False, date(2026, 3, 9)),  # its last day is a Saturday
        (date(2026, 2, 9), 7, False, date(2026, 2, 24)),  # … or lies in the Spring Festival
        (date(2026, 2, 9), 5, True, date(2026, 2, 14)),  # a make-up Saturday counts
    ],
)
def test_days_are_counted_as_the_county_says(begins, days, working, ends):
    assert counted_from(begins, days, calendar=national_calendar(), working=working) == ends


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize("key", [county.VILLAGE, county.TOWNSHIP, "health-bureau"])
def test_every_level_has_its_days(key):
    assert last_day(Office.objects.get(key=key), begins=MONDAY) == date(2026, 3, 9)
