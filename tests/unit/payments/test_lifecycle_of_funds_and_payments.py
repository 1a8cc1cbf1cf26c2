"""What may happen to a fund and to a payment: tables written by hand, by situation and by person, compared with the real operations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.foundation.actor import Actor, Hat, resident, system, visitor
from chengnuo.foundation.acts import act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere, Refused
from chengnuo.payments.lifecycle import FUND, PAYMENT
from chengnuo.payments.models import Entry, Fund, Payment
from chengnuo.payments.operations import accounts, batches, funds, settling
from chengnuo.payments.returned import NotTheFile
from tests.factories import awarding, cases, claims, county, money

pytestmark = pytest.mark.django_db
NOW = money.LATER
IN_AUGUST = NOW + timedelta(days=160)
POSTS = {
    "bureau": claims.BUREAU_DESK,
    "bureau head": claims.BUREAU_HEAD,
    "finance": money.FINANCE_DESK,
    "finance head": money.FINANCE_HEAD,
    "clerk": money.CLERK,
    "other bureau head": "civil-affairs.head",
    "village": claims.DESK,
    "township head": cases.TOWNSHIP_HEAD,
    "city": cases.CITY_HEAD,
    "supervisor": f"{county.VILLAGE}.supervisor",
    "auditor": "health-bureau.auditor",
    "account admin": "health-bureau.account-admin",
}
NOBODYS = {
    "visitor": visitor(),
    "resident": resident(uuid4()),
    "other system": Actor(name="", hats=(Hat("other_system"),)),
    "system": system(),
}
EVERYBODY = (*POSTS, *NOBODYS)
BUREAU, FINANCE = {"bureau", "bureau head"}, {"finance", "finance head", "clerk"}


def actor(who):
    return NOBODYS.get(who) or county.officer(POSTS[who], at=NOW)


def outcome(does, row, who, **more):
    """The status after the real operation, or the name of the refusal."""
    try:
        does(**{row.kind: row.pk}, by=actor(who), at=NOW, key=uuid4(), **more)
    except NotTheFile as refused:
        return refused.fault
    except Refused as refused:
        return type(refused).__name__
    return money.again(row).status


# funds


def promised():
    fund = money.fund(0)
    return funds.appropriate(fund=fund.pk, level="city", fen=900, **money.said(money.FINANCE_DESK))


def come(fund=None):
    fund = fund or promised()
    return funds.arrive(fund=fund.pk, level="city", fen=500, **money.said(money.FINANCE_DESK))


def missing(fund=None):
    money.awarded()
    fund = fund or promised()
    funds.look_ahead(at=IN_AUGUST)
    return money.again(fund)


FUNDS: dict[str, Callable[[], Fund]] = {
    "quiet": promised,
    "quiet, warned": missing,
    "waiting": come,
    "waiting, warned": lambda: missing(come()),
}
# situation: each move that may happen then, and where it leads
OPEN: dict[str, dict[str, str]] = {
    "quiet": {"appropriate": "quiet", "arrive": "waiting", "take_back": "quiet", "warn": "quiet"},
    "quiet, warned": {"appropriate": "quiet", "arrive": "waiting", "take_back": "quiet", "cover": "quiet"},
    "waiting": {
        "appropriate": "waiting", "arrive_more": "waiting", "pass_on": "quiet", "take_back": "waiting", "empty": "quiet",
        "warn": "waiting",
    },
    "waiting, warned": {
        "appropriate": "waiting", "arrive_more": "waiting", "pass_on": "quiet", "take_back": "waiting", "empty": "quiet",
        "cover": "waiting",
    },
}  # fmt: skip


def newest(fund):
    """The booking of which nothing depends."""
    return Entry.objects.filter(about=fund).latest("at", "schema", "pk").pk


def warned(*, fund, **said):
    with act("fund.warn/1", said={}, **said) as a:
        return a.move(a.take(Fund, fund), FUND.warn, warned_at=NOW)


ON_FUNDS: dict[str, Callable[..., object]] = {
    "appropriate": lambda **said: funds.appropriate(level="province", fen=1, **said),
    "arrive": lambda **said: funds.arrive(level="city", fen=1, **said),
    "pass_on": funds.pass_on,
    "cover": lambda **said: funds.cover(expected_on=NOW.date(), **said),
    "warn": warned,
}
# what is refused before the table of states is asked
NOT_THEN = {("quiet", "pass_on"): "NothingToPassOn", ("quiet, warned", "pass_on"): "NothingToPassOn"}


def test_the_tables_of_funds_are_whole():
    assert set.union(*map(set, OPEN.values())) == {move.name for move in FUND} - {"set_up"}
    assert set(OPEN) == set(FUNDS)
    assert not FUND.ends, "the money of a year is never over: what comes late is passed on late"


@pytest.mark.parametrize("situation", OPEN)
def test_in_each_situation_these_moves_of_a_fund_are_open(situation):
    fund = FUNDS[situation]()
    assert {move.name: move.target(fund.status) for move in FUND.open_to(fund.status, fund, NOW)} == OPEN[situation]


@pytest.mark.parametrize(("situation", "name"), [(each, name) for each in FUNDS for name in ON_FUNDS])
def test_the_finance_office_does_what_is_open_and_is_refused_what_is_not(situation, name):
    fund = FUNDS[situation]()
    who = "system" if name == "warn" else "clerk"
    found = outcome(ON_FUNDS[name], fund, who)
    leads = OPEN[situation].get(name) or (name == "arrive" and OPEN[situation].get("arrive_more"))
    assert found == (leads or NOT_THEN.get((situation, name), MoveRefused.__name__))
    assert (money.again(fund).version > fund.version) == bool(leads)


@pytest.mark.parametrize("name", [*ON_FUNDS, "take_back"])
def test_nobody_else_does_anything_with_a_fund(name):
    situation = "waiting, warned" if name == "cover" else "waiting"
    fund = FUNDS[situation]()
    does = ON_FUNDS.get(name) or (lambda **said: funds.take_back(entry=newest(fund.pk), **said))
    for who in set(EVERYBODY) - ({"system"} if name == "warn" else FINANCE):
        assert outcome(does, fund, who) in {NotHere.__name__, NotAllowed.__name__}, who
    assert money.again(fund).version == fund.version


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_office_of_the_county_and_the_one_above_see_a_fund_and_the_finance_office_alone_keeps_it(who):
    fund = missing(come())
    ours = [f"fund.{name}" for name in ("see", "appropriate", "arrive", "pass_on", "take_back", "cover", "warn")]
    may = {"fund.see"} if who in BUREAU | {"other bureau head", "city"} else set()
    may |= set(ours) - {"fund.warn"} if who in FINANCE else set()
    may |= {"fund.warn"} if who == "system" else set()
    assert gate.which(actor(who), ours, fund) == may


# payments


def one(batch):
    return money.payments(batch)[0]


def bring(does):
    def prepare():
        money.awarded()
        return one(does())

    return prepare


def failed():
    money.awarded()
    batch = money.exported()
    money.reconciled(batch, failed={money.digits(1): "户名不符"})
    return one(batch)


def mended():
    payment = failed()
    return accounts.mend(payment=payment.pk, **money.said(claims.BUREAU_DESK))


def dropped():
    """Of somebody who died before the bank was given the batch, in which somebody else is."""
    award, _other = money.awarded(1), money.awarded(2)
    batch = money.approved()
    awarding.end(award=award.pk, ending="death", on=NOW.date(), **money.said(claims.BUREAU_HEAD))
    batches.export(batch=batch.pk, **money.said(money.CLERK))
    batches.go_on(at=NOW)
    return next(each for each in money.payments(batch) if each.award_id == award.pk)


PAYMENTS: dict[str, Callable[[], Payment]] = {
    "planned": bring(money.approved),
    "sent": bring(money.exported),
    "paid": bring(lambda: money.reconciled(money.exported())),
    "failed": failed,
    "mended": mended,
    "dropped": dropped,
}
MOVES: dict[str, dict[str, str]] = {
    "planned": {"send": "sent", "drop": "dropped"},
    "sent": {"pay": "paid", "fail": "failed"},
    "paid": {"come_back": "failed"},
    "failed": {"mend": "mended"},
    "mended": {},
    "dropped": {},
}
# status: what it becomes when the bank says that it was booked, and when it says that it was not; or why that file is refused
BANK: dict[str, tuple[str, str]] = {
    "planned": ("MoveRefused", "MoveRefused"),
    "sent": ("paid", "failed"),
    "paid": ("paid", "failed"),
    "failed": ("otherwise", "failed"),
    "mended": ("otherwise", "mended"),
    "dropped": ("foreign", "foreign"),
}


def says(word):
    def does(*, payment, **said):
        row = Payment.objects.get(pk=payment)
        text = f"备注,金额,状态,失败原因,到账日期\n{payment},{row.fen / 100:.2f},{word},账号,2026-03-13"
        return settling.reconcile(batch=row.batch_id, content=text.encode(), **said)

    return does


def test_the_tables_of_payments_are_whole():
    assert set(PAYMENTS) == set(MOVES) == set(BANK) == {status.value for status in PAYMENT.statuses}
    assert set.union(*map(set, MOVES.values())) == {move.name for move in PAYMENT} - {"plan"}


@pytest.mark.parametrize("status", MOVES)
def test_in_each_status_these_moves_of_a_payment_are_open(status):
    payment = PAYMENTS[status]()
    assert payment.status == status
    assert {move.name: move.target(status) for move in PAYMENT.open_to(status, payment, NOW)} == MOVES[status]


@pytest.mark.parametrize(("status", "word"), [(status, word) for status in BANK for word in ("成功", "失败")])
def test_what_the_bank_says_does_this_to_a_payment_of_each_status(status, word):
    payment = PAYMENTS[status]()
    expected = BANK[status][word == "失败"]
    assert outcome(says(word), payment, "clerk") == expected
    assert (money.again(payment).version > payment.version) == (expected in MOVES[status].values())


@pytest.mark.parametrize("status", [status for status in PAYMENTS if status != "failed"])
def test_only_what_failed_is_mended(status):
    payment = PAYMENTS[status]()
    assert outcome(accounts.mend, payment, "bureau") == MoveRefused.__name__


@pytest.mark.parametrize("who", EVERYBODY)
def test_its_own_office_mends_a_payment_the_paying_one_settles_it_and_both_see_it(who):
    payment = failed()
    found = gate.which(actor(who), [f"payment.{name}" for name in ("see", "mend", "settle", "send", "drop")], payment)
    may = {"payment.see", "payment.mend"} if who in BUREAU else set()
    may |= {"payment.see", "payment.settle"} if who in FINANCE else set()
    may |= {"payment.send", "payment.drop"} if who == "system" else set()
    assert found == may
    if who not in BUREAU:
        assert outcome(accounts.mend, payment, who) in {NotHere.__name__, NotAllowed.__name__}
