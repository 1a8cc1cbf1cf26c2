"""The yearly question through the browser: a letter with a code, one press; a counter; two officers; and what chance checks."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.foundation import clock
from chengnuo.foundation.models.looks import Look
from chengnuo.foundation.receipts import receipt_code
from chengnuo.payments.models import Recovery
from chengnuo.reviews.codes import code_of
from chengnuo.reviews.models import Campaign, Renewal, Review
from tests.factories import county, money, recoveries, reviews
from tests.factories.family import MAIN, TAGS
from tests.factories.reviews import BEGUN, CONTACTED, DAY, DESK, HEAD, OVER, VILLAGE_DESK

pytestmark = pytest.mark.django_db
STAMP = re.compile(r'name="stamp" value="([^"]+)"')


class Browser:
    """Whoever sits at a post, or a family at home; `text` is what they read."""

    def __init__(self, post: str = "", at=BEGUN) -> None:
        self.client, self.page, self.at = Client(), "", at
        if post:
            county.sign_in(self.client, post, at=at)

    def get(self, url: str):
        with clock.frozen(self.at):
            answer = self.client.get(url, HTTP_ACCEPT_LANGUAGE="en", follow=True)
        self.status, self.page = answer.status_code, answer.content.decode(errors="replace")
        return self

    def press(self, url: str, **said: str):
        """Opens the page and sends its form."""
        self.get(url)
        stamp = STAMP.search(self.page)
        assert stamp, self.text
        with clock.frozen(self.at):
            answer = self.client.post(url, {"stamp": stamp[1]} | said, HTTP_ACCEPT_LANGUAGE="en", follow=True)
        self.status, self.page = answer.status_code, answer.content.decode()
        return self

    def type_code(self, code: str):
        with clock.frozen(self.at):
            answer = self.client.post("/review/", {"code": code}, HTTP_ACCEPT_LANGUAGE="en", follow=True)
        self.page = answer.content.decode()
        return self

    def type_receipt(self, award):
        with clock.frozen(self.at):
            self.client.post("/follow/", {"code": receipt_code(award.claim.case.pk)})
        return self

    @property
    def text(self) -> str:
        found = MAIN.search(self.page)
        return re.sub(r"\s+", " ", unescape(TAGS.sub(" ", found[0] if found else "")))


def test_the_head_begins_it_and_a_family_answers_in_one_step_with_the_code_of_its_letter():
    award = reviews.awarded()
    head = Browser(HEAD).get("/desk/reviews/")
    assert "No review has begun yet." in head.text
    head.press("/desk/reviews/begin/", programme=money.PROGRAMME)
    review = Review.objects.get(award=award)
    letter = Browser(VILLAGE_DESK).get(reverse("reviews:letter", args=[review.pk]))
    assert (letter.status, letter.page[:4]) == (200, "%PDF")
    account = county.officer(VILLAGE_DESK).account
    assert Look.objects.filter(account=account, label="reviews.review.letter", row=str(review.pk)).count() == 1
    family = Browser().type_code("1" * 16)
    assert "No page opens with this code" in family.text
    family.type_code(code_of(review.pk))
    asked = ("Has anything changed?", "If you do not answer, what you receive goes on.")
    for said in asked:
        assert said in family.text, family.text
    # the letter has passed through hands: it opens the question, and nothing of the person
    for held in ("rural", "yuan", "What it is about"):
        assert held not in family.text.partition("What is held of you")[2].partition("When does")[0]
    assert "rural" not in family.get(reverse("reviews:own_deed", args=[review.pk, "say_changed"])).text
    family.type_receipt(award).get(reverse("reviews:own", args=[review.pk]))
    for said in (*asked, "rural", "yuan"):
        assert said in family.text, family.text
    for never in ("children", "born in", "died"):
        assert never not in family.text.partition("What is held of you")[2].partition("When does")[0]
    family.press(reverse("reviews:own", args=[review.pk]))
    assert "the support goes on" in family.page
    assert reviews.again(review).status == "unchanged"
    # another browser has no code, and an officer's own way is the desk
    for stranger in (Browser(), Browser(VILLAGE_DESK)):
        assert "Type the code" in stranger.get(reverse("reviews:own", args=[review.pk])).page


def test_a_family_says_what_is_otherwise_and_reads_its_rights():
    review = reviews.reviewed()
    family = Browser().type_receipt(review.award)
    url = reverse("reviews:own_deed", args=[review.pk, "state_anew"])
    assert "children anybody has is not asked" in family.get(url).text
    family.press(url)
    assert "Nothing is different from what is held." in family.text
    family.press(url, person__rural="no")
    review = reviews.again(review)
    assert (review.status, review.change) == ("changed", "facts")
    family.press(reverse("reviews:own_deed", args=[review.pk, "take_back"]))
    assert (reviews.again(review).status, reviews.again(review).change) == ("unchanged", "")
    family.press(url, person__rural="no")
    reviews.determined(review)
    family.get(reverse("reviews:own", args=[review.pk]))
    for said in ("determined anew", "Administrative review", "0 yuan", "never because nobody answered"):
        assert said in family.text, family.text


# what a programme asks: no page that a letter's code opens says or asks any of it
ASKED_BY_A_PROGRAMME = (
    "rural",
    "spouse",
    "certificate",
    "disab",
    "child",
    "mother",
    "grade",
    "wife",
    "When were you born",
)


@pytest.mark.parametrize("programme", [money.PROGRAMME, "special-bereaved"])
def test_who_has_only_the_letter_learns_nothing_of_the_programme_and_asks_to_be_called(programme):
    """A letter may be opened by another in the house. Without JavaScript, as everything here."""
    review = reviews.reviewed(programme=programme)
    other = Browser().type_code(code_of(review.pk))
    own, anew = (
        reverse("reviews:own", args=[review.pk]),
        reverse("reviews:own_deed", args=[review.pk, "state_anew"]),
    )
    pages, first = [other.text], other.page
    assert anew not in first
    call, end = (reverse("reviews:own_deed", args=[review.pk, name]) for name in ("ask_call", "say_changed"))
    for page in (call, end):
        assert page in first
        pages.append(other.get(page).text)
    pages.append(other.get(anew).text)
    assert "Type the receipt code of your claim first, or ask to be called." in other.page
    for page in pages:
        # what is said of every programme alike is no word of this one
        said = page.partition("When does this support end?")[0].replace("Births are never asked", "")
        assert not [word for word in ASKED_BY_A_PROGRAMME if word in said], page
    # nor is it taken in behind the page's back
    other.get(own)
    with clock.frozen(BEGUN):
        stamp = STAMP.search(other.page)[1]
        answer = other.client.post(anew, {"stamp": stamp, "person__rural": "no", "person__spouse_rural": "no"})
    assert (answer.status_code, answer.url, reviews.again(review).status) == (302, own, "open")
    other.press(call)
    assert "The county calls you, and decides within ten working days." in other.page
    assert (reviews.again(review).status, reviews.again(review).change) == ("changed", "call")
    assert "something else is otherwise; they want to be called" in other.text
    assert call not in other.page
    assert reverse("reviews:own_deed", args=[review.pk, "take_back"]) in other.page


def test_the_county_calls_and_writes_down_what_the_family_states_on_the_telephone():
    review = reviews.reviewed()
    Browser().type_code(code_of(review.pk)).press(reverse("reviews:own_deed", args=[review.pk, "ask_call"]))
    assert Browser(VILLAGE_DESK).get(reverse("reviews:review", args=[review.pk])).status == 404
    desk = Browser(DESK).get(reverse("reviews:review", args=[review.pk]))
    assert "Telephone 10012345678" in desk.text
    desk.press(reverse("reviews:review_deed", args=[review.pk, "state_anew"]), how="counter", person__rural="no")
    assert (reviews.again(review).change, reviews.again(review).how) == ("facts", "counter")
    # who wrote it down reads no number any more, and another one decides
    assert "10012345678" not in desk.get(reverse("reviews:review", args=[review.pk])).text
    Browser(HEAD).press(reverse("reviews:review_deed", args=[review.pk, "determine"]))
    assert reviews.again(review).status == "determined"


def test_a_village_takes_an_end_in_at_its_counter_and_the_county_decides():
    review = reviews.reviewed()
    desk = Browser(VILLAGE_DESK).get(reverse("reviews:review", args=[review.pk]))
    assert "Nothing has changed" in desk.text
    said = {"how": "paper", "change": "move", "on_year": "2026", "on_month": "2", "on_day": "10"}
    desk.press(reverse("reviews:review_deed", args=[review.pk, "say_changed"]), **said)
    assert reviews.again(review).status == "changed"
    Browser(DESK).press(reverse("reviews:review_deed", args=[review.pk, "end"]))
    assert reviews.again(review.award).ended_for == "move"
    family = Browser().type_code(code_of(review.pk))
    assert "moved away from the county" in family.text
    assert "You need not accept this" in family.text


def test_a_silent_family_gets_appointments_and_two_officers_renew_it_with_a_sample():
    review = reviews.reviewed()
    reviews.time(CONTACTED)
    desk = Browser(VILLAGE_DESK, CONTACTED)
    day = (CONTACTED + DAY).date()
    parts = {"on_year": str(day.year), "on_month": str(day.month), "on_day": str(day.day)}
    desk.press(reverse("reviews:review_deed", args=[review.pk, "appoint"]), **parts)
    Browser(VILLAGE_DESK, CONTACTED + DAY).press(
        reverse("reviews:review_deed", args=[review.pk, "contact"]), outcome="letter_left"
    )
    assert reviews.again(review).contacts == 1
    campaign = reviews.closed(Campaign.objects.get())
    proposer = Browser(DESK, OVER)
    assert "Propose the renewal" in proposer.get(reverse("reviews:campaign", args=[campaign.pk])).text
    proposer.press(reverse("reviews:propose", args=[campaign.pk]))
    renewal = Renewal.objects.get()
    confirm = reverse("reviews:renewal_deed", args=[renewal.pk, "confirm"])
    assert proposer.get(confirm).status == 404
    head = Browser(HEAD, OVER).get(reverse("reviews:renewal", args=[renewal.pk]))
    assert "Sample 1" in head.text
    assert "has not been opened by both" in head.press(confirm).text
    for officer in (proposer, head):
        officer.get(reverse("reviews:review", args=[review.pk]))
    head.press(confirm)
    assert reviews.again(renewal).status == "done"
    assert reviews.again(review).status == "renewed"
    head.get(reverse("reviews:campaign", args=[campaign.pk]))
    # beside tables without small counts stands no small count
    for shown in ("1 of 1 are settled.", "renewed 1"):
        assert shown not in head.text
    assert "By township; small counts are not shown" in head.text


def test_the_code_of_a_letter_opens_nothing_when_the_answers_are_over_and_the_receipt_still_does():
    review = reviews.reviewed()
    held = Browser(at=OVER).type_code(code_of(review.pk))
    own = reverse("reviews:own", args=[review.pk])
    reviews.closed(review.campaign)
    assert "Type the code" in held.get(own).page
    assert "No page opens with this code" in Browser(at=OVER).type_code(code_of(review.pk)).text
    late = Browser(at=OVER).type_receipt(review.award)
    assert "Nothing has changed" in late.get(own).text
    late.press(own)
    assert reviews.again(review).status == "unchanged"


def test_chance_is_checked_by_another_officer(monkeypatch):
    monkeypatch.setattr("chengnuo.reviews.operations.passing.is_met", lambda _seed, _row, _percent: True)
    review = reviews.reviewed()
    reviews.unchanged(review, DESK)
    reviews.closed(review.campaign)
    check = reviews.checked()
    url = reverse("reviews:check_deed", args=[check.pk, "differ"])
    assert Browser(DESK, OVER).get(url).status == 404
    other = Browser(HEAD, OVER).get(reverse("reviews:check", args=[check.pk]))
    assert "to be checked" in other.text
    other.press(url, difference="place")
    assert reviews.again(check).status == "differs"


def test_what_was_paid_too_much_is_asked_back_by_people_and_the_family_objects():
    award = recoveries.overpaid()
    said = {"year": "2026", "fen": "100", "why": "less", "reasons": "户口已转为城镇。"}
    Browser(DESK).press(reverse("money:ask_back", args=[award.pk]), **said)
    found = Recovery.objects.get()
    Browser(HEAD).press(reverse("money:recovery_deed", args=[found.pk, "decide"]), instalments="4")
    case = award.claim.case
    family = Browser()
    with clock.frozen(BEGUN):
        family.client.post("/follow/", {"code": receipt_code(case.pk)})
    family.get(reverse("family:request", args=[case.pk]))
    assert "Money asked back: why, and how to object" in family.text
    url = reverse("family:paid_back", args=[case.pk, found.pk])
    family.get(url)
    for words in (
        "100 yuan",
        "4 months, 25 yuan a month",
        "户口已转为城镇。",
        "Nothing is ever taken",
        "You may object until",
    ):
        assert words in family.text, family.text
    family.press(url, words="我一直住在村里。")
    assert "objected to; nothing is asked until it is answered" in family.text
    assert "You may object until" not in family.text
    desk = Browser(HEAD).get(reverse("money:recovery", args=[found.pk]))
    assert "我一直住在村里。" in desk.text
    desk.press(reverse("money:recovery_deed", args=[found.pk, "waive"]), answer="是我们的差错。")
    assert "let go: nothing more is asked" in family.get(url).text
    assert "是我们的差错。" in family.text


def test_the_code_of_a_letter_opens_no_page_of_the_desk():
    review = reviews.reviewed(programme="special-bereaved")
    pages = [reverse("reviews:review", args=[review.pk])]
    pages += [
        reverse("reviews:review_deed", args=[review.pk, name])
        for name in ("say_unchanged", "say_changed", "state_anew")
    ]
    for post in ("", VILLAGE_DESK):
        browser = Browser(post).type_code(code_of(review.pk))
        for url in pages:
            with clock.frozen(BEGUN):
                assert browser.client.get(url).status_code in (302, 403, 404), (post, url)
    desk = Browser(DESK)
    assert desk.get(pages[0]).status == 200
