"""The calendar: holidays and make-up workdays, entered from the notice that announces them. An act in the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.memo import forget
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import Refused
from chengnuo.people.models import AnnouncedDay

MOST = 60  # a year's notice has about thirty-five


class NothingAnnounced(Refused):
    code = "nothing-announced"
    sentence = N_("The notice has no day in it.")
    remedy = N_("Write at least one holiday or one make-up workday.")


class TooManyDays(Refused):
    code = "too-many-days"
    sentence = N_("These are more days than a year's notice has.")
    remedy = N_("Look whether a range has a wrong year in it.")


class DayTwice(Refused):
    code = "day-twice"
    sentence = N_("A day stands in both lists: it cannot be a holiday and a workday.")
    remedy = N_("Take it out of one of them.")


class YearPast(Refused):
    code = "year-past"
    sentence = N_("A day lies in a year that is over: what was due then stays as it was.")
    remedy = N_("Enter days of this year or of a later one.")


class SourceMissing(Refused):
    code = "source-missing"
    sentence = N_("A day needs the notice that announces it.")
    remedy = N_("Write who announced it, and the notice's number and date.")


def announce_days(
    *, free: Sequence[date], worked: Sequence[date], source: str, by: Actor, at: datetime, key: UUID
) -> int:
    """Enters one notice whole: a year with any of its days entered counts as announced. Returns how many days it has.

    Deadlines that run through these years are computed again afterwards (outbox).
    """
    said = {"free": list(free), "worked": list(worked), "source": source}
    with act("people.announce_day/1", by=by, at=at, key=key, said=said) as a:
        a.permit()
        days = _days(free, worked, local_date(at))
        if not (origin := plain(source)):
            raise SourceMissing
        rows = [AnnouncedDay(day=day, is_workday=works, source=origin) for day, works in days.items()]
        AnnouncedDay.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["day"], update_fields=["is_workday", "source"]
        )
        forget()
        lists = {name: " ".join(map(str, sorted(each))) for name, each in (("free", free), ("worked", worked))}
        a.record("calendar", min(days), Trace(office=None), lists)
        for year in sorted({day.year for day in days}):
            a.tell(a.schema, year=str(year))
        return len(days)


def _days(free: Sequence[date], worked: Sequence[date], today: date) -> dict[date, bool]:
    """Each day with whether it is worked. Raises what is wrong with them."""
    days = dict.fromkeys(free, False) | dict.fromkeys(worked, True)
    if not days:
        raise NothingAnnounced
    if len(days) > MOST:
        raise TooManyDays
    if set(free) & set(worked):
        raise DayTwice
    if min(days).year < today.year:
        raise YearPast
    return days
