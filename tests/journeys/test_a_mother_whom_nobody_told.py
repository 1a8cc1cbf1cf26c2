"""What all of this is for: a mother who lost her child, and whom nobody told, gets the letter that everyone of her age gets, finds what
is hers, claims it in a sealed envelope, is seen by nobody near her, is paid, and goes on being paid when she answers nothing.

Beside her: a claim made twice, a payee who dies before the money goes, and an account that is wrong. Each is caught.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from chengnuo.benefits.models import Award, Claim
from chengnuo.config import worker
from chengnuo.core.privacy import mask_name
from chengnuo.outreach.models import Letter
from chengnuo.payments.models import Batch, Fund, Payment
from chengnuo.payments.operations import batches
from chengnuo.promises.models import Duty
from chengnuo.reviews.models import Campaign, Renewal, Review
from chengnuo.reviews.operations import opening, renewing
from chengnuo.web.who import RECEIPT_LASTS, RECEIPTS
from tests.factories import awarding, claims, county, crawl, money, outreach, residents, reviews
from tests.factories.calculator import OLD, Calculator
from tests.factories.claiming import BUTTON, PAPER, Claimant
from tests.factories.desk import Desk, said
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
HER, NAME, PROGRAMME = 1, "司徒秀珍", "special-bereaved"
BORN = "1972-03-02"
LOST = OLD | {
    "person.1.born": BORN,
    "person.1.children_living": "0", "person.1.children_ever": "1", "more": "loss", "person.1.child_died": "2015-03-01",
    "person.1.wife_born": "none",
}  # fmt: skip
SUM, FIRST = 708_000, 300_000
FINDER = "at-forty-nine"
DAY = timedelta(days=1)
OWN = ("desk:claim", "desk:case", "money:account")
NEAR = (claims.DESK, f"{county.VILLAGE}.supervisor", f"{county.TOWNSHIP}.head")


@pytest.fixture
def told(monday):
    """`told(post)` is the browser of whoever holds a post, freshly signed in at the present instant."""

    class County:
        watch = monday

        def __call__(self, post):
            client = Client()
            return Desk(client, county.sign_in(client, post, at=self.watch.at))

        def passes(self, days):
            self.watch.move(days * DAY)

    return County()


def number(of):
    return claims.number(of, BORN.replace("-", ""))


def gets_the_letter_that_everyone_gets(told):
    """Whether a child lives or not: all of that age, by a contact at the county; the village has no hand in it."""
    residents.living(number(HER), NAME)
    outreach.people(2, BORN.replace("-", ""))
    outreach.begun(FINDER, at=told.watch.at)
    worker.reach_out(told.watch.at)
    contact, texts = told(claims.BUREAU_DESK), []
    assert Letter.objects.filter(finder=FINDER).count() == 3
    for letter in Letter.objects.filter(finder=FINDER):
        assert outreach.holder(letter) == claims.BUREAU_DESK
        assert told(claims.DESK).get("outreach:print", letter.pk).status_code == 404
        texts.append(paper_of(contact.get("outreach:print", letter.pk).content))
        contact.send("outreach:letter_deed", letter.pk, "record", outcome="posted")
    assert len(set(texts)) == 1, "the letters differ by more than name and number"
    assert not re.search("独生|失独|死亡|伤残|特别扶助", texts[0])
    assert "Nothing waits in your hands" in said(told(claims.DESK).get("outreach:next"))


def paper_of(pdf):
    """What a letter says to everybody: without whom it is to, its number and its code."""
    text = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    same, names = re.subn(f"{NAME}|欧阳测.", "", text)
    assert names == 1
    return re.sub(r"\d", "", same)


def typed(value):
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def finds_it_alone():
    """Nobody is asked who she is, and nothing is kept; she takes the same blank form as everybody."""
    phone = Calculator()
    page = phone.result(LOST)
    assert f"{PROGRAMME}.1" in BUTTON.findall(page)
    assert "7,080 yuan a year" in page
    paper = phone.client.post(PAPER, {"claim": PROGRAMME})
    assert paper["Content-Type"] == "application/pdf"


def hands_in_an_envelope(told, of=HER, name=NAME):
    """An officer of the county opens it and types what stands on the paper, named as the helper; no counter near her is asked."""
    officer = told(claims.BUREAU_DESK)
    desk = Claimant(officer.client)
    desk.begin(PROGRAMME)
    desk.answers({f"person.1.{key}": typed(value) for key, value in (claims.BEREAVED | {"born": BORN}).items()})
    desk.says_who(name={"name": name, "number": number(of)})
    claim = Claim.objects.get(case=desk.declares())
    assert (claim.stages, claim.is_guarded, claim.case.helper.key) == (
        ["county_check", "county_decision"],
        True,
        claims.BUREAU_DESK,
    )
    return claim


def decided(told, claim):
    """By two officers of the county: whoever checked it cannot decide."""
    told.passes(1)
    checks = told(claims.BUREAU_DESK)
    assert checks.send("claim_deed", claim.pk, "pass_on", verdict="supports", words="").status_code == 302
    assert checks.get("claim_deed", claim.pk, "grant").status_code == 404 or "grant" not in said(
        checks.get("claim", claim.pk)
    )
    told.passes(1)
    assert told(claims.BUREAU_HEAD).send("claim_deed", claim.pk, "grant", fen="", reasons="").status_code == 302
    return Award.objects.get(claim=claim)


def account(told, award, number, bank="演示银行古夫支行"):
    assert told(claims.BUREAU_DESK).send("money:account", award.pk, bank=bank, digits=number).status_code == 302


def money_comes(told, fen, level, *, fund=None):
    till = told(money.FINANCE_DESK)
    if fund is None:
        till.send("money:new_fund", programme=PROGRAMME, year="2026")
        fund = Fund.objects.get(programme=PROGRAMME, year=2026)
    yuan = f"{fen // 100}"
    till.send("money:fund_deed", fund.pk, "appropriate", level=level, fen=yuan)
    till.send("money:fund_deed", fund.pk, "arrive", level=level, fen=yuan)
    till.send("money:fund_deed", fund.pk, "pass_on")
    return fund


def with_the_bank(told, fund):
    told(claims.BUREAU_DESK).send("money:propose", fund.pk)
    batch = Batch.objects.get(fund=fund, status="proposed")
    told(claims.BUREAU_HEAD).send("money:batch_deed", batch.pk, "check")
    told(money.FINANCE_HEAD).send("money:batch_deed", batch.pk, "approve")
    told(money.CLERK).send("money:batch_deed", batch.pk, "export")
    return Batch.objects.get(pk=batch.pk)


def comes_back(told, batch, failed=()):
    clerk = told(money.CLERK)
    text = clerk.get("money:file", batch.pk, "csv").content.decode("utf-8-sig")
    assert "特别扶助" not in text
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["备注", "金额", "状态", "失败原因", "到账日期"])
    for row in csv.DictReader(io.StringIO(text)):
        why = "户名不符" if row["账号"] in failed else ""
        writer.writerow(
            [row["备注"], row["金额"], "失败" if why else "成功", why, "" if why else str(told.watch.at.date())]
        )
    file = SimpleUploadedFile("returned.csv", out.getvalue().encode("gb18030"))
    assert clerk.send("money:batch_deed", batch.pk, "reconcile", content=file).status_code == 302


def holder(told, award):
    browser = Browser(Client())
    session = browser.client.session
    session[RECEIPTS] = {str(award.claim.case_id): [(told.watch.at + RECEIPT_LASTS).isoformat(), ""]}
    session.save()
    return browser


def reads_her_money(told, award):
    browser = holder(told, award)
    browser.open(f"/request/{award.claim.case_id}/money/")
    return browser.text


def nobody_near_her_learns_of_it(told, award, posts=(*NEAR, "")):
    """Every page, list and file that an officer of her village or township can open by links, and what is public; and her own addresses."""
    claim = award.claim
    hers = [NAME, mask_name(NAME), number(HER), money.digits(HER), claim.case.number]
    hers += [
        str(each)
        for each in (
            claim.pk,
            claim.case_id,
            award.pk,
            *Payment.objects.filter(award=award).values_list("pk", flat=True),
        )
    ]
    own = [reverse(name, args=[row]) for name, row in zip(OWN, (claim.pk, claim.case_id, award.pk), strict=True)]
    for post in posts:
        client = told(post).client if post else Client()
        pages = 0
        for address, text in crawl.opened(client, ["/desk/", "/desk/cases/", "/promises/", "/", "/log/log.jsonl"]):
            pages += 1
            assert not [each for each in hers if each in text], (post, address)
        assert pages > 20, post
        if post:
            # the same answer as for a row that there never was
            answers = [client.get(address).status_code for address in own]
            assert answers == [client.get(reverse(name, args=[uuid4()])).status_code for name in OWN]
            assert set(answers) <= {403, 404}
            assert client.get(reverse("money:home")).status_code == 403


def is_asked_once_a_year(told, award):
    """By the county alone. She answers nothing, nobody finds her at home, and two officers renew it: silence ends nothing."""
    opens = datetime(2027, 1, 11, 2, tzinfo=UTC)
    told.passes((opens - told.watch.at).days)
    told(claims.BUREAU_HEAD).send("reviews:begin", programme=PROGRAMME)
    campaign = Campaign.objects.get(programme=PROGRAMME)
    opening.go_on(at=told.watch.at)
    review = Review.objects.get(award=award)
    assert review.holder.key == claims.BUREAU_DESK
    assert told(claims.DESK).get("reviews:review", review.pk).status_code == 404
    told.passes((campaign.contact_from - told.watch.at.date()).days)
    reviews.time(told.watch.at)
    told.passes((campaign.answer_until - told.watch.at.date()).days + 1)
    reviews.time(told.watch.at)
    assert reviews.again(review).status == "silent"
    told(claims.BUREAU_DESK).send("reviews:propose", campaign.pk)
    renewal = Renewal.objects.get(campaign=campaign)
    assert told(claims.BUREAU_DESK).get("reviews:renewal_deed", renewal.pk, "confirm").status_code in (403, 404)
    for officer in (claims.BUREAU_DESK, claims.BUREAU_HEAD):
        told(officer).get("reviews:review", review.pk)
    told(claims.BUREAU_HEAD).send("reviews:renewal_deed", renewal.pk, "confirm")
    renewing.go_on(at=told.watch.at)
    assert award.dues.get(year=2027).fen == SUM
    assert reviews.again(review).status == "renewed"


def test_from_the_letter_over_the_second_instalment_to_the_next_year(told):
    gets_the_letter_that_everyone_gets(told)
    finds_it_alone()
    claim = hands_in_an_envelope(told)
    # the same envelope once more: nobody at the counter learns of the first, and the one who decides is told
    twice = hands_in_an_envelope(told)
    told.passes(1)
    assert (
        told(claims.BUREAU_DESK).send("claim_deed", twice.pk, "pass_on", verdict="supports", words="").status_code
        == 302
    )
    assert "another open claim" not in said(told(claims.BUREAU_DESK).get("claim", claim.pk))
    award = decided(told, claim)
    head = told(claims.BUREAU_HEAD)
    assert "is awarded this programme already" in said(head.send("claim_deed", twice.pk, "grant", fen="", reasons=""))
    assert Award.objects.get() == award
    assert [due.fen for due in award.dues.all()] == [SUM]

    other = decided(told, hands_in_an_envelope(told, of=2, name="欧阳建国"))
    account(told, award, money.digits(HER))
    account(told, other, money.digits(2))
    nobody_near_her_learns_of_it(told, award, posts=(claims.DESK,))

    # only a part has come; everybody gets the same share of it, and her page says why it is not more
    fund = money_comes(told, 2 * FIRST, "national")
    told(claims.BUREAU_DESK).send("money:propose", fund.pk)
    batch = Batch.objects.get(status="proposed")
    assert (batch.payees, batch.sum_fen) == (2, 2 * FIRST)
    told(claims.BUREAU_HEAD).send("money:batch_deed", batch.pk, "check")
    told(money.FINANCE_HEAD).send("money:batch_deed", batch.pk, "approve")
    # the other payee dies before the money goes: nothing is sent to them
    at = told.watch.at
    by = county.officer(claims.BUREAU_HEAD, at=at)
    awarding.end(award=other.pk, ending="death", on=at.date(), by=by, at=at, key=uuid4())
    told(money.CLERK).send("money:batch_deed", batch.pk, "export")
    batches.go_on(at=at)
    assert dict(Payment.objects.values_list("award", "status")) == {award.pk: "sent", other.pk: "dropped"}

    # her account was wrong: the bank sends it back, somebody owes that it is mended, and she reads it
    comes_back(told, Batch.objects.get(pk=batch.pk), failed=[money.digits(HER)])
    failed = Payment.objects.get(status="failed")
    assert Duty.objects.get(subject_id=failed.pk).outcome == ""
    text = reads_her_money(told, award)
    assert "The bank sent it back. The office will check the account with you." in text
    assert "The name does not fit the account" in text
    told.passes(1)
    account(told, award, money.digits(101))
    assert Duty.objects.get(subject_id=failed.pk).outcome == "kept"

    # the first instalment; what was not sent to the one who died is money of the fund again, and is there for her
    comes_back(told, with_the_bank(told, fund))
    paid = 2 * FIRST
    text = reads_her_money(told, award)
    for words in (
        "Only part of the money has come. The rest is paid when it does.",
        "Due for the year 7,080 yuan",
        "Paid to you so far 6,000 yuan",
        "Still to come 1,080 yuan",
        "Public support",
    ):
        assert words in text, words
    assert "bereaved" not in text.lower()

    # the second
    told.passes(20)
    money_comes(told, SUM - paid, "province", fund=fund)
    comes_back(told, with_the_bank(told, fund))
    text = reads_her_money(told, award)
    assert "2026 paid in full" in text
    assert text.count("on your account") == 2
    assert sum(row.fen for row in Payment.objects.filter(award=award, status="paid")) == SUM
    nobody_near_her_learns_of_it(told, award)

    is_asked_once_a_year(told, award)
    nobody_near_her_learns_of_it(told, award, posts=(claims.DESK,))

    # what everybody reads of it is one line of all such programmes, without a sum: too few people stand behind it
    public = Client().get("/promises/money.json").json()
    assert [(each["level"], each["promised_fen"]) for each in public["sums"]] == [(None, None)]
    assert "bereaved" not in json.dumps(public)
    # and she takes along everything that is held about her
    assert holder(told, award).client.get(f"/request/{award.claim.case_id}/data.json").json()["claim"][
        "identity"
    ] == number(HER)
