"""Offices: another name, and a post that nobody needs closed, without a case left behind."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from chengnuo.core.text3 import Text3
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.refused import NotAllowed, NotHere
from chengnuo.people.models import Holding, Office, Post
from chengnuo.people.operations import offices
from chengnuo.people.operations.offices import HandsFull, NameMissing, PostNeeded, StillHeld
from chengnuo.people.queries import posts_that_take_cases
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
NAME = Text3("古夫镇便民服务中心", "古夫鎮便民服務中心", "Gufu Town Service Centre")


@pytest.fixture
def admin():
    return county.officer("health-bureau.account-admin")


@pytest.fixture
def spare():
    """A second counter at the village, which the county does not have."""
    desk = Post.objects.get(key=f"{county.VILLAGE}.desk")
    return Post.objects.create(
        office=desk.office, key=f"{county.VILLAGE}.desk-2", title=desk.title, role="village_officer"
    )


def rename(admin, name=NAME, key=county.TOWNSHIP):
    office = Office.objects.get(key=key)
    return offices.change_office(office=office.pk, name=name, by=admin, at=county.MONDAY, key=uuid4())


def close(admin, post):
    return offices.close_post(post=post.pk, by=admin, at=county.MONDAY, key=uuid4())


def test_the_name_changes_and_the_office_stays(admin):
    before = Office.objects.get(key=county.TOWNSHIP).pk
    rename(admin)
    after = Office.objects.get(key=county.TOWNSHIP)
    assert (after.pk, after.name) == (before, NAME)


@pytest.mark.parametrize("script", ["hans", "hant", "en"])
@pytest.mark.parametrize("said", ["", "   "])
def test_a_name_has_all_three_scripts(admin, script, said):
    with pytest.raises(NameMissing):
        rename(admin, Text3(**(NAME.to_dict() | {script: said, "reviewed": False})))


def test_a_name_tells_nothing_that_is_never_recorded(admin):
    with pytest.raises(NotForTheRecord):
        rename(admin, Text3("怀孕登记处", "懷孕登記處", "Office"))


def test_a_spare_post_is_closed_and_takes_no_case_any_more(admin, spare):
    office = spare.office
    taking = posts_that_take_cases(office=office.pk, bureau=None, besides=())
    assert spare in taking
    close(admin, spare)
    spare.refresh_from_db()
    assert spare.closed_on == TODAY
    assert spare not in posts_that_take_cases(office=office.pk, bureau=None, besides=())
    with pytest.raises(NotHere):
        close(admin, spare)


@pytest.mark.parametrize("key", ["desk", "head"])
def test_the_reception_and_the_head_stay(admin, key):
    with pytest.raises(PostNeeded):
        close(admin, Post.objects.get(key=f"{county.VILLAGE}.{key}"))


@pytest.mark.parametrize("begins", [TODAY - timedelta(days=9), TODAY + timedelta(days=9)])
def test_a_post_that_somebody_holds_or_will_hold_is_not_closed(admin, spare, begins):
    county.officer(spare.key)
    Holding.objects.filter(post=spare).update(begins=begins)
    with pytest.raises(StillHeld):
        close(admin, spare)


def test_a_post_with_a_case_or_an_offer_in_its_hands_is_not_closed(admin, spare):
    officer = county.officer(spare.key)
    case = cases.ask(at=county.MONDAY)
    cases.offer(case, spare.key, at=county.MONDAY)
    Holding.objects.filter(post=spare).update(ends=TODAY)
    with pytest.raises(HandsFull):
        close(admin, spare)
    Holding.objects.filter(post=spare).update(ends=None)
    cases.does(cases.baton.accept, case, officer, at=county.MONDAY)
    Holding.objects.filter(post=spare).update(ends=TODAY)
    with pytest.raises(HandsFull):
        close(admin, spare)
    cases.withdraw(case, at=county.MONDAY)
    assert close(admin, spare).closed_on == TODAY


def test_only_the_administrator(spare):
    for key in (f"{county.TOWNSHIP}.head", "health-bureau.head", "health-bureau.auditor"):
        other = county.officer(key)
        with pytest.raises(NotAllowed):
            rename(other)
        with pytest.raises(NotAllowed):
            close(other, spare)
