"""A mistake in the calendar: days are taken out, the last change is undone and put back, and what stood before stands again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from chengnuo.foundation import memo
from chengnuo.foundation.models import Errand, LogEntry
from chengnuo.foundation.refused import NotAllowed
from chengnuo.people import registers
from chengnuo.people.models import AnnouncedDay, AnnouncedYear, CalendarChange
from chengnuo.people.operations import calendar
from chengnuo.people.operations.calendar import ChangedSince, Days, NotEntered, OtherYear, SourceMissing, YearPast
from tests.factories import county

pytestmark = pytest.mark.django_db
ADMIN = "health-bureau.account-admin"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FIRST = date(2027, 1, 1)
SOURCE = "国办发明电〔2026〕7号"


@pytest.fixture(autouse=True)
def _the_calendar_is_asked_anew():
    yield
    memo.forget()


class Keeper:
    """The administrator, a minute later with every change."""

    def __init__(self):
        self.at = county.MONDAY

    def said(self):
        self.at += MINUTE
        return {"by": county.officer(ADMIN, at=self.at), "at": self.at, "key": uuid4()}

    def announce(self, free=(), worked=(), year=None, source=SOURCE):
        calendar.announce_days(free=free, worked=worked, year=year, source=source, **self.said())

    def take_out(self, day, source="更正"):
        calendar.take_out(day=day, source=source, **self.said())

    def undo(self, change=None):
        calendar.undo(change=change or self.last().pk, **self.said())

    def last(self):
        return registers.last_change(county.officer(ADMIN))


def stands():
    days = AnnouncedDay.objects.order_by("day").values_list("day", "is_workday", "source")
    return list(days), list(AnnouncedYear.objects.order_by("year").values_list("year", "source"))


def test_a_day_that_is_taken_out_is_gone_and_its_years_are_computed_again():
    keeper = Keeper()
    keeper.announce(free=[FIRST, FIRST + DAY])
    Errand.objects.all().delete()
    keeper.take_out(FIRST)
    assert stands() == ([(FIRST + DAY, False, SOURCE)], [])
    assert [errand.payload["year"] for errand in Errand.objects.filter(topic="people.announce_day/1")] == ["2027"]
    entry = LogEntry.objects.filter(schema="people.announce_day/1").latest("written_at")
    assert "2027-01-01" in str(entry.private) + str(entry.public)
    with pytest.raises(NotEntered):
        keeper.take_out(FIRST)


def test_what_is_over_is_not_taken_out_and_not_without_a_reason():
    keeper = Keeper()
    AnnouncedDay.objects.create(day=date(2025, 12, 31), is_workday=False, source=SOURCE)
    keeper.announce(free=[FIRST])
    before = stands()
    with pytest.raises(YearPast):
        keeper.take_out(date(2025, 12, 31))
    with pytest.raises(SourceMissing):
        keeper.take_out(FIRST, source="  ")
    assert stands() == before


def test_undone_the_earlier_notice_stands_again_and_put_back_the_later_one():
    keeper = Keeper()
    keeper.announce(free=[FIRST], year=2027, source="first")
    first = stands()
    keeper.announce(worked=[FIRST], free=[FIRST + DAY], year=2027, source="second")
    second = stands()
    keeper.undo()
    assert stands() == first
    keeper.undo()
    assert stands() == second


def test_only_the_very_last_change_is_undone():
    keeper = Keeper()
    with pytest.raises(ChangedSince):
        keeper.undo(uuid4())
    keeper.announce(free=[FIRST])
    older = keeper.last().pk
    keeper.announce(free=[FIRST + DAY])
    with pytest.raises(ChangedSince):
        keeper.undo(older)
    assert len(stands()[0]) == 2


def test_a_change_of_a_year_that_is_over_stays():
    keeper = Keeper()
    keeper.announce(free=[date(2026, 12, 31), FIRST])
    keeper.at += timedelta(days=365)
    with pytest.raises(YearPast):
        keeper.undo()
    assert len(stands()[0]) == 2


def test_turns_tell_whether_the_last_change_is_undone_now():
    keeper = Keeper()
    keeper.announce(free=[FIRST])
    for wanted in range(4):
        assert registers.turns(keeper.last()) == wanted
        keeper.undo()
    keeper.announce(free=[FIRST + DAY])
    assert registers.turns(keeper.last()) == 0


@pytest.mark.parametrize(
    ("day", "fits"), [(date(2026, 12, 30), True), (date(2026, 11, 30), False), (date(2028, 1, 1), False)]
)
def test_the_notice_of_a_year_has_its_own_days_and_the_december_before(day, fits):
    said = {"free": [FIRST, day], "worked": [], "year": 2027, "source": SOURCE, "at": county.MONDAY}
    if fits:
        assert calendar.announced(**said).touched == [2026, 2027]
        return
    with pytest.raises(OtherYear) as refused:
        calendar.announced(**said)
    assert str(day) in str(refused.value.facts["words"])


def test_touched_years_are_those_of_days_and_of_whole_notices():
    assert Days({"2027-01-01": None, "2026-12-31": [True, "x"]}, {"2028": None}).touched == [2026, 2027, 2028]


@pytest.mark.parametrize("post", ["health-bureau.head", "health-bureau.auditor"])
def test_nobody_else_takes_out_or_undoes(post):
    keeper = Keeper()
    keeper.announce(free=[FIRST])
    said = {"by": county.officer(post), "at": county.MONDAY}
    with pytest.raises(NotAllowed):
        calendar.take_out(day=FIRST, source="更正", key=uuid4(), **said)
    with pytest.raises(NotAllowed):
        calendar.undo(change=keeper.last().pk, key=uuid4(), **said)
    assert CalendarChange.objects.count() == 1


NOTICE = st.dictionaries(st.integers(0, 5).map(lambda n: FIRST + n * DAY), st.booleans(), min_size=1)


class UndoingTest(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(NOTICE, st.sampled_from([None, 2027])), min_size=1, max_size=4))
    def test_whatever_was_announced_undoing_is_exact(self, notices):
        keeper = Keeper()
        for number, (days, year) in enumerate(notices):
            before = stands()
            free, worked = ([day for day, works in days.items() if works is kind] for kind in (False, True))
            keeper.announce(free, worked, year, source=f"notice {number}")
            after = stands()
            keeper.undo()
            assert stands() == before
            keeper.undo()
            assert stands() == after
