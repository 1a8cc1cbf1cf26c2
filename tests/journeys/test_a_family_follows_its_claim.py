"""What a family's page says of its claim: the way it goes, what was said, what was granted, and what would change a refusal."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from jsonschema_rs import validator_for

from chengnuo.web.casework.claims import told_of
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.contracts.repository import ROOT
from tests.factories import claims, county
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SCHEMA = ROOT / "src/chengnuo/web/static/schemas/my-data-1.json"
EARLIER = county.MONDAY - 20 * claims.DAY


def holder_of(claim, language="en"):
    """A browser that holds the receipt."""
    browser = Browser(Client())
    browser.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    session = browser.client.session
    session[RECEIPTS] = {str(claim.case_id): [(county.MONDAY + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    return browser


def page_of(claim, language="en"):
    browser = holder_of(claim, language)
    browser.open(f"/request/{claim.case_id}/")
    return browser.text


def test_the_stages_are_told_with_what_was_said_and_what_is_to_come():
    claim = claims.passed_on(
        claims.made(at=EARLIER), claims.DESK, at=EARLIER + claims.DAY, verdict="doubts", words="人住在外地。"
    )
    said = page_of(claim)
    assert "Your claim" in said
    for words in ("being examined", "人住在外地。", "here since", "still to come", "entitled 960 yuan a year"):
        assert words in said, words


def test_what_was_granted_is_told_year_by_year():
    claim = claims.at_decision(at=EARLIER)
    claims.granted(claim, at=EARLIER + 9 * claims.DAY)
    said = page_of(claim)
    assert "granted" in said
    assert "Due for 2026 960 yuan" in said
    assert "It was decided here." in said


def test_a_refusal_says_what_would_change_it_with_reasons_and_law():
    claim = claims.at_decision(at=EARLIER, facts=claims.RURAL | {"born": "1980-05-01"})
    claims.refused(claim, at=EARLIER + 9 * claims.DAY)
    said = page_of(claim)
    assert "What would change it It would be granted if this held:" in said
    assert "年龄不到。" in said
    assert "You need not accept this: your rights" in said


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "元"), ("zh-hant", "元"), ("en", "yuan")])
def test_it_is_told_in_the_readers_language(language, word):
    assert f"960{'' if word == '元' else ' '}{word}" in page_of(claims.made(at=EARLIER), language)


def test_a_request_that_is_no_claim_has_no_such_part():
    browser = Browser(Client())
    case = browser.ask()
    browser.open(f"/request/{case}/")
    assert "Your claim" not in browser.text


def test_everything_that_a_claim_holds_is_seen_and_taken_along():
    claim = claims.made(at=EARLIER)
    browser = holder_of(claim)
    browser.open(f"/request/{claim.case_id}/data/")
    for words in (claims.number(), "When were you born?", "May 1, 1960", "How many children do you have now? 1"):
        assert words in browser.text, words
    copy = browser.client.get(f"/request/{claim.case_id}/data.json").json()
    validator_for(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(copy)
    assert copy["claim"]["facts"]["person"][0]["born"] == "1960-05-01"
    assert copy["claim"]["proposal"]["outcome"] == "entitled"


def test_which_officer_opened_the_statement_is_told():
    claim = claims.made(at=EARLIER)
    told_of(claim, county.officer(claims.BUREAU_HEAD, at=EARLIER))
    browser = holder_of(claim)
    browser.open(f"/request/{claim.case_id}/data/")
    assert "what the rules give for your claim" in browser.text


def test_a_refused_claimant_has_a_page_of_rights_with_days_to_print():
    claim = claims.at_decision(at=EARLIER, facts=claims.RURAL | {"born": "1980-05-01"})
    browser = holder_of(claim)
    browser.open(f"/request/{claim.case_id}/rights/", status=404)  # nothing was refused yet
    claims.refused(claim, at=EARLIER + 9 * claims.DAY)
    browser.open(f"/request/{claim.case_id}/")
    assert f"/request/{claim.case_id}/rights/" in browser.page
    browser.open(f"/request/{claim.case_id}/rights/")
    for words in (
        "Refused by Xingshan Health Bureau, Family Development Office Told on Feb. 19, 2026",
        "By April 20, 2026: 50 days, today included.",  # 60 days after it was told
        "By Aug. 19, 2026: 171 days, today included.",  # six months
        "the people's government of Xingshan",
        "It would be granted if this held:",
        "年龄不到。",
        "国人口发〔2004〕36号",
        "12348",
        "A refusal never counts against a new claim.",
    ):
        assert words in browser.text, browser.text
    stranger = Browser(Client())
    stranger.open(f"/request/{claim.case_id}/rights/")
    assert "年龄不到。" not in stranger.text
