"""A notice of holidays moves what runs through it, wherever it is provisional, and nothing that is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from chengnuo.core.deadlines import Reading, last_day, reading
from chengnuo.foundation import memo, outbox
from chengnuo.foundation.models import Errand
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import NotAllowed
from chengnuo.people.models import AnnouncedDay, AnnouncedYear
from chengnuo.people.operations.calendar import (
    DayTwice,
    NothingAnnounced,
    SourceMissing,
    TooManyDays,
    YearPast,
    YearWithoutDays,
    announce_days,
)
from chengnuo.promises.models import Duty
from chengnuo.promises.operations import clocks, escalation
from chengnuo.promises.queries import to_compute
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATE = datetime(2026, 12, 30, 2, tzinfo=UTC)  # a Wednesday; the days of 2027 are not announced
NEW_YEAR = [date(2027, 1, 1) + n * DAY for n in range(3)]
SOURCE = "国办发明电〔2026〕7号"


@pytest.fixture(autouse=True)
def _the_calendar_is_asked_anew():
    yield
    memo.forget()


@pytest.fixture
def admin():
    return county.officer("health-bureau.account-admin")


def announce(admin, free=(), worked=(), year=None, source=SOURCE, at=county.MONDAY):
    return announce_days(free=free, worked=worked, year=year, source=source, by=admin, at=at, key=uuid4())


def told(at):
    """The worker does what the act left behind."""
    return outbox.drain(at, "test")


def test_a_deadline_in_a_year_without_a_calendar_is_provisional_and_moves_with_the_notice(admin):
    case = cases.ask(at=LATE)
    before = cases.duty_of(case)
    assert before.is_provisional
    days = {"free": [*NEW_YEAR, date(2027, 1, 4)], "worked": [date(2027, 1, 9)]}
    assert announce(admin, **days, year=2027, at=county.MONDAY) == 5
    assert told(LATE).done == 1
    after = cases.duty_of(case)
    assert not after.is_provisional
    assert last_day(before.due_at) == date(2027, 1, 1)
    assert last_day(after.due_at) == date(2027, 1, 5)
    assert after.next_at == after.due_at


def test_a_single_day_moves_the_deadline_and_leaves_it_provisional(admin):
    """One day is not a calendar: the other holidays of its year may still come."""
    case = cases.ask(at=LATE)
    before = cases.duty_of(case)
    announce(admin, free=[date(2027, 1, 1)])
    told(LATE)
    after = cases.duty_of(case)
    assert after.due_at == before.due_at + 3 * DAY, "Friday, and a weekend"
    assert after.is_provisional
    assert not AnnouncedYear.objects.exists()


def test_many_deadlines_are_computed_again_in_several_errands(admin, monkeypatch):
    """Each in a transaction of its own: nobody waits for all of them."""
    monkeypatch.setattr(clocks, "CHUNK", 2)
    asked = [cases.ask(at=LATE) for _ in range(3)]
    before = {case.pk: cases.duty_of(case).due_at for case in asked}
    announce(admin, free=[date(2027, 1, 1)])
    live = Duty.objects.filter(outcome="").count()
    assert told(LATE).done == live // 2 + 1
    assert all(cases.duty_of(case).due_at > before[case.pk] for case in asked)
    assert told(LATE).done == 0


def test_the_whole_notice_may_be_said_again(admin):
    for source in ("国办", "国办（更正）"):
        announce(admin, free=NEW_YEAR, year=2027, source=source)
    assert AnnouncedYear.objects.values_list("year", "source").get() == (2027, "国办（更正）")


def test_what_was_broken_before_the_notice_came_stays_broken(admin):
    """Whenever the worker hears of it: the public has read it as broken."""
    case = cases.ask(at=LATE)
    broken_at = cases.duty_of(case).broken_at
    announce(admin, free=[last_day(broken_at) - DAY, last_day(broken_at)])
    told(broken_at + DAY)
    after = cases.duty_of(case)
    assert after.broken_at == broken_at
    assert reading(after, broken_at + DAY) is Reading.BROKEN


def test_a_correction_of_an_announced_year_moves_what_runs_through_it(admin):
    case = cases.ask(at=county.MONDAY)
    before = cases.duty_of(case)
    announce(admin, free=[last_day(before.due_at)])
    told(county.MONDAY)
    assert last_day(cases.duty_of(case).due_at) == last_day(before.due_at) + DAY


def test_what_has_ended_and_what_runs_elsewhere_stays(admin):
    ended, running = cases.ask(at=county.MONDAY), cases.ask(at=county.MONDAY)
    cases.finish(ended, at=county.MONDAY)
    before = [cases.duty_of(case).due_at for case in (ended, running)]
    announce(admin, free=NEW_YEAR)
    told(county.MONDAY)
    assert [cases.duty_of(case).due_at for case in (ended, running)] == before


def test_what_was_asked_of_an_office_above_still_does_not_go_up_itself(admin):
    cases.ask(at=county.MONDAY)
    while escalation.escalate_due(at=county.MONDAY + 4 * DAY):
        pass
    asked = Duty.objects.filter(kind="answer")
    assert asked.exists()
    announce(admin, free=[date(2026, 3, 9)])
    told(county.MONDAY + 4 * DAY)
    assert not asked.exclude(next_at=None).exists()


def test_a_notice_of_two_years_leaves_an_errand_for_each(admin):
    announce(admin, free=[date(2026, 12, 31), *NEW_YEAR])
    left = Errand.objects.filter(topic="people.announce_day/1")
    assert sorted(errand.payload["year"] for errand in left) == ["2026", "2027"]


def test_how_many_wait_to_be_computed_again_is_told_until_none_does(admin, monkeypatch):
    monkeypatch.setattr(clocks, "CHUNK", 2)
    ended, *_running = [cases.ask(at=county.MONDAY) for _ in range(4)]
    cases.withdraw(ended, at=county.MONDAY)
    assert to_compute() == 0
    announce(admin, free=[date(2026, 3, 9)])
    waited = [to_compute()]
    while told(county.MONDAY).tried:
        waited.append(to_compute())
    assert waited[0] >= 3, "the three cases, and what is owed to the public"
    assert waited == sorted(waited, reverse=True)
    assert waited[-1] == 0


def test_a_later_notice_wins(admin):
    announce(admin, free=NEW_YEAR)
    announce(admin, worked=[NEW_YEAR[0]], source="更正")
    row = AnnouncedDay.objects.get(day=NEW_YEAR[0])
    assert (row.is_workday, row.source) == (True, "更正")
    assert AnnouncedDay.objects.count() == 3


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({}, NothingAnnounced),
        ({"free": NEW_YEAR, "worked": NEW_YEAR[:1]}, DayTwice),
        ({"free": [date(2025, 12, 31)]}, YearPast),
        ({"free": [date(2027, 1, 1) + n * DAY for n in range(61)]}, TooManyDays),
        ({"free": NEW_YEAR, "source": "  "}, SourceMissing),
        ({"free": NEW_YEAR, "year": 2028}, YearWithoutDays),
        ({"free": NEW_YEAR, "source": "她怀孕了"}, NotForTheRecord),
    ],
)
def test_what_cannot_be_a_notice_is_refused_whole(admin, said, refusal):
    with pytest.raises(refusal):
        announce(admin, **said)
    assert not AnnouncedDay.objects.exists()
    assert not AnnouncedYear.objects.exists()
    assert not Errand.objects.filter(topic="people.announce_day/1").exists()


def test_only_the_administrator_announces():
    for key in ("health-bureau.head", "health-bureau.auditor", f"{county.TOWNSHIP}.head"):
        with pytest.raises(NotAllowed):
            announce(county.officer(key), free=NEW_YEAR)
