"""How often a family's pages ask the database about a claim to which everything has happened that can happen to one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chengnuo.channels.operations import writing
from chengnuo.foundation import clock
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import amendments, claims, county, money, objections, recoveries, reviews

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MOST = 12
# everything that is held of an award lies in a table of its own; as many as it takes today, so that it does not grow
OF_ALL_THAT_IS_HELD = 19


def with_objections():
    """Examined by everybody, with two objections that were replied to and answered, and granted."""
    claim, *_others = objections.noticed()
    for ground in ("age", "registration"):
        made = objections.made(claim, name="赵德柱", ground=ground)
        objections.replied(made), objections.replied(made, "户口簿也在这里。")
        objections.answered(made, at=county.MONDAY, heard=4)
    claim, at = claims.again(claim), county.MONDAY
    while claim.stage + 1 < len(claim.stages):
        at += DAY
        post = {"village": claims.DESK, "township": claims.TOWNSHIP_DESK, "county": claims.BUREAU_DESK}
        claim = claims.passed_on(claim, post[claim.stands_at.level], at=at, words="属实")
    writing.owe(claim.case_id, at=at)
    award = claims.granted(claim, at=money.LATER)
    money.give(award, money.digits(1)), money.give(award, money.digits(2))
    return award


def paid(award):
    """In two parts, then changed, and something of it asked back."""
    money.reconciled(money.exported(money.fund(40_000)))
    money.reconciled(money.exported(money.fund(56_000)))
    amendments.confirmed(amendments.anew(award))
    recoveries.decided(award, 1000)
    return award


def reviewed():
    """Its family was written to and asked once."""
    review = reviews.reviewed()
    reviews.sent_out(review)
    reviews.contacted(review, at=reviews.BEGUN)
    return review.award


def asked_by(award, page):
    """How often a page asks, once it was opened before."""
    client, at = Client(), f"/request/{award.claim.case_id}/{page}"
    session = client.session
    session[RECEIPTS] = {str(award.claim.case_id): [(clock.now() + RECEIPT_LASTS - DAY / 1440).isoformat(), ""]}
    session.save()
    client.get(at)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(at).status_code == 200
    return len([query for query in asked if "SAVEPOINT" not in query["sql"]])


def test_no_page_of_a_rich_claim_asks_more_often_than_promised(monday):
    award = with_objections()
    monday.move(money.LATER - clock.now())
    paid(award)
    assert asked_by(award, "") <= MOST
    assert asked_by(award, "money/") <= MOST
    assert asked_by(award, "data/") <= OF_ALL_THAT_IS_HELD
    assert asked_by(award, "data.json") <= OF_ALL_THAT_IS_HELD + 2, "and the proofs"


def test_nor_one_that_was_reviewed(monday):
    monday.move(10 * DAY)
    award = reviewed()
    assert asked_by(award, "") <= MOST
    assert asked_by(award, "data/") <= OF_ALL_THAT_IS_HELD + 2, (
        "and of what is still to come its fund, and how that stands"
    )


def test_who_is_responsible_and_what_was_agreed_to_is_said_as_before(monday):
    """What is read with the case is what was asked for by itself."""
    award = with_objections()
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    session = client.session
    session[RECEIPTS] = {str(award.claim.case_id): [(clock.now() + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    page = client.get(f"/request/{award.claim.case_id}/").content.decode()
    assert county.account_of(award.claim.case.holder.key).name in page
