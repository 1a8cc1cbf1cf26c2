"""Who is asking: a browser holds a receipt for half an hour, and an officer wears the hats of today."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.foundation.actor import RESIDENT, VISITOR
from chengnuo.people.models import Holding
from chengnuo.web.account.accounts import SIGNED_IN_AT
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS, drop_receipts, hold_receipt, who_asks
from tests.factories import county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SECOND = timedelta(seconds=1)


class Kept(dict):
    """A session, and how often it was given another key."""

    cycled = 0

    def cycle_key(self):
        self.cycled += 1


class Asked:
    """What the functions need of a request."""

    def __init__(self, at=county.MONDAY, user=None, session=None):
        self.at, self.user, self.session = at, user or AnonymousUser(), Kept() if session is None else session


def test_a_visitor_is_nobody():
    actor = who_asks(Asked())
    assert (actor.roles, actor.holds, actor.account) == ({VISITOR}, frozenset(), None)


def test_a_receipt_opens_its_case_for_half_an_hour():
    case, asked = uuid4(), Asked()
    hold_receipt(asked, case)
    assert asked.actor.holds == {case}
    assert asked.actor.roles == {VISITOR, RESIDENT}
    asked.at += RECEIPT_LASTS - SECOND
    assert who_asks(asked).holds == {case}
    asked.at += SECOND
    assert who_asks(asked).holds == frozenset()
    assert who_asks(asked).roles == {VISITOR}


def test_a_second_receipt_leaves_the_first_its_own_time():
    first, second, asked = uuid4(), uuid4(), Asked()
    hold_receipt(asked, first)
    asked.at += RECEIPT_LASTS / 2
    hold_receipt(asked, second)
    assert who_asks(asked).holds == {first, second}
    asked.at += RECEIPT_LASTS / 2
    assert who_asks(asked).holds == {second}


def test_whoever_noted_the_key_of_a_shared_telephone_holds_nothing():
    asked = Asked()
    hold_receipt(asked, uuid4())
    hold_receipt(asked, uuid4())
    assert asked.session.cycled == 2, "each time: the key may have been noted beside a receipt of one's own"


def test_what_is_over_is_not_kept():
    """The session of a shared computer does not collect the cases of everybody who used it."""
    asked = Asked()
    hold_receipt(asked, uuid4())
    asked.at += RECEIPT_LASTS
    hold_receipt(asked, uuid4())
    assert len(asked.session[RECEIPTS]) == 1


def test_receipts_are_dropped_at_once():
    asked = Asked()
    hold_receipt(asked, uuid4())
    drop_receipts(asked)
    drop_receipts(asked)
    assert who_asks(asked).holds == frozenset()


@given(st.text(max_size=30))
def test_a_time_that_nobody_wrote_opens_nothing(typed):
    """Whatever stands in a session where a time should be: the case stays closed, and no error is raised."""
    asked = Asked(session={RECEIPTS: {str(uuid4()): ["not " + typed, ""]}})
    assert who_asks(asked).holds == frozenset()


@pytest.mark.django_db
def test_an_officer_wears_the_hats_of_today_and_the_visitor_s():
    account = county.account_of(f"{county.VILLAGE}.desk")
    session = {SIGNED_IN_AT: county.MONDAY.isoformat()}
    actor = who_asks(Asked(user=account, session=session))
    assert actor.roles == {"village_officer", VISITOR}
    assert actor.signed_in_at == county.MONDAY
    Holding.objects.filter(account=account).update(ends=county.MONDAY.date())
    assert who_asks(Asked(user=account, session=session)).roles == {VISITOR}


@pytest.mark.django_db
def test_an_officer_with_a_family_s_receipt_is_both_until_it_is_dropped():
    """At a counter the officer acts for the family, and is still named by the post."""
    case, asked = uuid4(), Asked(user=county.account_of(f"{county.VILLAGE}.desk"))
    before = who_asks(asked)
    hold_receipt(asked, case)
    assert who_asks(asked).holds == asked.actor.holds == {case}
    assert asked.actor.roles == before.roles | {RESIDENT}
    assert (asked.actor.posts, asked.actor.signature) == (before.posts, before.signature)
    drop_receipts(asked)
    assert who_asks(asked) == before


@pytest.mark.django_db
@pytest.mark.parametrize("kept", ["", "yesterday", "2026-13-45"])
def test_a_sign_in_that_cannot_be_read_is_not_fresh(kept):
    account = county.account_of(f"{county.VILLAGE}.desk")
    assert who_asks(Asked(user=account, session={SIGNED_IN_AT: kept})).signed_in_at is None
