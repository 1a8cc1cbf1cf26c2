"""Telephone, keys and recovery codes are lost: an administrator asks, a head confirms, the owner is told by both names."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import FactorReset
from chengnuo.people.operations import factors
from chengnuo.people.operations.factors import ResetTooOld
from tests.factories import cases, county, desk
from tests.journeys.test_second_factor_at_sign_in import SET_UP, WORDS, set_up, sign_in, where

pytestmark = pytest.mark.django_db
ADMIN = "health-bureau.account-admin"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def loses(monday):
    """An officer of the village with an app that is lost."""
    account = county.account_of(cases.DESK)
    account.set_password(WORDS)
    account.save()
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    Authenticator.objects.create(user=account, type=Authenticator.Type.RECOVERY_CODES, data={})
    return account


def at_desk(post):
    return desk.at(Client(), post)


def asked(account, by=ADMIN):
    return factors.ask(account=account.pk, by=county.officer(by), at=county.MONDAY, key=uuid4())


def confirmed(reset, post=cases.HEAD, at=county.MONDAY):
    return factors.confirm(reset=reset.pk, by=county.officer(post, at=at), at=at, key=uuid4())


def has_one(account):
    return Authenticator.objects.filter(user=account).exists()


def test_two_people_let_them_set_up_another(loses, settings, monday):
    old = Client()
    county.sign_in(old, cases.DESK)
    assert old.get("/desk/inbox/").status_code == 200
    admin = at_desk(ADMIN)
    assert "They lost telephone, keys and recovery codes" in desk.said(admin.get("account", loses.pk))
    admin.send("reset_factor", loses.pk)
    assert has_one(loses), "one alone changes nothing"
    reset = FactorReset.objects.get()
    head = at_desk(cases.HEAD)
    assert loses.name in desk.said(head.get("inbox"))
    monday.move(MINUTE)
    head.send("confirm_factor", reset.pk)
    assert not has_one(loses)
    assert loses.name not in desk.said(head.get("inbox"))
    assert old.get("/desk/inbox/").status_code == 302

    settings.DEMO = False
    monday.move(2 * MINUTE)
    browser = Client(HTTP_ACCEPT_LANGUAGE="en")
    sign_in(browser, loses)
    told = browser.get(SET_UP).content.decode()
    for said in (f"{reset.asked_by} asked for it", "confirmed it", "March 2, 2026"):
        assert said in told
    assert where(browser.get("/desk/")) == SET_UP
    set_up(browser)
    assert browser.get("/desk/inbox/").status_code == 200
    assert factors.untold(loses.pk, at=county.MONDAY) == [], "told once"


def test_the_log_says_who_did_it(loses):
    confirmed(asked(loses))
    assert {f"factor.{name}/1" for name in ("ask", "confirm")} <= set(LogEntry.objects.values_list("schema", flat=True))


@pytest.mark.parametrize(
    ("post", "may"),
    [
        (cases.HEAD, True),
        (cases.TOWNSHIP_HEAD, True),
        (cases.TOWNSHIP_DESK, False),
        (cases.BUREAU_HEAD, False),
        (f"{cases.ELSEWHERE}.head", False),
    ],
)
def test_only_a_head_who_knows_the_person_confirms(loses, post, may):
    reset = asked(loses)
    page = at_desk(post).get("confirm_factor", reset.pk)
    assert (page.status_code == 200) is may
    if not may:
        with pytest.raises(NotHere):
            confirmed(reset, post)
    assert has_one(loses)


def test_nobody_does_it_for_themselves(loses):
    admin = county.account_of(ADMIN)
    with pytest.raises(NotHere):
        asked(admin)
    assert at_desk(ADMIN).get("reset_factor", admin.pk).status_code == 404
    head = county.account_of(cases.HEAD)
    reset = asked(head)
    with pytest.raises(NotHere):
        confirmed(reset)
    confirmed(reset, cases.TOWNSHIP_HEAD)


def test_the_database_refuses_one_person_alone(loses):
    admin = county.account_of(ADMIN)
    for confirms in (admin, loses):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorReset.objects.create(
                account=loses,
                asked_by=admin,
                asked_at=county.MONDAY,
                confirmed_by=confirms,
                confirmed_at=county.MONDAY,
            )


def test_it_is_good_for_a_day_and_once(loses):
    reset = asked(loses)
    with pytest.raises(ResetTooOld):
        confirmed(reset, at=county.MONDAY + factors.GOOD_FOR + MINUTE)
    assert has_one(loses)
    confirmed(reset)
    with pytest.raises(ResetTooOld):
        confirmed(reset)


def test_a_closed_account_gets_none(loses):
    loses.is_active = False
    loses.save()
    with pytest.raises(NotHere):
        asked(loses)


def test_it_asks_for_a_fresh_sign_in(loses, monday):
    head, reset = at_desk(cases.HEAD), asked(loses)
    monday.move(timedelta(minutes=16))
    page = head.client.get(reverse("desk:confirm_factor", args=[reset.pk]))
    assert page.status_code == 302
