"""Another second factor: two others are needed, within a day, and the owner is told once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import NotAllowed, NotHere, SignInAgain
from chengnuo.people import registers
from chengnuo.people.models import Account, FactorReset
from chengnuo.people.operations import factors
from chengnuo.people.operations.factors import GOOD_FOR, ResetTooOld
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
ADMIN = "health-bureau.account-admin"
AT = county.MONDAY
SECOND = timedelta(seconds=1)


@pytest.fixture
def owner():
    """An officer of the village's counter with an app."""
    account = county.account_of(cases.DESK)
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return account


def ask(account, by=ADMIN, at=AT):
    return factors.ask(account=account, by=county.officer(by), at=at, key=uuid4())


def confirm(reset, post=cases.HEAD, at=AT):
    return factors.confirm(reset=reset.pk, by=county.officer(post, at=at), at=at, key=uuid4())


def test_asking_changes_nothing_yet(owner):
    reset = ask(owner.pk)
    owner.refresh_from_db()
    assert (reset.account, reset.asked_by, reset.confirmed_at) == (owner, county.account_of(ADMIN), None)
    assert Authenticator.objects.filter(user=owner).exists()
    assert owner.signed_out_at is None
    assert factors.untold(owner.pk, at=AT) == [], "nothing was done to the account"


def test_confirmed_the_owner_alone_loses_the_factors_and_every_session(owner):
    other = county.account_of(cases.HEAD)
    Authenticator.objects.create(user=other, type=Authenticator.Type.TOTP, data={"secret": "y"})
    confirm(ask(owner.pk))
    assert list(Authenticator.objects.values_list("user", flat=True)) == [other.pk]
    assert list(Account.objects.exclude(signed_out_at=None)) == [owner]
    assert set(LogEntry.objects.filter(schema__startswith="factor.").values_list("schema", "ref_id")) == {
        ("factor.ask/1", str(owner.pk)),
        ("factor.confirm/1", str(owner.pk)),
    }


@pytest.mark.parametrize(("after", "is_good"), [(timedelta(0), True), (GOOD_FOR, True), (GOOD_FOR + SECOND, False)])
def test_it_is_good_for_a_day(owner, after, is_good):
    reset = ask(owner.pk)
    if is_good:
        assert confirm(reset, at=AT + after).confirmed_at == AT + after
        return
    with pytest.raises(ResetTooOld):
        confirm(reset, at=AT + after)
    assert Authenticator.objects.filter(user=owner).exists()


def test_confirmed_twice_it_takes_no_second_app_away(owner):
    reset = ask(owner.pk)
    confirm(reset)
    Authenticator.objects.create(user=owner, type=Authenticator.Type.TOTP, data={"secret": "new"})
    with pytest.raises(ResetTooOld):
        confirm(reset)
    assert Authenticator.objects.filter(user=owner).exists()


@pytest.mark.parametrize(
    ("post", "may"),
    [
        (cases.HEAD, True),
        (cases.TOWNSHIP_HEAD, True),
        (cases.BUREAU_HEAD, False),  # two levels above: knows no face
        (cases.TOWNSHIP_DESK, False),
        (f"{cases.ELSEWHERE}.head", False),
        (cases.DESK, False),
        (ADMIN, False),
    ],
)
def test_who_confirms_is_a_head_who_knows_the_face(owner, post, may):
    reset = ask(owner.pk)
    listed = registers.resets(county.officer(post), since=AT - GOOD_FOR)
    assert ([each.pk for each in listed] == [reset.pk]) is may
    if may:
        confirm(reset, post)
    else:
        with pytest.raises((NotAllowed, NotHere)):
            confirm(reset, post)
    assert Authenticator.objects.filter(user=owner).exists() is not may


def test_no_head_lets_themselves_set_up_another():
    head = county.account_of(cases.HEAD)
    reset = ask(head.pk)
    assert registers.resets(county.officer(cases.HEAD), since=AT - GOOD_FOR) == []
    with pytest.raises((NotAllowed, NotHere)):
        confirm(reset)
    assert confirm(reset, cases.TOWNSHIP_HEAD).confirmed_by_id == county.account_of(cases.TOWNSHIP_HEAD).pk


def test_both_ask_for_a_fresh_sign_in(owner):
    late = AT + timedelta(minutes=16)
    with pytest.raises(SignInAgain):
        ask(owner.pk, at=late)
    reset = ask(owner.pk)
    with pytest.raises(SignInAgain):
        factors.confirm(reset=reset.pk, by=county.officer(cases.HEAD), at=late, key=uuid4())


def test_nothing_is_asked_for_oneself_for_a_closed_account_or_for_nobody(owner):
    Account.objects.filter(pk=owner.pk).update(is_active=False)
    for account in (owner.pk, county.account_of(ADMIN).pk, 10**9):
        with pytest.raises((NotHere, NotAllowed)):
            ask(account)
    assert not FactorReset.objects.exists()


def test_the_owner_is_told_once_of_each_the_first_first(owner):
    first, second = ask(owner.pk), ask(owner.pk)
    confirm(second, at=AT + SECOND)
    confirm(first, at=AT + 2 * SECOND)
    assert factors.untold(county.account_of(cases.HEAD).pk, at=AT) == []
    told = factors.untold(owner.pk, at=AT + timedelta(hours=1))
    assert [each.pk for each in told] == [second.pk, first.pk]
    assert factors.untold(owner.pk, at=AT + timedelta(hours=2)) == []


def test_the_table_itself_keeps_it_to_two_others(owner):
    admin, head = county.account_of(ADMIN), county.account_of(cases.HEAD)
    for asker, confirms, at in ((owner, None, None), (admin, admin, AT), (admin, owner, AT), (admin, head, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorReset.objects.create(
                account=owner, asked_by=asker, asked_at=AT, confirmed_by=confirms, confirmed_at=at
            )


def test_what_is_older_than_asked_for_is_listed_to_nobody_and_the_oldest_comes_first(owner):
    for hours in (25, 1, 3):
        FactorReset.objects.create(
            account=owner, asked_by=county.account_of(ADMIN), asked_at=AT - timedelta(hours=hours)
        )
    listed = registers.resets(county.officer(cases.HEAD), since=AT - GOOD_FOR)
    assert [AT - each.asked_at for each in listed] == [timedelta(hours=3), timedelta(hours=1)]
