"""What an act of a review costs: at most fourteen statements for each thing that it moves, and for many rows no more than for two."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengnuo.foundation import memo
from chengnuo.payments.operations import recovery
from chengnuo.reviews.models import Review
from chengnuo.reviews.operations import (
    amending,
    answering,
    checking,
    contacting,
    deciding,
    opening,
    owing,
    passing,
    renewing,
    sending,
)
from tests.factories import amendments, money, recoveries, review_situations, reviews
from tests.factories.reviews import BEGUN, CONTACTED, DAY, DESK, HEAD, OVER, VILLAGE_DESK, said

# time stands still: whether a minute has passed since the clock was looked at is not left to the time of day
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
MOST = 14
# what moves a review or an amendment and its award together, each with its entry and its duties, and keeps the new sum; or reads the
# books first; or asks first what the family said itself, who had a hand in the claim, and who upward is free to confirm it
OF_TWO, BOTH = (
    26,
    {
        "renew",
        "say_unchanged, and renewed",
        "determine",
        "end",
        "differ",
        "recovery.propose",
        "recovery.decide",
        "recovery.receive",
        "amendment.propose, to determine",
        "amendment.propose, to end",
        "amendment.propose, to restore",
        "amendment.confirm, to restore",
        "amendment.confirm, to determine",
        "amendment.confirm, to end",
    },
)
# filled and renewed in steps of some hundred: what each step reads before its act is counted too
MOST_OF_MANY = 24


@contextmanager
def counted(found: dict[str, int], name: str):
    with CaptureQueriesContext(connection) as seen:
        yield
    found[name] = len([query for query in seen if "SAVEPOINT" not in query["sql"]]) + 2  # its BEGIN and COMMIT


def test_an_act_of_a_person_takes_at_most_fourteen():
    memo.forget()  # what is remembered for a minute, no act before this one has asked for
    for of in range(1, 8):
        reviews.awarded(of)
    found: dict[str, int] = {}
    by = {each: said(each) for each in (VILLAGE_DESK, DESK, HEAD)}  # who is asked once before anything is counted
    assert by
    campaign = reviews.begun()
    one, two, three, four, five, six, seven = Review.objects.order_by("pk")
    how = {"how": "paper"}
    who = said(VILLAGE_DESK)
    with counted(found, "send_out"):
        sending.send_out(review=one.pk, **who)
    who = said(VILLAGE_DESK)
    with counted(found, "say_unchanged"):
        answering.say_unchanged(review=one.pk, **how, **who)
    who = said(DESK)
    with counted(found, "renew"):
        deciding.renew(review=one.pk, **who)
    who = said(DESK)
    with counted(found, "say_unchanged, and renewed"):
        answering.say_unchanged(review=two.pk, **how, **who)
    who = said(VILLAGE_DESK)
    with counted(found, "state_anew"):
        answering.state_anew(review=three.pk, facts={"person": {"rural": False}}, **how, **who)
    who = said(VILLAGE_DESK)
    with counted(found, "ask_call"):
        answering.ask_call(review=seven.pk, **how, **who)
    who = said(HEAD)
    with counted(found, "determine"):
        deciding.determine(review=three.pk, **who)
    who = said(VILLAGE_DESK)
    with counted(found, "say_changed"):
        answering.say_changed(review=four.pk, change="move", on=date(2026, 2, 1), **how, **who)
    who = said(HEAD)
    with counted(found, "end"):
        deciding.end(review=four.pk, **who)
    who = said(VILLAGE_DESK, CONTACTED)
    with counted(found, "appoint"):
        contacting.appoint(review=five.pk, on=(CONTACTED + DAY).date(), **who)
    who = said(VILLAGE_DESK, CONTACTED + DAY)
    with counted(found, "contact"):
        contacting.contact(review=five.pk, outcome="will_answer", **who)
    reviews.unchanged(six)
    who = said(DESK)
    with counted(found, "propose"):
        renewal = renewing.propose(campaign=campaign.pk, **who)
    reviews.looked(renewal, at=BEGUN)
    who = said(HEAD)
    with counted(found, "confirm"):
        renewing.confirm(renewal=renewal.pk, **who)
    assert {name: count for name, count in found.items() if count > (OF_TWO if name in BOTH else MOST)} == {}


def test_checks_and_what_is_asked_back_take_no_more():
    found: dict[str, int] = {}
    check = review_situations.chance_met()
    who = said(HEAD)
    with counted(found, "differ"):
        checking.differ(review_check=check.pk, difference="paper", **who)
    award = recoveries.overpaid(7)
    who = money.said(DESK)
    about = {"award": award.pk, "year": 2026, "fen": 100, "why": "less", "reasons": "多发"}
    with counted(found, "recovery.propose"):
        asked = recovery.propose(**about, **who)
    who = money.said(HEAD)
    with counted(found, "recovery.decide"):
        recovery.decide(recovery=asked.pk, instalments=2, **who)
    who = money.said(money.FINANCE_DESK)
    with counted(found, "recovery.receive"):
        recovery.receive(recovery=asked.pk, fen=40, **who)
    assert {name: count for name, count in found.items() if count > (OF_TWO if name in BOTH else MOST)} == {}


def test_a_change_in_between_takes_no_more_at_either_officer():
    found: dict[str, int] = {}
    first, second, third = (money.awarded(of) for of in (1, 2, 3))
    anew = {"year": 2026, "facts": amendments.NOT_RURAL, "reasons": amendments.REASONS}
    over = {"ending": "move", "on": money.DAY, "reasons": "迁往外县。"}
    for name, does, award, told in (
        ("determine", amending.determine, first, anew),
        ("end", amending.end, second, over),
    ):
        who = money.said(DESK)
        with counted(found, f"amendment.propose, to {name}"):
            asked = does(award=award.pk, **told, **who)
        who = money.said(HEAD)
        with counted(found, f"amendment.confirm, to {name}"):
            amending.confirm(amendment=asked.pk, **who)
    who = money.said(DESK)
    with counted(found, "amendment.propose, to restore"):
        asked = amending.restore(award=second.pk, reasons="终止错了", **who)
    who = money.said("city-supervision.head")
    with counted(found, "amendment.confirm, to restore"):
        amending.confirm(amendment=asked.pk, **who)
    asked = amendments.ended(third)
    who = money.said(HEAD)
    with counted(found, "amendment.drop"):
        amending.drop(amendment=asked.pk, **who)
    assert len(found) == 7
    assert {name: count for name, count in found.items() if count > (OF_TWO if name in BOTH else MOST)} == {}


@pytest.mark.parametrize("people", [2, 9])
def test_a_step_of_many_takes_as_many_statements_as_one_of_few(people):
    found: dict[str, int] = {}
    for of in range(1, people + 1):
        reviews.awarded(of)
    with counted(found, "owe"):
        owing.owe_due(at=BEGUN)
    who = said(HEAD)
    with counted(found, "begin what is owed"):
        campaign = opening.begin(programme=money.PROGRAMME, year=2026, **who)
    with counted(found, "fill"):
        opening.go_on(at=BEGUN, steps=1)
    opening.go_on(at=BEGUN)
    with counted(found, "owe_contact"):
        passing.pass_on(at=CONTACTED)
    reviews.time(OVER)
    renewal = renewing.confirm(renewal=reviews.looked(reviews.proposed(campaign)).pk, **said(HEAD, OVER))
    with counted(found, "renew"):
        renewing.go_on(at=OVER, renewal=renewal.pk, steps=1)
    assert {name: count for name, count in found.items() if count > MOST_OF_MANY} == {}
    assert reviews.again(renewal).renewed == people
