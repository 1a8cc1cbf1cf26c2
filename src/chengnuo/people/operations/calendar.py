"""The calendar: holidays and make-up workdays, entered from the notice that announces them. An act in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.memo import forget
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import Refused
from chengnuo.people.models import AnnouncedDay, AnnouncedYear, CalendarChange

DECEMBER = 12
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


class YearWithoutDays(Refused):
    code = "year-without-days"
    sentence = N_("This is called the whole notice of a year of which it has no day.")
    remedy = N_("Look whether the year is right, or leave it out: then the days are entered by themselves.")


class OtherYear(Refused):
    code = "other-year"
    sentence = N_("The notice of a year has only its own days, and the last days of December before it. Not in it:")
    remedy = N_("Look whether the year is right.")


class SourceMissing(Refused):
    code = "source-missing"
    sentence = N_("A day needs the notice that announces it.")
    remedy = N_("Write who announced it, and the notice's number and date.")


class NotEntered(Refused):
    code = "not-entered"
    sentence = N_("This day was not entered here.")
    remedy = N_("Go back to the list of days.")


class ChangedSince(Refused):
    code = "changed-since"
    sentence = N_("The calendar was changed once more meanwhile, or nothing is left to undo.")
    remedy = N_("Go back to the list of days and look at it again.")


@dataclass(frozen=True)
class Days:
    """What is to stand: by date whether it is worked, and why; by year why it counts as announced; None for nothing entered."""

    days: dict[str, list[Any] | None] = field(default_factory=dict)
    years: dict[str, str | None] = field(default_factory=dict)

    @property
    def touched(self) -> list[int]:
        """The years whose deadlines are computed again."""
        return sorted({int(day[:4]) for day in self.days} | set(map(int, self.years)))


def announced(*, free: Sequence[date], worked: Sequence[date], year: int | None, source: str, at: datetime) -> Days:
    """What a notice would let stand. Raises what is wrong with it."""
    days = _days(free, worked, local_date(at))
    if year and year not in {day.year for day in days}:
        raise YearWithoutDays
    if year and (other := [day for day in days if not _belongs(day, year)]):
        raise OtherYear(words="、".join(map(str, sorted(other))))
    if not (origin := plain(source)):
        raise SourceMissing
    return Days(
        days={str(day): [works, origin] for day, works in days.items()}, years={str(year): origin} if year else {}
    )


def announce_days(
    *, free: Sequence[date], worked: Sequence[date], year: int | None, source: str, by: Actor, at: datetime, key: UUID
) -> int:
    """Enters a notice, and returns how many days it has. Only where it is said to be the whole notice of a `year` does that year
    count as announced: single days leave its deadlines provisional. What runs through it is computed again (outbox).
    """
    said = {"free": list(free), "worked": list(worked), "year": year, "source": source}
    with act("people.announce_day/1", by=by, at=at, key=key, said=said) as a:
        a.permit()
        after = announced(free=free, worked=worked, year=year, source=source, at=at)
        _change(a, after, plain(source))
        return len(after.days)


def take_out(*, day: date, source: str, by: Actor, at: datetime, key: UUID) -> None:
    """Takes a day out that was entered; the week, or the national calendar, says again what it is."""
    with act("people.announce_day/1", by=by, at=at, key=key, said={"take_out": day, "source": source}) as a:
        a.permit()
        if not AnnouncedDay.objects.filter(day=day).exists():
            raise NotEntered
        if day.year < local_date(at).year:
            raise YearPast
        if not (why := plain(source)):
            raise SourceMissing
        _change(a, Days(days={str(day): None}), why)


def undo(*, change: UUID, by: Actor, at: datetime, key: UUID) -> None:
    """The last change in reverse, and itself a change. Raises ChangedSince, YearPast."""
    with act("people.announce_day/1", by=by, at=at, key=key, said={"undo": change}) as a:
        a.permit()
        last = CalendarChange.objects.order_by("-at", "-pk").first()
        if last is None or last.pk != change:
            raise ChangedSince
        before = Days(**last.before)
        if before.touched[0] < local_date(at).year:
            raise YearPast
        _change(a, before, last.source)


def _change(a: Act, after: Days, source: str) -> None:
    """Lets it stand, keeps what stood before, and tells whoever computes deadlines."""
    known = {str(row.day): [row.is_workday, row.source] for row in AnnouncedDay.objects.filter(day__in=after.days)}
    years = {str(row.year): row.source for row in AnnouncedYear.objects.filter(year__in=after.years)}
    before = Days(
        days={day: known.get(day) for day in after.days}, years={year: years.get(year) for year in after.years}
    )
    AnnouncedDay.objects.filter(day__in=after.days).delete()
    AnnouncedYear.objects.filter(year__in=after.years).delete()
    entered = {day: row for day, row in after.days.items() if row}
    AnnouncedDay.objects.bulk_create(
        AnnouncedDay(day=d, is_workday=row[0], source=row[1]) for d, row in entered.items()
    )
    AnnouncedYear.objects.bulk_create(AnnouncedYear(year=int(y), source=why) for y, why in after.years.items() if why)
    CalendarChange.objects.create(at=a.at, source=source, before=asdict(before), after=asdict(after))
    forget()
    lists = {
        "free": " ".join(sorted(day for day, row in entered.items() if not row[0])),
        "worked": " ".join(sorted(day for day, row in entered.items() if row[0])),
        "out": " ".join(sorted(set(after.days) - set(entered))),
    }
    a.record("calendar", min([*after.days, *after.years]), Trace(office=None), lists)
    for year in after.touched:
        a.tell(a.schema, year=str(year))


def _belongs(day: date, year: int) -> bool:
    """The new year's holiday may begin before it."""
    return day.year == year or (day.year, day.month) == (year - 1, DECEMBER)


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
