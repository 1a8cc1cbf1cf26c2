"""What hangs on a claim's award, on the family's page of what is held and in its copy: everything it may see, and nothing it may not."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema_rs import validator_for

from chengnuo.benefits.operations.deciding import grant
from chengnuo.cases.operations import own_data
from chengnuo.channels import queries
from chengnuo.channels.models import ClosedLetter
from chengnuo.channels.operations import writing
from chengnuo.config import worker
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import resident
from chengnuo.foundation.receipts import receipt_code
from chengnuo.payments.operations import recovery
from chengnuo.reviews.operations import answering
from chengnuo.web.awards.held import beside, pieces
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.contracts.repository import ROOT
from tests.factories import amendments, claims, county, money, objections, recoveries, reviews
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SCHEMA = validator_for(
    json.loads((ROOT / "src/chengnuo/web/static/schemas/my-data-1.json").read_text(encoding="utf-8"))
)
EVERY_SECTION = (
    "What you were granted",
    "What it rests on",
    "What was determined, and why",
    "Your money",
    "Where it is paid",
    "Money asked back",
    "The yearly question",
    "What was changed, and why",
    "Objections",
)


@pytest.fixture
def clock(monday):
    monday.move(10 * DAY)
    return monday


def family(case):
    """Its own telephone, on the page of what is held."""
    browser = Browser(Client())
    session = browser.client.session
    session[RECEIPTS] = {str(case): [(money.LATER + 400 * DAY + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    browser.open(f"/request/{case}/data/")
    return browser


def helper(case, post):
    """An officer into whose browser the family typed its code."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    county.sign_in(client, post)
    client.post("/follow/", {"code": receipt_code(case)})
    browser = Browser(client)
    browser.open(f"/request/{case}/data/")
    return browser


def page(award):
    return family(award.claim.case_id).text


def copy(case):
    said = family(case).client.get(f"/request/{case}/data.json").json()
    assert list(SCHEMA.iter_errors(said)) == []
    return said


def section(text, title, until):
    """What stands between two headings."""
    return text.split(title, 1)[1].split(until, 1)[0]


def test_what_was_granted_and_determined_stands_there_with_who_did_it_and_why(clock):
    award = money.awarded()
    text = page(award)
    for words in (
        "What you were granted Rural family allowance from sixty in force",
        "Since the year 2026 Granted on March 12, 2026",
        f"Your identity number {claims.number()}",
        "What it rests on What you stated The same as in your claim, above.",
        "2026 comes to 960 yuan. Determined on March 12, 2026 Determined by Xingshan Health Bureau",
        "Why By the decision on your claim.",
    ):
        assert words in text, words
    said = copy(award.claim.case_id)["award"]
    assert (said["status"], said["begins"], said["identity"]) == ("in_force", 2026, claims.number())
    assert said["facts"]["person"][0]["born"] == "1960-05-01"
    assert [(each["year"], each["fen"], each["departs"]) for each in said["determinations"]] == [(2026, 96_000, False)]


def test_a_sum_that_departs_from_the_rules_carries_the_reasons_of_its_decision(clock):
    claim = claims.at_decision()
    grant(claim=claim.pk, fen=50_000, reasons="按旧标准发放半年。", **money.said(claims.BUREAU_HEAD))
    text = page(claim.award)
    assert "2026 comes to 500 yuan." in text
    assert "Why 按旧标准发放半年。 Note decided otherwise than the rules give, with reasons" in text
    (due,) = copy(claim.case_id)["award"]["determinations"]
    assert (due["departs"], due["why"]) == (True, "按旧标准发放半年。")


def test_payments_are_told_as_the_page_of_the_money_tells_them_and_each_account_by_its_last_digits(clock):
    award = money.awarded()
    money.reconciled(money.exported(money.fund(40_000)))
    money.give(award, money.digits(77))
    browser = family(award.claim.case_id)
    for words in (
        "Your money 2026 still to come Due for the year 960 yuan Paid to you so far 400 yuan",
        "400 yuan on your account · March 12, 2026",
        "Why not all of it is there yet",
        "Account ••••0077 Given on March 12, 2026 An account before Bank 演示银行古夫支行 Account ••••0001",
    ):
        assert words in browser.text, browser.text
    said = copy(award.claim.case_id)["award"]
    assert [each["digits"] for each in said["accounts"]] == ["••••0077", "••••0001"]
    (year,) = said["money"]
    assert (year["due"], year["paid"], year["is_late"]) == (96_000, 40_000, False)
    assert year["payments"] == [{"fen": 40_000, "status": "paid", "day": "2026-03-12", "reason": ""}]
    assert money.digits(1) not in browser.page + json.dumps(said)


def test_money_asked_back_is_told_with_what_both_sides_wrote(clock):
    found = recoveries.objected()
    recovery.waive(recovery=found.pk, answer="说得对，不再追回。", **money.said(claims.BUREAU_HEAD))
    text = page(found.award)
    for words in ("Money asked back 2026: 100 yuan let go: nothing more is asked", "户口已转为城镇，重新核定。", "我一直住在村里。", "说得对，不再追回。"):  # fmt: skip
        assert words in text, words
    (said,) = copy(found.award.claim.case_id)["award"]["asked_back"]
    assert (said["status"], said["fen"], said["objection"]) == ("waived", recoveries.FEN, "我一直住在村里。")


def test_what_only_one_officer_has_proposed_is_told_to_nobody_also_where_that_office_helps(clock):
    award = recoveries.overpaid()
    recoveries.proposed(award)
    amendments.ended(award)
    case = award.claim.case_id
    for text in (page(award), helper(case, claims.BUREAU_HEAD).text, helper(case, claims.BUREAU_DESK).text):
        assert "What you were granted" in text
        for words in ("Money asked back", "What was changed", "迁往外县。", "a change"):
            assert words not in text, words
    said = copy(case)["award"]
    assert (said["asked_back"], said["amendments"]) == ([], [])


def test_a_change_that_counts_is_told_with_its_days_its_reasons_and_what_was_stated(clock):
    award = money.awarded()
    proposed = amendments.anew(award)
    clock.move(DAY)
    amendments.confirmed(proposed, at=money.LATER + DAY)
    text = page(award)
    told = section(text, "What was changed, and why", "Photos")
    for words in ("2026 comes to 0 yuan. confirmed", "Proposed on March 12, 2026 Confirmed on March 13, 2026", f"Reasons {amendments.REASONS}", "Are you registered as a rural resident? no"):  # fmt: skip
        assert words in told, words
    # the award rests on it from then on, and its sum has the reasons of the change
    assert "Are you registered as a rural resident? no" in section(text, "What it rests on", "What was determined")
    assert f"Why {amendments.REASONS}" in section(text, "What was determined, and why", "Your money")
    said = copy(award.claim.case_id)["award"]
    assert [(each["sort"], each["facts"]) for each in said["amendments"]] == [("determine", amendments.NOT_RURAL)]
    assert [each["why"] for each in said["determinations"]] == [amendments.REASONS, "By the decision on your claim."]


def test_an_award_that_has_ended_says_since_when_and_why(clock):
    award = money.awarded()
    amendments.confirmed(amendments.ended(award))
    text = page(award)
    assert "Rural family allowance from sixty ended" in text
    assert "Ended from March 12, 2026 Why The person has moved away from the county." in text
    said = copy(award.claim.case_id)["award"]
    assert (said["status"], said["ends_on"], said["ended_for"]) == ("ended", "2026-03-12", "move")
    assert said["amendments"][0]["ending"] == "move"


def test_a_yearly_review_is_told_with_what_was_stated_and_what_came_of_each_contact(clock):
    review = reviews.reviewed()
    reviews.sent_out(review)
    reviews.time(reviews.CONTACTED)
    clock.move(33 * DAY)
    reviews.contacted(reviews.again(review), "will_answer")
    reviews.stated_anew(reviews.again(review), at=reviews.CONTACTED + 2 * DAY, rural=False)
    text = section(page(review.award), "The yearly question", "What you agreed to")
    for words in ("2026 something has changed; to be decided", "The letter went out March 12, 2026", "What you told us something that the programme asks is otherwise", "Are you registered as a rural resident? no", "They will answer."):  # fmt: skip
        assert words in text, words
    # what is as it was is not said again
    assert "When were you born?" not in text
    (said,) = copy(review.award.claim.case_id)["award"]["reviews"]
    assert (said["year"], said["status"], said["how"], said["change"]) == (2026, "changed", "counter", "facts")
    assert said["facts"]["person"][0]["rural"] is False
    assert [each["outcome"] for each in said["contacts"]] == ["will_answer"]


def test_the_number_written_to_be_called_is_read_by_the_family_and_by_no_helper(clock):
    review = reviews.reviewed()
    case = review.award.claim.case_id
    answering.ask_call(review=review.pk, how="paper", phone="10055556666", **reviews.said(claims.DESK))
    assert "Telephone 10055556666" in page(review.award)
    assert copy(case)["award"]["reviews"][0]["telephone"] == "10055556666"
    helped = helper(case, claims.TOWNSHIP_DESK)
    assert "What you told us" in helped.text
    assert "10055556666" not in helped.page


def test_what_a_review_determined_says_so(clock):
    review = reviews.reviewed()
    reviews.determined(reviews.stated_anew(review, rural=False), at=money.LATER + DAY)
    sums = section(page(review.award), "What was determined, and why", "Your money")
    assert "2026 comes to 0 yuan." in sums
    assert "Why By the yearly review." in sums
    assert "2025 comes to 960 yuan." in sums


def test_objections_to_a_claim_are_told_to_its_family_and_to_whoever_made_them_and_never_whose_or_at_which_hour(monday):
    claim = objections.noticed()[0]
    made = objections.made(claim, name="陈守一")
    objections.answered(made, at=county.MONDAY + DAY)
    for case in (claim.case_id, made.case_id):
        text = family(case).text
        told = section(text, "Objections", "What you agreed to")
        assert objections.WORDS in told
        assert objections.ANSWER in told
        assert "陈守一" not in told
        (said,) = copy(case)["objections"]
        assert (said["ground"], said["words"], said["status"]) == ("age", objections.WORDS, "not_upheld")
        assert (said["made_on"], said["answered_on"]) == ("2026-03-02", "2026-03-03")
    assert "陈守一" not in family(claim.case_id).page


def test_a_closed_letter_is_told_with_the_day_on_which_an_office_says_that_it_went_out(clock):
    award = money.awarded()
    worker.drain(money.LATER)
    case = award.claim.case_id
    (letter,) = ClosedLetter.objects.filter(case=case)
    said = copy(case)["letters"]
    assert said == [{"news_on": "2026-03-12", "stands": "owed", "out_on": None, "way": ""}]
    assert "Closed letters to you Something new since March 12, 2026: to be written" in page(award)
    by = county.officer(letter.holder.key, at=money.LATER)
    writing.send_out(letter=letter.pk, by=by, at=money.LATER + DAY, key=letter.pk)
    assert copy(case)["letters"] == [
        {"news_on": "2026-03-12", "stands": "out", "out_on": "2026-03-13", "way": "letter"}
    ]
    assert "Something new since March 12, 2026: on its way, March 13, 2026" in page(award)
    assert queries.letters_of(resident(letter.pk), case) == []


def test_every_reply_is_told_to_the_claimant_and_to_whoever_objected_that_there_is_one_never(monday):
    claim = objections.noticed()[0]
    made = objections.made(claim, name="陈守一")
    objections.replied(made)
    objections.replied(made, "户口簿也在这里。")
    told = section(family(claim.case_id).text, "Objections", "What you agreed to")
    assert told.index(objections.REPLY) < told.index("户口簿也在这里。")
    assert "Your reply" in told
    (said,) = copy(claim.case_id)["objections"]
    assert [(each["words"], each["written_down_by"]) for each in said["replies"]] == [
        (objections.REPLY, ""),
        ("户口簿也在这里。", ""),
    ]
    page = family(made.case_id)
    assert "reply" not in section(page.text, "Objections", "What you agreed to")
    # also on a telephone on which both codes were typed
    session = page.client.session
    session[RECEIPTS] |= {str(claim.case_id): session[RECEIPTS][str(made.case_id)]}
    session.save()
    page.open(f"/request/{made.case_id}/data/")
    assert objections.REPLY not in page.text
    assert "replies" not in copy(made.case_id)["objections"][0]


def test_the_office_whose_finding_is_doubted_does_not_read_the_objection_where_it_helps(monday):
    claim = objections.noticed()[0]
    objections.made(claim)
    assert objections.WORDS in family(claim.case_id).text
    helped = helper(claim.case_id, claims.DESK)
    assert "What you stated in your claim" in helped.text
    assert objections.WORDS not in helped.page


def test_where_there_is_nothing_there_is_no_heading_and_no_key(monday):
    claim = claims.refused(claims.at_decision(), at=county.MONDAY + 9 * DAY)
    text = family(claim.case_id).text
    assert not [title for title in EVERY_SECTION if title in text]
    assert not {"award", "objections"} & set(copy(claim.case_id))
    award = claims.granted(claims.at_decision(of=2), at=county.MONDAY + 9 * DAY)
    text = page(award)
    shown = [title for title in EVERY_SECTION if title in text]
    assert shown == ["What you were granted", "What it rests on", "What was determined, and why", "Your money"]


def test_the_award_of_another_receipt_is_not_told(clock):
    mine, other = money.awarded(1), money.awarded(2)
    stranger = resident(other.claim.case_id)
    assert beside(mine.claim.case, stranger, today=local_date(money.LATER)).held is None
    assert claims.number(2) not in page(mine)


def test_a_helper_takes_no_copy_and_reads_of_no_look(clock):
    award = money.awarded()
    case = award.claim.case_id
    helped = helper(case, claims.TOWNSHIP_DESK)
    assert "What you were granted" in helped.text
    assert "••••0001" in helped.text
    assert "what your support rests on" not in helped.text
    assert "data.json" not in helped.page
    assert helped.client.get(f"/request/{case}/data.json").status_code == 403
    # and what the helper opened is told to the family
    officer = county.account_of(claims.TOWNSHIP_DESK).name
    assert f"March 12, 2026 {officer} what your support rests on" in page(award)


def test_the_ids_of_everything_with_sealed_words_are_asked_for(clock):
    award = money.awarded()
    before = {award.pk, award.claim_id}
    now = {"today": local_date(money.LATER)}
    family_of = resident(award.claim.case_id)
    assert before < set(pieces(beside(award.claim.case, family_of, **now)))
    changed = amendments.confirmed(amendments.anew(award))
    account = money.give(award, money.digits(5))
    assert {changed.pk, account.pk} < set(pieces(beside(award.claim.case, family_of, **now)))


def test_more_rows_ask_the_database_no_more_often(clock):
    award = money.awarded()
    amendments.confirmed(amendments.anew(award))

    def asked():
        browser = family(award.claim.case_id)
        with CaptureQueriesContext(connection) as seen:
            browser.open(f"/request/{award.claim.case_id}/data/")
        return len([query for query in seen if "SAVEPOINT" not in query["sql"]])

    first = asked()
    for of in range(2, 6):
        money.give(award, money.digits(of))
        amendments.confirmed(amendments.anew(award, facts={"person": {"rural": of % 2 == 0}}))
    assert asked() == first


def test_what_is_erased_with_the_case_opens_no_page(clock):
    claim = claims.refused(claims.at_decision(), at=money.LATER)
    clock.move(400 * DAY)
    own_data.erase(case=claim.case_id, by=resident(claim.case_id), at=money.LATER + 400 * DAY, key=claim.pk)
    browser = Browser(Client())
    browser.open("/follow/")
    browser.send("/follow/", code=receipt_code(claim.case_id))
    assert "No request opens with this code." in browser.text
