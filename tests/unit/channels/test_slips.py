"""Of which requests a day brought something new: the county's day, what the office did, in the hands of whoever asks."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from chengnuo.cases.lifecycle import CASE, STEP
from chengnuo.channels.queries import MOVES, news
from chengnuo.core.instants import SHANGHAI
from chengnuo.people import queries as people
from chengnuo.people.models import Contact, Office
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
MONDAY, DAY = county.MONDAY, timedelta(days=1)
TODAY = MONDAY.astimezone(SHANGHAI).date()


def found(post=cases.DESK, day=TODAY):
    return [each.number for each in news(county.officer(post), day)]


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (12, 0), (23, 59)])
def test_a_day_is_that_of_the_county(monday, hour, minute):
    case = cases.ask(at=MONDAY - 5 * DAY)
    cases.finish(case, at=datetime.combine(TODAY, time(hour, minute), SHANGHAI))
    assert found() == [case.number]
    assert found(day=TODAY - DAY) == found(day=TODAY + DAY) == []


def test_who_wishes_for_no_paper_is_handed_none_until_they_wish_for_it_again(monday):
    case = cases.finish(cases.ask(at=MONDAY), at=MONDAY)
    for no_paper in (True, False):
        Contact.objects.update(no_paper=no_paper)
        assert found() == ([] if no_paper else [case.number])


def test_every_move_that_counts_is_one():
    assert set(MOVES) <= {move.name for lifecycle in (CASE, STEP) for move in lifecycle}


def test_a_step_that_another_office_answered_is_news(monday):
    case = cases.ask(at=MONDAY - 2 * DAY)
    step = cases.ask_step(case, "health-bureau", at=MONDAY - DAY)
    assert found() == []
    cases.end_step(step, "answer", cases.BUREAU_DESK, at=MONDAY)
    assert found() == [case.number]


def test_the_round_goes_through_the_villages_in_their_order(monday):
    far, near, nearer = (
        cases.ask("dibao", village=village, at=MONDAY - 2 * DAY)
        for village in ("420526102201", "420526101203", "420526101201")
    )
    for case in (far, near, nearer):
        cases.finish(case, at=MONDAY, post=case.holder.key)
    holder = nearer.holder.key
    mine = [case.number for case in (nearer, near, far) if case.holder.key == holder]
    assert len(mine) > 1
    assert found(holder) == mine


def test_the_open_committee_of_a_village(monday):
    village = county.village("420526101201").pk
    office = Office.objects.get(place=village, level="village")
    assert people.committees_of({village}) == {village: office}
    Office.objects.filter(pk=office.pk).update(closed_on=TODAY)
    assert people.committees_of({village}) == {}
