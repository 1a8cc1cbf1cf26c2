"""The page of a family's rights: which ways stand open, at which office, and for how many days more."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from chengnuo.foundation import clock
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import cases, claims, county
from tests.factories.desk import said

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
SECOND = timedelta(seconds=1)
REFUSED_AT = county.MONDAY + 9 * claims.DAY


def page(case, method="get"):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    session = client.session
    session[RECEIPTS] = {str(case.pk): [(clock.now() + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    return getattr(client, method)(f"/request/{case.pk}/rights/")


def midnight_after(monday, year, month, day):
    """The last second of this day in the county."""
    end = datetime(year, month, day, tzinfo=SHANGHAI) + claims.DAY - SECOND
    monday.move(end - clock.now())


def refused_claim(monday, programme="rural-incentive", **facts):
    claim = claims.at_decision(programme, facts=(claims.RURAL | facts) if facts else None)
    monday.move(9 * claims.DAY)
    return claims.refused(claim, at=REFUSED_AT).case


def test_days_are_counted_with_today_and_end_at_the_county_s_midnight(monday):
    case = cases.refuse(cases.ask("dibao"), at=county.MONDAY, post=cases.TOWNSHIP_DESK)
    assert "By May 1, 2026: 61 days, today included." in said(page(case))
    midnight_after(monday, 2026, 5, 1)
    assert "By May 1, 2026: 1 day, today included." in said(page(case))
    monday.move(SECOND)
    over = said(page(case))
    assert "The last day was May 1, 2026." in over
    assert "By Sept. 2, 2026: 124 days" in over, "the court is open longer than the review"
    midnight_after(monday, 2026, 9, 2)
    assert "By Sept. 2, 2026: 1 day, today" in said(page(case))
    monday.move(SECOND)
    assert "The last day was Sept. 2, 2026." in said(page(case))


def test_against_a_committee_only_the_office_above_is_named(monday):
    case = cases.refuse(cases.ask(), at=county.MONDAY)
    answer = page(case)
    shown = said(answer)
    assert "is no authority" in shown
    assert "Administrative review" not in shown
    assert "today included" not in shown
    assert f"/complain/?case={case.pk}" in answer.content.decode()
    assert f"{cases.office(county.TOWNSHIP)} answers complaints in writing" in shown
    assert "Claim again" not in shown, "what is no claim is not claimed"


def test_of_a_claim_whoever_decided_is_complained_about_and_not_who_has_it_in_hand(monday):
    case = refused_claim(monday, born="1980-05-01")
    assert case.office.key == county.VILLAGE
    bureau, answer = cases.office("health-bureau"), page(case)
    shown = said(answer)
    assert f"Refused by {bureau}" in shown
    assert f"{bureau.above} answers complaints in writing" in shown
    assert "/complain/?about=health-bureau" in answer.content.decode()
    assert f"?case={case.pk}" not in answer.content.decode()
    assert "Administrative review" in shown, "though a committee received it, an authority refused it"
    assert "A refusal never counts against a new claim." in shown


def test_of_a_guarded_claim_the_bureau_both_has_it_and_decided(monday):
    case = refused_claim(monday, "special-bereaved")
    assert f"/complain/?case={case.pk}" in page(case).content.decode()


@pytest.mark.parametrize(
    ("facts", "change"),
    [
        ({"born": "1980-05-01"}, "It would be granted if this held:"),
        ({"rural": None}, "It can be decided again once this is known:"),
        ({"children_ever": 1}, "The decision differs from them; its reasons stand with the last stage."),
    ],
)
def test_what_would_change_it_is_by_the_rules_and_the_reasons_are_the_officer_s(monday, facts, change):
    shown = said(page(refused_claim(monday, **facts)))
    assert change in shown
    assert shown.count("What would change it") == 1
    assert "年龄不到。" in shown
    assert "国人口发〔2004〕36号" in shown


@pytest.mark.parametrize("how", ["open", "granted", "withdrawn"])
def test_what_was_not_refused_has_no_such_page(monday, how):
    claim = claims.at_decision()
    monday.move(9 * claims.DAY)
    if how == "granted":
        claims.granted(claim, at=REFUSED_AT)
    elif how == "withdrawn":
        cases.withdraw(claim.case, at=REFUSED_AT)
    assert page(claim.case).status_code == 404


def test_without_the_receipt_nothing_of_it_is_read_and_nothing_is_sent_there(monday):
    case, other = refused_claim(monday), cases.refuse(cases.ask(), at=county.MONDAY)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    session = client.session
    session[RECEIPTS] = {str(other.pk): [(clock.now() + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    answer = client.get(f"/request/{case.pk}/rights/")
    assert answer.status_code == 302
    assert str(case.number) not in answer.content.decode()
    assert page(case, "post").status_code == 405
