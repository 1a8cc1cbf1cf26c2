"""The pages of public money, situation by situation: what each person is offered, whom no page opens for, and what is typed wrongly."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chengnuo.foundation.models import LogEntry, Look
from chengnuo.payments.models import BankAccount, Batch, Entry, Fund
from chengnuo.payments.operations import batches, funds, settling
from tests.factories import cases, claims, county, money
from tests.factories.desk import Desk, said

pytestmark = pytest.mark.django_db
DESK, HEAD = claims.BUREAU_DESK, claims.BUREAU_HEAD
BUREAU, FINANCE = (DESK, HEAD), (money.FINANCE_DESK, money.FINANCE_HEAD, money.CLERK)
OUTSIDE = (
    claims.DESK, cases.HEAD, claims.TOWNSHIP_DESK, cases.TOWNSHIP_HEAD, f"{county.VILLAGE}.supervisor",
    "health-bureau.auditor", "health-bureau.account-admin",
)  # fmt: skip
BESIDE = ("civil-affairs.head", cases.CITY_HEAD)


@pytest.fixture
def desks(monday):
    def desk(post):
        client = Client()
        return Desk(client, county.sign_in(client, post, at=money.LATER))

    monday.move(timedelta(days=10))
    return desk


def one(does):
    def bring():
        money.awarded()
        return money.again(does())

    return bring


def closed():
    return settling.close(batch=money.reconciled(money.exported()).pk, **money.said(money.CLERK))


BATCHES = {
    "filling": one(lambda: batches.propose(fund=money.fund().pk, **money.said(DESK))),
    "proposed": one(money.proposed),
    "checked": one(money.checked),
    "approved": one(money.approved),
    "sending": one(lambda: batches.export(batch=money.approved().pk, **money.said(money.CLERK))),
    "exported": one(money.exported),
    "reconciled": one(lambda: money.reconciled(money.exported())),
    "closed": one(closed),
    "dropped": one(lambda: batches.drop(batch=money.proposed().pk, **money.said(DESK))),
}
# situation: what is offered to the bureau's desk and head, and to the desk, head and paying officer of the finance office
OFFERED = {
    "filling": ((), (), (), (), ()),
    "proposed": (("drop",), ("check", "drop"), ("drop",), ("drop",), ("drop",)),
    "checked": (("drop",), ("drop",), ("approve", "drop"), ("approve", "drop"), ("approve", "drop")),
    "approved": (("drop",), ("drop",), ("export", "drop"), ("drop",), ("export", "drop")),
    "sending": ((), (), (), (), ()),
    "exported": ((), (), ("reconcile",), ("reconcile",), ("reconcile",)),
    "reconciled": ((), (), ("reconcile", "close"), ("reconcile", "close"), ("reconcile", "close")),
    "closed": ((), (), (), (), ()),
    "dropped": ((), (), (), (), ()),
}


def offered(page, pk):
    """The deeds to which a page leads."""
    return tuple(re.findall(rf'href="[^"]*/{pk}/([a-z_]+)/"', page.content.decode()))


@pytest.mark.parametrize("situation", BATCHES)
def test_each_is_offered_what_they_may_do_with_a_batch_now_and_its_page_opens(desks, situation):
    batch = BATCHES[situation]()
    found = []
    for post in (*BUREAU, *FINANCE):
        desk = desks(post)
        found.append(offered(desk.get("money:batch", batch.pk), batch.pk))
        for name in found[-1]:
            assert '<form method="post"' in desk.get("money:batch_deed", batch.pk, name).content.decode()
    assert tuple(found) == OFFERED[situation]


def promised():
    fund = money.fund(0)
    return funds.appropriate(fund=fund.pk, level="city", fen=900, **money.said(money.FINANCE_DESK))


def come():
    return funds.arrive(fund=promised().pk, level="city", fen=500, **money.said(money.FINANCE_DESK))


def missing():
    money.awarded()
    fund = come()
    funds.look_ahead(at=money.LATER + timedelta(days=160))
    return fund


@pytest.mark.parametrize(
    ("bring", "deeds"),
    [
        (promised, ("appropriate", "arrive", "propose")),
        (come, ("pass_on", "appropriate", "arrive", "propose")),
        (missing, ("pass_on", "cover", "appropriate", "arrive", "propose")),
    ],
)
def test_the_finance_office_is_offered_what_a_fund_needs_and_who_awarded_to_propose_alone(desks, bring, deeds):
    fund = bring()
    money.awarded(of=7)
    for post in FINANCE:
        assert offered(desks(post).get("money:fund", fund.pk), fund.pk) == deeds[:-1]
    for post in BUREAU:
        assert offered(desks(post).get("money:fund", fund.pk), fund.pk) == deeds[-1:]
    for post in BESIDE:
        assert offered(desks(post).get("money:fund", fund.pk), fund.pk) == (), "they awarded nothing"


# whom no page opens for


@pytest.fixture
def everything(desks):
    """Every address of public money that leads somewhere, and what is sent there."""
    money.awarded()
    batch = money.exported(money.fund(500_000))
    money.reconciled(batch, failed={money.digits(1): "户名不符"})
    failed, entry = money.payments(batch)[0], Entry.objects.filter(about=batch.fund_id).earliest("at", "pk")
    named = [("home",), ("new_fund",), ("fund", batch.fund_id), ("propose", batch.fund_id)]
    named += [("take_back", batch.fund_id, entry.pk), ("batch", batch.pk), ("file", batch.pk, "csv")]
    named += [("fund_deed", batch.fund_id, name) for name in ("appropriate", "arrive", "pass_on", "cover")]
    named += [("batch_deed", batch.pk, name) for name in ("check", "approve", "export", "reconcile", "close", "drop")]
    named += [("payment", failed.pk), ("mend", failed.pk), ("account", failed.award_id)]
    return [reverse(f"money:{name}", args=args) for name, *args in named]


def states():
    return Entry.objects.count(), LogEntry.objects.count(), BankAccount.objects.count(), Look.objects.count()


@pytest.mark.parametrize("post", OUTSIDE)
def test_no_page_of_money_opens_for_anybody_below_or_beside_the_county_s_offices(desks, everything, post):
    desk = desks(post)
    before = states()
    for address in everything:
        for answer in (desk.client.get(address), desk.client.post(address, {"stamp": "x"})):
            assert answer.status_code in {403, 404, 405}, address
            assert money.digits(1) not in answer.content.decode()
    assert states() == before


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_from_every_page(everything):
    before = states()
    for address in everything:
        for answer in (Client().get(address), Client().post(address, {"stamp": "x"})):
            assert answer.status_code == 302, address
            assert answer.headers["Location"].split("?")[0] in {"/accounts/login/", "/demo/"}, address
    assert states() == before


@pytest.mark.parametrize("post", BESIDE)
def test_another_office_of_the_county_sees_funds_and_nothing_of_a_batch_or_a_payee(desks, everything, post):
    desk, batch = desks(post), Batch.objects.get()
    for address in everything:
        page = desk.client.get(address)
        is_fund = address in {everything[0], everything[2]}
        assert page.status_code == (200 if is_fund else 404), address
        assert not is_fund or str(batch.pk) not in page.content.decode()


@pytest.mark.parametrize("name", ["warn", "begin", "fill", "send", "see", "propose", "nonsense"])
def test_what_is_no_deed_of_a_person_has_no_page(desks, everything, name):
    batch = Batch.objects.get()
    for address, pk in (("money:fund_deed", batch.fund_id), ("money:batch_deed", batch.pk)):
        if (address, name) != ("money:fund_deed", "propose"):
            assert desks(money.CLERK).get(address, pk, name).status_code == 404


@pytest.mark.parametrize("name", ["fund", "batch", "payment", "account"])
def test_what_is_not_there_is_not_found_and_not_told_from_what_is_not_theirs(desks, name):
    assert desks(HEAD).get(f"money:{name}", uuid4()).status_code == 404


def test_the_file_has_a_name_that_says_nothing_and_is_kept_by_nobody_on_the_way(desks):
    money.awarded()
    batch = money.exported()
    clerk = desks(money.CLERK)
    for kind in ("csv", "xlsx"):
        answer = clerk.get("money:file", batch.pk, kind)
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Disposition"] == f'attachment; filename="2026-1-{str(batch.pk)[:8]}.{kind}"'
    for kind in ("txt", "exe", "csv2"):
        assert clerk.get("money:file", batch.pk, kind).status_code == 404


# what is typed wrongly

DAY = {"expected_on_year": "2026", "expected_on_month": "2", "expected_on_day": "30"}
PAST = DAY | {"expected_on_day": "1"}
FILE = SimpleUploadedFile
WRONG = [
    ("new_fund", {"programme": "nothing", "year": "2026"}, "Choose the programme."),
    ("new_fund", {"programme": money.PROGRAMME, "year": "1999"}, "A year has four digits."),
    ("appropriate", {"level": "world", "fen": "5"}, "Choose whose money it is."),
    ("appropriate", {"level": "city", "fen": ""}, "Write the sum."),
    ("appropriate", {"level": "city", "fen": "-5"}, "Write yuan like 1200 or 12.50"),
    ("appropriate", {"level": "city", "fen": "0"}, "A sum of money is above nothing."),
    ("arrive", {"level": "city", "fen": "1.234"}, "Write yuan like 1200 or 12.50"),
    ("arrive", {"level": "county", "fen": "5"}, "More has come than this level has promised so far."),
    ("cover", {}, "Write the day."),
    ("cover", DAY, "There is no such day"),
    ("cover", PAST, "The day on which the money is there is today or later."),
    ("reconcile", {}, "Choose the file."),
    ("reconcile", {"content": FILE("r.csv", b"a,b\n1,2")}, "No line of this file names the columns"),
    ("account", {"bank": "", "digits": "99000000001"}, "Write the name of the bank."),
    ("account", {"bank": "演" * 61, "digits": "99000000001"}, "60"),
    ("account", {"bank": "演示银行", "digits": "1234567"}, "it has 8 to 32 digits"),
    ("account", {"bank": "演示银行", "digits": "1" * 33}, "it has 8 to 32 digits"),
    ("account", {"bank": "演示银行", "digits": "=9900000001"}, "it has 8 to 32 digits"),
]


@pytest.mark.parametrize(("form", "typed", "words"), WRONG)
def test_what_is_typed_wrongly_is_said_on_the_same_page_and_nothing_is_booked(desks, form, typed, words):
    fund = missing()
    batch = money.exported(money.fund(50_000))
    where = {"new_fund": (money.FINANCE_DESK, "new_fund"), "account": (HEAD, "account", batch.payments.get().award_id)}
    where |= {name: (money.CLERK, "fund_deed", fund.pk, name) for name in ("appropriate", "arrive", "cover")}
    post, name, *args = where.get(form, (money.CLERK, "batch_deed", batch.pk, "reconcile"))
    before, count = states()[:3], Fund.objects.count()
    page = desks(post).send(f"money:{name}", *args, **typed)
    assert page.status_code == 200
    assert words in said(page)
    assert (states()[:3], Fund.objects.count()) == (before, count)
