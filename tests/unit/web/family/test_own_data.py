"""Which officers opened what: each sealed field that hangs on a case has words of its own, and each of its rows is asked for."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client

from chengnuo.cases.models import Case
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Contact
from chengnuo.promises.models import Duty, Escalation
from chengnuo.web.family.own_data import OPENED
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import amendments, claims, county, money, objections, recoveries, reviews
from tests.factories.family import Browser

# nobody opens it: a digest, by which the code on a letter says no
OPENED_BY_NOBODY = {"outreach.letter.whom"}
# what is no column: a picture, and a letter that is printed with its code
NO_FIELD = {"foundation.file", "reviews.review.letter"}


def reachable():
    """Every model from whose rows a row leads to a case, and what a case leads to by a Ref: its duties."""
    found = {Case, Contact, Duty, Escalation}
    waiting = list(found)
    while waiting:
        above = waiting.pop()
        below = {
            model
            for model in apps.get_models(include_auto_created=True)
            if any(field.related_model is above for field in model._meta.local_fields if field.is_relation)
        }
        waiting += below - found
        found |= below
    return found


def sealed_labels():
    fields = (field for model in reachable() for field in model._meta.local_fields)
    return {field.label for field in fields if isinstance(field, SealedField)}


def test_every_sealed_field_of_what_leads_to_a_case_has_words():
    labels = sealed_labels()
    assert {"reviews.amendment.reasons", "payments.account.digits", "benefits.objection.answer"} < labels
    assert labels - OPENED_BY_NOBODY == set(OPENED) - NO_FIELD


def test_no_two_sealed_fields_have_the_same_words():
    assert len(set(OPENED.values())) == len(OPENED)


# the rows are asked for


@pytest.fixture
def clock(monday):
    monday.move(10 * reviews.DAY)
    return monday


def looks(case):
    """What the family reads of who opened what."""
    browser = Browser(Client())
    session = browser.client.session
    session[RECEIPTS] = {str(case): [(money.LATER + 400 * reviews.DAY + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    said = browser.client.get(f"/request/{case}/data.json").json()["looks"]
    return {(each["officer"], each["what"]) for each in said}


def opened_by(post, *sealed, of=""):
    for each in sealed:
        each.reveal(by=county.officer(post, at=money.LATER), reason="a look", of=of)
    return county.account_of(post).name


@pytest.mark.django_db
def test_looks_at_an_award_and_its_account_are_told(clock):
    award = money.awarded()
    first = award.accounts.get()
    money.give(award, money.digits(8))
    name = opened_by(claims.BUREAU_DESK, award.name, award.identity, award.facts)
    opened_by(claims.BUREAU_DESK, first.digits, of=award.pk)
    # also at an account that is in force no more
    told = {"your name, with what you were granted", "your identity number, with what you were granted", "what your support rests on", "your account number"}  # fmt: skip
    assert told <= {what for officer, what in looks(award.claim.case_id) if officer == name}


@pytest.mark.django_db
def test_looks_at_money_asked_back_are_told(clock):
    found = recoveries.objected()
    name = opened_by(claims.BUREAU_DESK, found.reasons, found.objection, of=found.award_id)
    told = {"why money is asked back", "your objection to paying back"}
    assert told <= {what for officer, what in looks(found.award.claim.case_id) if officer == name}


@pytest.mark.django_db
def test_looks_at_what_was_proposed_are_told_once_it_counts(clock):
    found = amendments.anew()
    case = found.award.claim.case_id
    name = opened_by(claims.BUREAU_DESK, found.reasons, found.facts, of=found.award_id)
    told = {(name, "the reasons of a change"), (name, "what you stated otherwise, for a change")}
    assert not told & looks(case)
    amendments.confirmed(found)
    assert told <= looks(case)


@pytest.mark.django_db
def test_looks_at_a_review_are_told(clock):
    review = reviews.stated_anew(reviews.reviewed(), rural=False)
    name = opened_by(claims.BUREAU_DESK, review.facts, of=review.award_id)
    assert (name, "what you stated at a yearly review") in looks(review.award.claim.case_id)


@pytest.mark.django_db
def test_looks_at_an_objection_are_told_to_both_of_whom_it_tells(monday):
    claim = objections.noticed()[0]
    made = objections.made(claim, name="陈守一")
    name = opened_by(claims.TOWNSHIP_DESK, made.words, of=claim.pk)
    for case in (claim.case_id, made.case_id):
        assert (name, "the words of an objection") in looks(case)


@pytest.mark.django_db
def test_looks_at_a_reply_are_told_to_the_claimant_alone(monday):
    claim = objections.noticed()[0]
    made = objections.made(claim, name="陈守一")
    name = opened_by(claims.TOWNSHIP_DESK, objections.replied(made).words, of=made.pk)
    told = (name, "what you said to an objection")
    assert told in looks(claim.case_id)
    assert told not in looks(made.case_id)
