"""A claimant reads what was objected, says what is so, and puts it right; who answers reads it first, and whoever objected never does."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chengnuo.benefits.models import Objection, Reply
from chengnuo.foundation import clock
from chengnuo.foundation.receipts import receipt_code
from tests.factories import bad, cases, claims, county, objections
from tests.factories.family import Browser
from tests.factories.objections import ANSWER, REPLY, WORDS

pytestmark = pytest.mark.django_db
LATER = "户口簿第二页也写着1960年。"
NAME = "赵德柱"
OTHER = f"{cases.ELSEWHERE}.desk"
MOST_QUERIES = 12


@pytest.fixture
def objected(monday):
    """Two claims in one notice, each with an objection."""
    claim, other, *_others = objections.noticed()
    return objections.made(claim, name=NAME), objections.made(other)


@pytest.fixture
def objection(objected):
    return objected[0]


def page_of(objection):
    return reverse("family:reply", args=[objection.claim.case_id, objection.pk])


def request_of(objection):
    return reverse("family:request", args=[objection.claim.case_id])


def holder(case, browser=None):
    """Whoever typed the code of this case."""
    browser = browser or Browser()
    browser.open("/follow/")
    assert browser.send("/follow/", code=receipt_code(case)) == f"/request/{case}/"
    return browser


def officer(post):
    browser = Browser(Client())
    county.sign_in(browser.client, post, at=clock.now())
    return browser


def newest():
    """The name of the reply that was written last."""
    return Reply.objects.order_by("number").last().name


def says(browser, objection, words):
    browser.open(page_of(objection))
    return browser.send(page_of(objection), words=words)


def test_from_the_claimants_page_to_the_answer_that_was_given_after_reading_it(objection):
    claimant = holder(objection.claim.case_id)
    assert "Reply to it in your own words" in claimant.text
    claimant.open(page_of(objection))
    for shown in ("The age is not as the programme asks", WORDS, "this one condition"):
        assert shown in claimant.text
    assert "How many children somebody has" in claimant.text
    assert "whoever objected never reads it" in claimant.text
    assert NAME not in claimant.page
    assert objection.case.number not in claimant.page
    assert says(claimant, objection, REPLY) == request_of(objection)
    assert "Your reply is received." in claimant.text
    assert f"Your reply {REPLY}" in claimant.text
    assert "Put your reply right" in claimant.text

    claimant.open(page_of(objection))
    assert f"{REPLY}</textarea>" in claimant.page, "what was written is there to be put right"
    assert says(claimant, objection, LATER) == request_of(objection)
    assert LATER in claimant.text
    assert REPLY not in claimant.text
    claimant.open(page_of(objection))
    assert claimant.text.count("What you wrote before") == 2, "nothing of it is lost"

    township = officer(claims.TOWNSHIP_DESK)
    for page in ("desk:objection", "desk:objection_deed"):
        township.open(reverse(page, args=[objection.pk, *(["reject"] if page.endswith("deed") else [])]))
        assert f"The claimant's reply {LATER}" in township.text
    assert township.send(reverse("desk:objection_deed", args=[objection.pk, "reject"]), words=ANSWER, heard=newest())
    assert Objection.objects.get(pk=objection.pk).status == "not_upheld"
    claimant.open(request_of(objection))
    assert ANSWER in claimant.text
    assert LATER in claimant.text
    assert "Put your reply right" not in claimant.text
    claimant.open(page_of(objection), status=409)
    assert "nobody has to reply to it any more" in claimant.text

    objector = holder(objection.case_id)
    assert ANSWER in objector.text
    for page in ("", "data/", "data.json", "proof.json"):
        objector.open(f"/request/{objection.case_id}/{page}")
        for words in (REPLY, LATER, "reply"):
            assert words not in objector.page.lower(), page


def test_who_answers_while_the_claimant_writes_reads_it_first_and_loses_nothing(objection):
    township, deed = officer(claims.TOWNSHIP_DESK), reverse("desk:objection_deed", args=[objection.pk, "uphold"])
    township.open(deed)
    assert "The claimant's reply" not in township.text
    objections.replied(objection)
    township.send(deed, words=ANSWER, heard="")
    assert "The claimant has written to it since you opened this page." in township.text
    assert f"The claimant's reply {REPLY}" in township.text
    assert f"{ANSWER}</textarea>" in township.page
    assert f'name="heard" value="{newest()}"' in township.page
    for heard in ("", "x", "1", f"{uuid4()} {newest()[:-1]}", "9" * 5000):
        with bad.undone():
            township.send(deed, words=ANSWER, heard=heard)
    township.open(deed)
    township.send(deed, words=ANSWER, heard=f"x {newest()}")
    assert Objection.objects.get(pk=objection.pk).status == "upheld"


def test_any_counter_but_those_two_writes_it_down_and_is_named(objection):
    counter = holder(objection.claim.case_id, officer(OTHER))
    assert says(counter, objection, REPLY) == request_of(objection)
    assert Reply.objects.get().post.key == OTHER
    township = officer(claims.TOWNSHIP_DESK)
    township.open(reverse("desk:objection", args=[objection.pk]))
    assert "written down at the counter by" in township.text

    village = holder(objection.claim.case_id, officer(claims.DESK))
    assert "What was objected" not in village.text, "it is about their own finding"
    village.open(page_of(objection), status=404)
    answers = holder(objection.claim.case_id, township)
    answers.open(page_of(objection), status=403)
    assert "Whoever answers an objection does not write down what the claimant says to it." in answers.text


def test_what_cannot_be_taken_is_said_and_stays(objection):
    claimant = holder(objection.claim.case_id)
    claimant.open(page_of(objection))
    stamp = claimant.stamp
    assert claimant.send(page_of(objection), words=" ") == page_of(objection)
    assert "Write what is so, and what shows it." in claimant.text
    long = "长" * 1001
    assert claimant.send(page_of(objection), words=long) == page_of(objection)
    assert long in claimant.page
    answer = claimant.client.post(page_of(objection), {"words": REPLY, "stamp": "forged"})
    assert REPLY in answer.content.decode()
    assert not Reply.objects.exists()
    for _press in (1, 2):
        assert claimant.client.post(page_of(objection), {"words": REPLY, "stamp": stamp}).status_code == 302
    assert Reply.objects.count() == 1
    objections.answered(objection, heard=1, at=county.MONDAY)
    late = claimant.client.post(
        page_of(objection), {"words": LATER, "stamp": claimant.stamp}, HTTP_ACCEPT_LANGUAGE="en"
    )
    assert f"{LATER}</textarea>" in late.content.decode(), "what was typed too late is still there to be copied"
    assert Reply.objects.count() == 1


def test_nobody_else_finds_the_page(objected):
    objection, other = objected
    objector = holder(objection.case_id)
    objector.open(reverse("family:reply", args=[objection.case_id, objection.pk]), status=404)
    assert objector.open(page_of(objection)).startswith("/follow/")
    both = holder(objection.claim.case_id, objector)
    both.open(reverse("family:reply", args=[objection.claim.case_id, other.pk]), status=404)


@pytest.mark.parametrize(
    ("language", "link", "about"),
    [
        ("zh-hans", "用自己的话回应", "从来不问"),
        ("zh-hant", "用自己的話回應", "從來不問"),
        ("en", "Reply to it in your own words", "is never in question"),
    ],
)
def test_in_three_languages(objection, language, link, about):
    claimant = holder(objection.claim.case_id)
    claimant.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    claimant.open(request_of(objection))
    assert link in claimant.text
    claimant.open(page_of(objection))
    assert about in claimant.text


def asked_by(browser, page):
    """How often the page asks, once it has been opened before."""
    browser.client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert browser.client.get(page).status_code == 200
    return len([query for query in asked if "SAVEPOINT" not in query["sql"]])


def test_no_page_of_it_asks_more_than_twelve_times_and_the_claims_own_once_more_than_before(objection):
    made = [objection, objections.made(objection.claim), objections.made(objection.claim, ground="registration")]
    claimant, township = holder(objection.claim.case_id), officer(claims.TOWNSHIP_DESK)
    before = asked_by(claimant, request_of(objection))
    for each in made:
        objections.replied(each)
    assert asked_by(claimant, request_of(objection)) == before + 1
    assert asked_by(claimant, page_of(objection)) <= MOST_QUERIES
    for page in (
        reverse("desk:objection", args=[objection.pk]),
        reverse("desk:objection_deed", args=[objection.pk, "reject"]),
    ):
        assert asked_by(township, page) <= MOST_QUERIES, page
