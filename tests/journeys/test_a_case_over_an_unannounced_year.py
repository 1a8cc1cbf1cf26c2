"""A deadline in a year whose holidays nobody has announced is provisional, says so, and is computed again when they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chengnuo.core.deadlines import last_day
from chengnuo.people.models import AnnouncedDay
from chengnuo.promises.operations import clocks
from tests.factories import cases
from tests.factories.cases import DAY
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
CHRISTMAS = datetime(2026, 12, 24, 2, tzinfo=UTC)
HOLIDAYS = ("2027-01-01", "2027-01-04", "2027-01-05")


def announce(*days, workday=False):
    for day in days:
        AnnouncedDay.objects.create(day=day, is_workday=workday, source="国办发明电（演示）")
    clocks.announce(2027, at=CHRISTMAS)


@pytest.fixture
def at_christmas(monday):
    monday.move(CHRISTMAS - cases.county.MONDAY)
    return monday


def test_it_says_that_it_may_still_move(at_christmas):
    begun = cases.begin("old-age-allowance", at=CHRISTMAS)
    duty = cases.duty_of(begun.case)
    assert duty.is_provisional
    family = Browser()
    family.open("/follow/")
    family.send("/follow/", code=begun.code)
    assert "provisional" in family.text


def test_when_the_year_is_announced_it_moves_once(at_christmas):
    case = cases.ask("old-age-allowance", at=CHRISTMAS)
    before = cases.duty_of(case)
    announce(*HOLIDAYS)
    after = cases.duty_of(case)
    assert last_day(after.due_at) > last_day(before.due_at)
    assert after.next_at == after.due_at
    clocks.announce(2027, at=CHRISTMAS)
    assert cases.duty_of(case).due_at == after.due_at


def test_make_up_workdays_bring_it_nearer(at_christmas):
    case = cases.ask("old-age-allowance", at=CHRISTMAS)
    before = cases.duty_of(case).due_at
    announce("2027-01-09", "2027-01-10", workday=True)
    assert cases.duty_of(case).due_at < before


def test_pauses_are_counted_again_too(at_christmas):
    case = cases.ask("old-age-allowance", at=CHRISTMAS)
    cases.pause(case, at=CHRISTMAS, post=cases.TOWNSHIP_DESK)
    before = cases.duty_of(case)
    announce(*HOLIDAYS)
    assert cases.duty_of(case).due_at == before.due_at, "the clock stands still on those days in any case"
    announce("2027-01-11", "2027-01-12")
    after = cases.duty_of(case)
    assert after.due_at > before.due_at
    assert after.paused_at == before.paused_at


def test_what_has_ended_is_left_alone(at_christmas):
    case = cases.finish(cases.ask("old-age-allowance", at=CHRISTMAS), at=CHRISTMAS + DAY, post=cases.TOWNSHIP_DESK)
    before = cases.duty_of(case)
    announce(*HOLIDAYS)
    assert cases.duty_of(case).due_at == before.due_at


def test_a_deadline_within_an_announced_year_is_firm(monday):
    assert not cases.duty_of(cases.ask("old-age-allowance")).is_provisional
