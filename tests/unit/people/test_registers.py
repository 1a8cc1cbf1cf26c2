"""What the administrator and the auditor read of accounts, offices and the calendar; anybody else finds nothing there."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from chengnuo.foundation.refused import NotHere
from chengnuo.people import registers
from chengnuo.people.models import Account, AnnouncedDay, Holding, Level, Office, Post
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
ADMIN, AUDITOR = "health-bureau.account-admin", "health-bureau.auditor"
NOBODIES = [cases.DESK, cases.BUREAU_HEAD, f"{county.VILLAGE}.supervisor"]
TODAY = county.MONDAY.date()
DAY = timedelta(days=1)


@pytest.fixture
def admin():
    return county.officer(ADMIN)


def people(*names):
    for name in names:
        Account.objects.create(username=name, name=f"{name.upper()}（演示）")


def listed(viewer, words="", after="", size=99):
    return [account.username for account in registers.accounts(viewer, words=words, after=after, size=size)]


def test_accounts_are_found_by_either_name_and_in_order(admin):
    Account.objects.filter(pk=admin.account).update(username="admin", name="管理")
    people("li.na", "wang.li", "chen")
    assert listed(admin) == ["admin", "chen", "li.na", "wang.li"]
    assert listed(admin, words="LI") == ["li.na", "wang.li"]
    assert listed(admin, words="管") == ["admin"]
    assert listed(admin, words="nobody") == []


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_page_by_page_every_account_comes_once(admin, size):
    people(*(f"person-{number}" for number in range(6)))
    read, after = [], ""
    while page := listed(admin, after=after, size=size):
        assert len(page) <= size
        read, after = read + page, page[-1]
    assert read == listed(admin)
    assert len(read) == 7


def test_an_account_comes_with_all_it_held_the_newest_first(admin):
    people("li.na")
    account = Account.objects.get(username="li.na")
    for begins, ends in ((date(2024, 1, 1), date(2024, 6, 1)), (TODAY + DAY, None), (date(2025, 1, 1), TODAY)):
        post = Post.objects.exclude(holdings__ends=None, holdings__isnull=False).order_by("key").first()
        Holding.objects.create(post=post, account=account, begins=begins, ends=ends)
    found = registers.account(admin, account.pk)
    assert [holding.begins for holding in found.held] == [TODAY + DAY, date(2025, 1, 1), date(2024, 1, 1)]
    with pytest.raises(NotHere):
        registers.account(admin, 10**9)


@pytest.mark.parametrize("post", NOBODIES)
def test_to_anybody_else_there_is_nothing(post):
    viewer, account = county.officer(post), county.account_of(post)
    AnnouncedDay.objects.create(day=TODAY, is_workday=False, source="国办")
    village = Office.objects.get(key=county.VILLAGE)
    assert listed(viewer) == registers.offices(viewer) == registers.announced_days(viewer, most=9) == []
    assert registers.holdings(viewer, cursor="", now=county.MONDAY).rows == []
    assert registers.announced_years(viewer) == []
    assert registers.last_change(viewer) is None
    for read, key in (
        (registers.account, account.pk),
        (registers.office, village.pk),
        (registers.post, Post.objects.get(key=post).pk),
        (registers.holding, Holding.objects.get(account=account).pk),
        (registers.announced_day, TODAY),
    ):
        with pytest.raises(NotHere):
            read(viewer, key)


def test_an_auditor_reads_who_held_what_and_keeps_no_accounts():
    auditor = county.officer(AUDITOR)
    county.officer(cases.DESK)
    rows = registers.holdings(auditor, cursor="", now=county.MONDAY).rows
    assert {row.post.key for row in rows} == {AUDITOR, cases.DESK}
    assert registers.holding(auditor, rows[0].pk) == rows[0]
    assert listed(auditor) == []
    with pytest.raises(NotHere):
        registers.holding(auditor, uuid4())


def test_holdings_of_one_office_leave_the_others_out(admin):
    for key in (cases.DESK, cases.HEAD, cases.TOWNSHIP_HEAD):
        county.officer(key)
    village = Office.objects.get(key=county.VILLAGE).pk
    rows = registers.holdings(admin, office=village, cursor="", now=county.MONDAY).rows
    assert {row.post.key for row in rows} == {cases.DESK, cases.HEAD}


def test_holdings_are_paged_by_their_first_day(admin):
    account = county.account_of(cases.DESK)
    Holding.objects.all().delete()
    post = Post.objects.get(key=ADMIN)
    Holding.objects.create(post=post, account_id=admin.account, begins=TODAY)
    Holding.objects.bulk_create(
        Holding(post=post, account=account, begins=TODAY - n * DAY, ends=TODAY - n * DAY) for n in range(1, 45)
    )
    read, cursor = [], ""
    while True:
        page = registers.holdings(admin, cursor=cursor, now=county.MONDAY)
        read += [row.begins for row in page.rows]
        if not (cursor := page.older):
            break
    assert read == [TODAY - n * DAY for n in range(45)]


def test_offices_are_those_down_to_the_townships_or_those_below_one(admin):
    levels = {office.level for office in registers.offices(admin)}
    township = Office.objects.get(key=county.TOWNSHIP)
    assert levels == {Level.CITY, Level.COUNTY, Level.TOWNSHIP}
    below = registers.offices(admin, above=township.pk)
    assert {office.above_id for office in below} == {township.pk}
    assert len(below) == township.below.count()
    assert registers.offices(admin, above=uuid4()) == []


def test_an_office_comes_with_its_posts_and_their_holders_in_order(admin):
    account = county.account_of(cases.DESK)
    desk = Post.objects.get(key=cases.DESK)
    Holding.objects.create(post=desk, account=account, begins=date(2024, 1, 1), ends=date(2025, 1, 1))
    found = registers.office(admin, desk.office_id)
    held = {post.key: [holding.begins for holding in post.held] for post in found.all_posts}
    assert held == {
        cases.DESK: [date(2024, 1, 1), date(2025, 1, 1)],
        cases.HEAD: [],
        f"{county.VILLAGE}.supervisor": [],
    }


def test_a_closed_post_is_not_there(admin):
    desk = Post.objects.get(key=cases.DESK)
    assert registers.post(admin, desk.pk) == desk
    Post.objects.filter(pk=desk.pk).update(closed_on=TODAY)
    with pytest.raises(NotHere):
        registers.post(admin, desk.pk)


@pytest.mark.parametrize(("day", "named"), [(TODAY, True), (date(2024, 12, 31), False)])
def test_who_keeps_the_accounts_is_named(admin, day, named):
    county.officer(AUDITOR)
    assert registers.administrators(on=day) == [admin.name] * named


def test_names_of_accounts_and_every_office_are_nobody_s_secret(admin):
    assert registers.account_names([admin.account, 10**9]) == {admin.account: admin.name}
    keys = [office.key for office in registers.all_offices()]
    assert keys == sorted(keys)
    assert len(keys) == Office.objects.count()
