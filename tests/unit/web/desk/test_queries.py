"""What a page of the desk asks of the database: at most twelve queries, and as many with twenty-five rows as with five."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chengnuo.foundation.memo import forget
from chengnuo.foundation.models import Errand, Look
from chengnuo.people.models import Account, AnnouncedDay, Holding, Office, Post
from chengnuo.promises.models import Duty, PromiseVersion
from chengnuo.promises.operations import escalation
from tests.factories import cases, county, desk

pytestmark = pytest.mark.django_db
MOST = 12
DAY = timedelta(days=1)


def queries(here, address):
    forget()
    with CaptureQueriesContext(connection) as seen:
        response = here.client.get(address, **desk.ENGLISH)
    assert response.status_code == 200
    return len(seen), response.content.decode()


def constant(client, post, address, more):
    """The page with five rows and with twenty-five."""
    here = desk.at(client, post)
    more(5)
    few, page = queries(here, address)
    more(20)
    many, longer = queries(here, address)
    assert len(longer) > len(page), "the second page has more rows"
    assert few == many <= MOST, (few, many)


def requests(count):
    for _ in range(count):
        cases.ask(at=county.MONDAY - 4 * DAY)


def offers(count):
    for _ in range(count):
        cases.offer(cases.ask(at=county.MONDAY), f"{county.VILLAGE}.head", at=county.MONDAY)


def raised(count):
    requests(count)
    while escalation.escalate_due(at=county.MONDAY):
        pass


def slips(count):
    for _ in range(count):
        cases.finish(cases.ask(at=county.MONDAY - 4 * DAY), at=county.MONDAY)


@pytest.mark.parametrize(
    ("post", "address", "more"),
    [
        (cases.DESK, "/desk/inbox/", requests),
        (cases.DESK, "/desk/inbox/?show=all", raised),
        (f"{county.VILLAGE}.head", "/desk/inbox/", offers),
        (cases.TOWNSHIP_DESK, "/desk/inbox/?show=late", requests),
        (cases.DESK, "/desk/inbox/paper/", requests),
        (cases.DESK, "/desk/inbox/slips/", slips),
        (cases.DESK, "/desk/inbox/duties.csv", requests),
        (cases.DESK, "/desk/cases/?q=桂兰", requests),
        (cases.BUREAU_DESK, "/desk/cases/?late=yes", requests),
        (f"{county.VILLAGE}.supervisor", "/desk/watch/", raised),
    ],
)
def test_lists_of_cases_and_duties(client, monday, post, address, more):
    constant(client, post, address, more)


def accounts(count):
    begun = Account.objects.count()
    posts = list(Post.objects.filter(holdings=None, role="village_officer").order_by("key")[:count])
    for number, post in enumerate(posts, begun):
        account = Account.objects.create(username=f"a{number:04d}", name=f"第{number}位（演示）")
        Holding.objects.create(post=post, account=account, begins=date(2025, 1, 1))


def days(count):
    begun = AnnouncedDay.objects.count()
    AnnouncedDay.objects.bulk_create(
        AnnouncedDay(day=date(2027, 1, 1) + n * DAY, is_workday=False, source="通知")
        for n in range(begun, begun + count)
    )


def errands(count):
    for _ in range(count):
        Errand.objects.create(
            topic="x",
            handler="x",
            payload={},
            created_at=county.MONDAY,
            next_at=county.MONDAY,
            dead_at=county.MONDAY,
        )


def looks(count):
    accounts(count)
    for account in Account.objects.filter(username__startswith="a"):
        Look.objects.get_or_create(account=account.pk, label="x", row="x", reason="x", day=county.MONDAY.date())


@pytest.mark.parametrize(
    ("post", "address", "more"),
    [
        ("health-bureau.account-admin", "/desk/accounts/", accounts),
        ("health-bureau.account-admin", "/desk/holidays/", days),
        ("health-bureau.auditor", "/desk/record/", errands),
        ("health-bureau.auditor", "/desk/record/posts/", accounts),
        ("health-bureau.auditor", "/desk/record/looks/", looks),
    ],
)
def test_lists_of_the_administrator_and_the_auditor(client, monday, post, address, more):
    constant(client, post, address, more)


def test_an_office_with_many_posts(client, monday):
    office = Office.objects.get(key=county.VILLAGE)
    title = Post.objects.filter(office=office).first().title

    def posts(count):
        begun = Post.objects.count()
        for number in range(begun, begun + count):
            Post.objects.create(office=office, key=f"extra-{number}", title=title, role="village_officer")
            county.officer(f"extra-{number}")

    constant(client, "health-bureau.account-admin", reverse("county:office", args=[office.pk]), posts)


def test_an_account_with_many_posts(client, monday):
    account = Account.objects.create(username="many", name="许多岗（演示）")

    def holdings(count):
        for post in Post.objects.filter(holdings=None, role="village_officer").order_by("key")[:count]:
            Holding.objects.create(post=post, account=account, begins=date(2025, 1, 1))

    constant(client, "health-bureau.account-admin", reverse("county:account", args=[account.pk]), holdings)


def test_a_promise_with_many_versions(client, monday):
    version = PromiseVersion.objects.get(promise__key="old-age-allowance", status="published")
    here = desk.at(client, cases.BUREAU_DESK)
    assert here.actor

    def versions(count):
        begun = PromiseVersion.objects.filter(promise=version.promise).count()
        for number in range(begun, begun + count):
            PromiseVersion.objects.create(
                promise=version.promise, status="draft", begins=date(2026, 4, 1) + number * DAY, title=version.title,
                summary=version.summary, who=version.who, result=version.result,
            )  # fmt: skip

    constant(client, cases.BUREAU_DESK, reverse("county:promise", args=[version.pk]), versions)
    constant(client, cases.BUREAU_DESK, reverse("county:promises"), versions)
    assert queries(here, reverse("county:preview", args=[version.pk]))[0] <= MOST
    assert queries(here, reverse("county:draft_promise", args=[version.pk]))[0] <= MOST


def test_a_case_with_a_long_story(client, monday):
    case = cases.ask(at=county.MONDAY - 60 * DAY)

    def chapters(count):
        for _ in range(count):
            cases.offer(case, f"{county.VILLAGE}.head", at=county.MONDAY)
            cases.does(cases.baton.decline, case, cases.DESK, at=county.MONDAY, words="先放一放")

    constant(client, cases.DESK, reverse("desk:case", args=[case.pk]), chapters)
    while escalation.escalate_due(at=county.MONDAY):
        pass
    head = desk.at(client, cases.TOWNSHIP_HEAD)
    asked = Duty.objects.get(parent=cases.duty_of(case), office__key=county.TOWNSHIP)
    assert queries(head, reverse("desk:case", args=[case.pk]))[0] <= MOST
    assert queries(head, reverse("desk:answer", args=[asked.pk]))[0] <= MOST
    assert queries(head, reverse("desk:discharge", args=[cases.duty_of(case).pk]))[0] <= MOST
