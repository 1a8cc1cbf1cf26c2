"""How long a notice runs: dated policy data, by level and place."""

from __future__ import annotations

from datetime import date, timedelta

from chengnuo.core.deadlines import Calendar
from chengnuo.people.codes import codes_of
from chengnuo.people.models import Office
from chengnuo.policies.loader import parameters
from chengnuo.promises import queries as promises

DAY = timedelta(days=1)
WORKING = "working"


def last_day(office: Office, *, begins: date) -> date:
    """The last day on which a notice that begins on a day is shown. The first day is not counted (Civil Code, art. 201)."""
    code = codes_of([office.place_id], on=begins).get(office.place_id, "")
    days = parameters().whole(f"notices.{office.level}_days", begins, code)
    counted = parameters().at("notices.counted", begins, code).value
    return counted_from(begins, days, calendar=promises.calendar(), working=counted == WORKING)


def counted_from(begins: date, days: int, *, calendar: Calendar, working: bool) -> date:
    """So many workdays after a day; or so many days, and where the last is free the next workday (Civil Code, art. 203)."""
    if working:
        return calendar.plus_workdays(begins, days)
    last = begins + DAY * days
    return last if calendar.is_workday(last) else calendar.next_workday(last)
