"""Which button stands for whom in which state of a fund, a batch, a payment and of money asked back: the same as what they may do."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.payments.operations import accounts, batches, funds, recovery, settling
from tests.factories import claims, county, money, recoveries
from tests.factories.desk import Desk, said

pytestmark = pytest.mark.django_db
DESK, HEAD, STRANGER = claims.BUREAU_DESK, claims.BUREAU_HEAD, "civil-affairs.head"
TILL, FINANCE, CLERK = money.FINANCE_DESK, money.FINANCE_HEAD, money.CLERK
EVERYBODY = (DESK, HEAD, TILL, FINANCE, CLERK)
BACK = {money.digits(1): "户名不符"}
NOBODY: dict[str, str] = {}
SIGN_IN = ("/accounts/", "/demo/")  # where somebody proves who they are


@pytest.fixture(autouse=True)
def later(monday):
    monday.move(timedelta(days=10))


def at(post, *, signed_in=money.LATER):
    client = Client()
    return Desk(client, county.sign_in(client, post, at=signed_in))


def offered(post, page, pk):
    """The deeds to which the page of a noun leads, by the last part of their addresses."""
    address = reverse(page, args=[pk])
    shown = at(post).get(page, pk)
    assert shown.status_code == 200
    return " ".join(sorted(re.findall(rf'href="{address}([a-z_]+)/"', shown.content.decode())))


def by_post(page, pk):
    found = {post: offered(post, page, pk) for post in EVERYBODY}
    return {post: deeds for post, deeds in found.items() if deeds}


def filling():
    return batches.propose(fund=money.fund().pk, **money.said(DESK))


def sending():
    return batches.export(batch=money.approved().pk, **money.said(CLERK))


def reconciled():
    return money.reconciled(money.exported())


def closed():
    return settling.close(batch=reconciled().pk, **money.said(CLERK))


def dropped():
    batch = batches.drop(batch=money.checked().pk, **money.said(TILL))
    batches.go_on(at=money.LATER)
    return batch


# DESK proposes, HEAD checks, FINANCE approves, CLERK gives it to the bank: none of them takes another part
BATCHES = {
    "filling": (filling, NOBODY),
    "proposed": (money.proposed, dict.fromkeys(EVERYBODY, "drop") | {HEAD: "check drop"}),
    "checked": (
        money.checked,
        {DESK: "drop", HEAD: "drop", TILL: "approve drop", FINANCE: "approve drop", CLERK: "approve drop"},
    ),
    "approved": (
        money.approved,
        {DESK: "drop", HEAD: "drop", TILL: "drop export", FINANCE: "drop", CLERK: "drop export"},
    ),
    "sending": (sending, NOBODY),
    "exported": (money.exported, dict.fromkeys((TILL, FINANCE, CLERK), "reconcile")),
    "reconciled": (reconciled, dict.fromkeys((TILL, FINANCE, CLERK), "close reconcile")),
    "closed": (closed, NOBODY),
    "dropped": (dropped, NOBODY),
}


@pytest.mark.parametrize("state", BATCHES)
def test_a_batch_offers_each_what_they_may_do_with_it_now_and_the_file_to_the_clerk_alone(state):
    money.awarded()
    does, expected = BATCHES[state]
    batch = money.again(does())
    assert batch.status == state
    assert by_post("money:batch", batch.pk) == expected
    has_file = [post for post in EVERYBODY if "The file for the bank" in said(at(post).get("money:batch", batch.pk))]
    assert has_file == ([CLERK] if state in ("exported", "reconciled") else [])
    assert (at(CLERK).get("money:file", batch.pk, "csv").status_code == 200) == bool(has_file)


def test_a_batch_is_of_the_office_that_proposed_it_and_of_the_one_that_pays_and_of_no_third():
    money.awarded()
    batch = money.exported()
    stranger = at(STRANGER)
    for name, *args in (("batch",), ("batch_deed", "reconcile"), ("file", "csv")):
        assert stranger.get(f"money:{name}", batch.pk, *args).status_code == 404, name
    assert str(batch.pk) not in stranger.get("money:home").content.decode()
    assert str(batch.pk) not in stranger.get("money:fund", batch.fund_id).content.decode()
    assert str(batch.pk) in at(DESK).get("money:home").content.decode()


@pytest.mark.parametrize(("name", "batch"), [("approve", money.checked), ("export", money.approved)])
def test_whoever_signed_in_long_ago_is_asked_again_before_they_type_and_nothing_moves(name, batch):
    money.awarded()
    found = batch()
    long_ago = at(CLERK, signed_in=money.LATER - timedelta(hours=5))
    opened = long_ago.get("money:batch_deed", found.pk, name)
    assert opened.status_code == 302
    assert opened["Location"].startswith(SIGN_IN)
    assert at(CLERK).get("money:batch_deed", found.pk, name).status_code == 200
    assert money.again(found).status == found.status


def test_a_deed_of_no_table_and_a_file_of_no_kind_are_no_pages():
    money.awarded()
    batch = money.exported()
    for name, pk, word in (
        ("batch_deed", batch.pk, "fill"),
        ("fund_deed", batch.fund_id, "warn"),
        ("file", batch.pk, "pdf"),
    ):
        assert at(CLERK).get(f"money:{name}", pk, word).status_code == 404, name


def come():
    fund = money.fund(0)
    funds.appropriate(fund=fund.pk, level="city", fen=900, **money.said(TILL))
    return funds.arrive(fund=fund.pk, level="city", fen=900, **money.said(TILL))


def missing():
    fund = money.fund(0)
    funds.look_ahead(at=money.LATER + timedelta(days=160))
    return fund


FUNDS = {
    "quiet": (lambda: money.fund(0), "appropriate arrive"),
    "money has come": (come, "appropriate arrive pass_on"),
    "passed on": (money.fund, "appropriate arrive"),
    "money will be missing": (missing, "appropriate arrive cover"),
}


@pytest.mark.parametrize("state", FUNDS)
def test_a_fund_is_kept_by_the_finance_office_and_proposed_from_by_the_others(state):
    money.awarded()
    does, expected = FUNDS[state]
    fund = does()
    assert by_post("money:fund", fund.pk) == {
        DESK: "propose", HEAD: "propose", TILL: expected, FINANCE: expected, CLERK: expected
    }  # fmt: skip
    for post in (DESK, STRANGER):
        for name in ("appropriate", "arrive", "pass_on", "cover"):
            assert at(post).get("money:fund_deed", fund.pk, name).status_code == 404


def test_only_the_office_that_pays_sets_a_fund_up_and_before_that_there_is_none_to_be_seen():
    for post in (*EVERYBODY, STRANGER):
        home = at(post).get("money:home")
        assert "No funds yet" in said(home)
        may = reverse("money:new_fund") in home.content.decode()
        assert may == (post in (TILL, FINANCE, CLERK)) == (at(post).get("money:new_fund").status_code == 200), post


def test_what_is_booked_back_already_offers_no_way_back_and_nobody_else_is_offered_one():
    fund = money.fund(500)
    ways = re.compile(rf'href="{reverse("money:fund", args=[fund.pk])}back/([0-9a-f-]+)/"')

    def ways_of(post):
        return ways.findall(at(post).get("money:fund", fund.pk).content.decode())

    entries = ways_of(TILL)
    assert len(entries) == 3
    assert ways_of(DESK) == ways_of(STRANGER) == []
    assert at(DESK).get("money:take_back", fund.pk, entries[0]).status_code == 404
    at(TILL).send("money:take_back", fund.pk, entries[0])
    assert ways_of(TILL) == entries[1:]


def sent_back():
    batch = money.exported()
    money.reconciled(batch, failed=BACK)
    return money.payments(batch)[0]


def test_a_payment_is_mended_by_its_own_office_while_it_is_sent_back_and_never_after():
    award = money.awarded()
    payment = sent_back()
    account = reverse("money:account", args=[award.pk])
    for post in EVERYBODY:
        is_own = post in (DESK, HEAD)
        assert offered(post, "money:payment", payment.pk) == ("mend" if is_own else "")
        assert (account in at(post).get("money:payment", payment.pk).content.decode()) == is_own
    assert at(STRANGER).get("money:payment", payment.pk).status_code == 404
    accounts.mend(payment=payment.pk, **money.said(DESK))
    assert by_post("money:payment", payment.pk) == NOBODY
    assert account not in at(DESK).get("money:payment", payment.pk).content.decode()


def test_a_payment_that_reached_its_account_offers_nothing():
    money.awarded()
    (payment,) = money.payments(reconciled())
    assert by_post("money:payment", payment.pk) == NOBODY
    text = said(at(DESK).get("money:payment", payment.pk))
    assert "Paid on" in text
    assert "Why the bank sent it back" not in text


def waived():
    return recovery.waive(recovery=recoveries.objected().pk, answer="是我们的差错。", **money.said(HEAD))


def not_asked():
    return recovery.drop(recovery=recoveries.proposed().pk, **money.said(HEAD))


# DESK proposes it, and decides no part of it
ASKED_BACK = {
    "proposed": (recoveries.proposed, {HEAD: "decide drop"}),
    "decided": (recoveries.decided, {HEAD: "waive"} | dict.fromkeys((TILL, FINANCE, CLERK), "receive")),
    "objected": (recoveries.objected, {HEAD: "keep waive"}),
    "settled": (lambda: recoveries.came_back(recoveries.decided(), recoveries.FEN), NOBODY),
    "waived": (waived, NOBODY),
    "dropped": (not_asked, NOBODY),
}


@pytest.mark.parametrize("state", ASKED_BACK)
def test_money_asked_back_is_decided_by_another_officer_and_taken_in_by_another_office(state):
    does, expected = ASKED_BACK[state]
    found = does()
    assert found.status == state
    assert by_post("money:recovery", found.pk) == expected
    assert at(STRANGER).get("money:recovery", found.pk).status_code == 404


def test_the_words_of_office_and_person_are_read_where_it_is_decided_and_not_where_it_is_paid():
    found = recoveries.objected()
    words = ("户口已转为城镇，重新核定。", "我一直住在村里。")
    for post in EVERYBODY:
        text = said(at(post).get("money:recovery", found.pk))
        assert [each in text for each in words] == [post in (DESK, HEAD)] * 2, post
        assert "欧阳桂兰" in text


def waits(post, batch):
    _before, _sign, section = at(post).get("inbox").content.decode().partition('id="batches"')
    return reverse("money:batch", args=[batch.pk]) in section.partition("</section>")[0]


def test_a_batch_stands_at_the_desk_of_whoever_does_its_next_part(monday):
    money.awarded()
    batch = money.proposed()
    assert [post for post in EVERYBODY if waits(post, batch)] == [HEAD]
    batches.check(batch=batch.pk, **money.said(HEAD))
    assert [post for post in EVERYBODY if waits(post, batch)] == [TILL, FINANCE, CLERK]
    batches.approve(batch=batch.pk, **money.said(FINANCE))
    assert [post for post in EVERYBODY if waits(post, batch)] == [TILL, CLERK], "who approved it does not send it"
    batches.export(batch=batch.pk, **money.said(CLERK))
    batches.go_on(at=money.LATER)
    assert [post for post in EVERYBODY if waits(post, batch)] == [CLERK], "who alone opens its file"
    assert not waits(STRANGER, batch)
