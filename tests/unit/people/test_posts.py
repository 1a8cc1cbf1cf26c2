"""Posts: filled and vacated from a day on, never in the past, never twice, and never mixed with keeping accounts."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import NotAllowed, NotHere, SignInAgain
from chengnuo.people.models import Account, Holding, Post
from chengnuo.people.operations import posts
from chengnuo.people.operations.posts import (
    DayPast,
    NoSuchAccount,
    NotHeld,
    PostClosed,
    PostFilled,
    PostsApart,
)
from chengnuo.people.queries import actor_of
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
DESK = f"{county.VILLAGE}.desk"


@pytest.fixture
def admin():
    return county.officer("health-bureau.account-admin")


@pytest.fixture
def newcomer():
    return Account.objects.create(username="newcomer", name="新来的（演示）")


def post(key=DESK):
    return Post.objects.get(key=key)


def fill(admin, key=DESK, username="newcomer", begins=TODAY, at=county.MONDAY):
    return posts.fill_post(post=post(key).pk, username=username, begins=begins, by=admin, at=at, key=uuid4())


def vacate(admin, holding, ends, at=county.MONDAY):
    return posts.vacate_post(holding=holding.pk, ends=ends, by=admin, at=at, key=uuid4())


def test_from_its_day_on_the_post_gives_its_role(admin, newcomer):
    fill(admin, begins=TODAY + 2 * DAY)
    assert actor_of(newcomer, on=TODAY + DAY).hats == ()
    (hat,) = actor_of(newcomer, on=TODAY + 2 * DAY).hats
    assert (hat.role, hat.post) == ("village_officer", post().pk)


def test_a_vacated_post_gives_nothing_from_its_day_on(admin, newcomer):
    holding = fill(admin)
    vacate(admin, holding, TODAY + DAY)
    assert len(actor_of(newcomer, on=TODAY).hats) == 1
    assert actor_of(newcomer, on=TODAY + DAY).hats == ()


def test_a_case_keeps_its_holder_when_the_person_goes(admin, newcomer):
    holding = fill(admin)
    case = cases.ask()
    vacate(admin, holding, TODAY)
    case.refresh_from_db()
    assert case.holder_id == post().pk
    assert cases.duty_of(case).holder_id == post().pk


def test_one_after_another_with_no_day_between(admin, newcomer):
    first = fill(admin)
    vacate(admin, first, TODAY + 5 * DAY)
    Account.objects.create(username="second", name="第二位（演示）")
    with pytest.raises(PostFilled):
        fill(admin, username="second", begins=TODAY + 4 * DAY)
    second = fill(admin, username="second", begins=TODAY + 5 * DAY)
    held = Holding.objects.filter(post=post()).order_by("begins")
    assert list(held) == [first, second]


@pytest.mark.parametrize("begins", [TODAY, TODAY + 30 * DAY])
def test_a_post_has_one_holder(admin, newcomer, begins):
    county.officer(DESK)
    with pytest.raises(PostFilled):
        fill(admin, begins=begins)


def test_the_past_stays_as_it_was(admin, newcomer):
    with pytest.raises(DayPast):
        fill(admin, begins=TODAY - DAY)
    holding = fill(admin)
    with pytest.raises(DayPast):
        vacate(admin, holding, TODAY - DAY)
    vacate(admin, holding, TODAY)
    with pytest.raises(NotHeld):
        vacate(admin, holding, TODAY + DAY)


def test_the_day_is_the_county_s_day(admin, newcomer):
    """At one in the morning of the 3rd in the county, UTC still says the 2nd."""
    night = county.MONDAY.replace(hour=17)
    fresh = county.officer("health-bureau.account-admin", at=night)
    with pytest.raises(DayPast):
        fill(fresh, begins=TODAY, at=night)
    assert fill(fresh, begins=TODAY + DAY, at=night)


def test_a_holding_that_has_not_begun_ends_on_the_day_it_would_have_begun(admin, newcomer):
    holding = fill(admin, begins=TODAY + 9 * DAY)
    assert vacate(admin, holding, TODAY).ends == TODAY + 9 * DAY
    assert actor_of(newcomer, on=TODAY + 9 * DAY).hats == ()


@pytest.mark.parametrize("username", ["nobody", "", "closed-one", "NEWCOMER "])
def test_an_unknown_or_closed_account_gets_nothing(admin, newcomer, username):
    Account.objects.create(username="closed-one", name="已关（演示）", is_active=False)
    with pytest.raises(NoSuchAccount):
        fill(admin, username=username)


@pytest.mark.parametrize(
    ("has", "gets"),
    [
        ("health-bureau.account-admin", DESK),
        ("health-bureau.auditor", DESK),
        (DESK, "health-bureau.account-admin"),
        (DESK, "health-bureau.auditor"),
        ("health-bureau.auditor", "health-bureau.account-admin"),
    ],
)
def test_who_keeps_accounts_or_audits_holds_no_other_post(newcomer, has, gets):
    admin = keeper()
    fill(admin, has)
    with pytest.raises(PostsApart):
        fill(admin, gets)
    vacate(admin, Holding.objects.get(post__key=has, ends=None), TODAY)
    assert fill(admin, gets)


def keeper():
    """An administrator whose post is not in the story."""
    office = post("medical-insurance.head").office
    title = post("health-bureau.account-admin").title
    Post.objects.create(office=office, key="medical-insurance.accounts", title=title, role="account_admin")
    return county.officer("medical-insurance.accounts")


def test_two_ordinary_posts_are_one_person_s_business(admin, newcomer):
    fill(admin)
    fill(admin, f"{county.VILLAGE}.head")
    assert len(actor_of(newcomer, on=TODAY).hats) == 2


def test_a_closed_post_is_given_to_nobody(admin, newcomer):
    Post.objects.filter(key=DESK).update(closed_on=TODAY)
    with pytest.raises(PostClosed):
        fill(admin)


def test_what_is_not_there_is_not_there(admin, newcomer):
    with pytest.raises(NotHere):
        posts.fill_post(post=uuid4(), username="newcomer", begins=TODAY, by=admin, at=county.MONDAY, key=uuid4())
    with pytest.raises(NotHere):
        posts.vacate_post(holding=uuid4(), ends=TODAY, by=admin, at=county.MONDAY, key=uuid4())


def test_only_the_administrator_and_only_freshly(admin, newcomer):
    holding = fill(admin)
    for other in (county.officer("health-bureau.head"), county.officer("health-bureau.auditor")):
        with pytest.raises(NotAllowed):
            fill(other, f"{county.VILLAGE}.head")
        with pytest.raises(NotAllowed):
            vacate(other, holding, TODAY)
    with pytest.raises(SignInAgain):
        vacate(admin, holding, TODAY, at=county.MONDAY + timedelta(minutes=16))


def test_both_stand_in_the_log_under_the_office(admin, newcomer):
    holding = fill(admin)
    vacate(admin, holding, TODAY + DAY)
    for schema in ("people.fill_post/1", "people.vacate_post/1"):
        entry = LogEntry.objects.get(schema=schema, ref_id=str(post().pk))
        assert entry.private["office"] == str(post().office_id)
