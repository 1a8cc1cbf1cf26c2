"""A family's own page: opened by the code of its letter or the receipt of its claim, what each of them shows, and what the printed letter says."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from chengnuo.foundation.models.looks import Look
from chengnuo.foundation.receipts import receipt_code
from chengnuo.reviews.codes import code_of
from chengnuo.reviews.operations import deciding
from chengnuo.web.reviews import deeds
from tests.factories import cases, county, reviews, situations
from tests.factories import review_situations as situation
from tests.factories.desk import day
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
POSTS = situations.POSTS
DOOR = reverse("reviews:door")
NOT_OPENED = "No page opens with this code. Compare it with the letter, group by group."
# what is held, and what the support is: with the receipt of the claim alone
HELD = ("What it is about", "Rural family allowance", "Due for 2025", "rural resident", "When were you born")


def own(review):
    return reverse("reviews:own", args=[review.pk])


def deed(review, name):
    return reverse("reviews:own_deed", args=[review.pk, name])


def typed(code, client=None):
    browser = Browser(client)
    browser.open(DOOR)
    browser.arrived = browser.send(DOOR, code=code)
    return browser


def with_receipt(review):
    browser = Browser()
    browser.open("/follow/")
    browser.send("/follow/", code=receipt_code(review.award.claim.case_id))
    browser.open(own(review))
    return browser


def offered(browser, review):
    return re.findall(rf'href="[^"]*{review.pk}/([a-z_]+)/"', browser.page)


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


def test_the_door_says_whom_it_is_for_and_what_happens_without_the_letter():
    family, officer = Browser(), Client()
    county.sign_in(officer, POSTS["d"])
    counter = Browser(officer)
    family.open(DOOR)
    counter.open(DOOR)
    assert "A letter with a code came to you." in family.text
    assert "Type the code on the person's letter and look at the question together." in counter.text
    for browser in (family, counter):
        assert "You need not answer: what you receive goes on." in browser.text


def test_a_code_is_read_as_people_write_it_and_every_wrong_one_has_one_answer():
    review = situation.asked()
    code = code_of(review.pk)
    fours = [code[at : at + 4] for at in range(0, 16, 4)]
    for written in (
        code,
        " ".join(fours),
        "-".join(fours),
        code.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    ):
        assert typed(written).arrived == own(review), written
    foreign = (
        code[:-1] + str((int(code[-1]) + 1) % 10),
        code[::-1] if code != code[::-1] else "0" * 16,
        receipt_code(review.award.claim.case_id),
        "0" * 16,
    )
    for written in foreign:
        browser = typed(written)
        assert NOT_OPENED in browser.text, written
        browser.open(own(review))
        assert "Type the code of the letter." in browser.page
    for written in ("", code[:-1], code + "1", "1" * 12, "abcdefghijklmnop"):
        browser = typed(written)
        assert browser.arrived == DOOR, written
        assert 'aria-invalid="true"' in browser.page, written
        assert NOT_OPENED not in browser.text, "it has no code's shape, and is asked for again"
        assert ("Type the code on the letter." if not written else "Compare it with the letter,") in browser.text
        assert "receipt" not in browser.text, "who stands here holds a letter"


def test_the_code_of_one_letter_opens_no_other():
    first, second = reviews.awarded(1), reviews.awarded(2)
    reviews.begun(at=county.MONDAY)
    one, other = reviews.review_of(first), reviews.review_of(second)
    assert code_of(one.pk) != code_of(other.pk)
    browser = typed(code_of(one.pk))
    for address in (own(other), deed(other, "say_changed"), deed(other, "state_anew")):
        assert browser.open(address) == DOOR, address
    answer = browser.client.post(own(other), {"stamp": browser.stamp})
    assert (answer.status_code, answer.url) == (302, DOOR)
    assert reviews.again(other).status == "open"


def test_the_letter_opens_the_question_and_nothing_of_the_person():
    review = situation.asked()
    browser = typed(code_of(review.pk))
    assert "no answer yet" in browser.text
    assert "Please answer by May 1, 2026." in browser.text
    assert "For the year 2026" in browser.text
    assert offered(browser, review) == ["ask_call", "say_changed"]
    pages = [browser.text]
    for name in ("ask_call", "say_changed"):
        browser.open(deed(review, name))
        pages.append(browser.text.partition("What changes")[0])
    assert not [word for word in ("欧阳", "Longchi", "960", *HELD[:3]) for page in pages if word in page]
    assert "stands here when you also type the receipt code of your claim" in pages[0]


def test_the_receipt_shows_what_is_held_of_its_own_claim():
    first, second = reviews.awarded(1), reviews.awarded(2)
    reviews.begun(at=county.MONDAY)
    review, other = reviews.review_of(first), reviews.review_of(second)
    browser = with_receipt(review)
    for held in (*HELD, "960 yuan"):
        assert held in browser.text, held
    assert "also type the receipt code" not in browser.text
    assert offered(browser, review) == ["state_anew", "ask_call", "say_changed"]
    assert "children" not in browser.text.partition("What is held of you")[2].partition("When does")[0]
    assert browser.open(own(other)) == DOOR, "a receipt opens the review of its own claim alone"


def test_the_page_closes_after_half_an_hour(monday):
    review = situation.asked()
    browser = typed(code_of(review.pk))
    monday.move(timedelta(minutes=30) - timedelta(seconds=1))
    assert browser.open(own(review)) == own(review)
    monday.move(timedelta(seconds=1))
    assert browser.open(own(review)) == DOOR
    assert "The page closes by itself after half an hour." in browser.page


def test_one_press_answers_it_and_a_second_one_changes_nothing():
    review = situation.asked()
    browser = typed(code_of(review.pk))
    stamp = browser.stamp
    browser.send(own(review))
    assert "You need do nothing more: the support goes on." in browser.page
    held = reviews.again(review)
    assert (held.status, held.how, held.answered_by) == ("unchanged", "code", None)
    assert "Please answer by" not in browser.text
    assert offered(browser, review) == ["ask_call", "say_changed"], "who finds that it was wrong says so"
    browser.client.post(own(review), {"stamp": stamp})
    assert reviews.again(review).ready_at == held.ready_at
    browser.open(own(review))
    browser.send(own(review), stamp="")
    assert reviews.again(review).status == "unchanged"


def test_at_the_counter_an_officer_with_the_letter_answers_for_them_in_their_own_name():
    review = situation.asked()
    client = Client()
    officer = county.sign_in(client, POSTS["D"])
    browser = typed(code_of(review.pk), client)
    assert browser.arrived == own(review), "any counter helps"
    browser.send(own(review))
    held = reviews.again(review)
    assert (held.status, held.how, held.answered_by) == ("unchanged", "counter", officer.account)


def test_an_officer_who_types_a_letters_code_sees_no_more_than_the_letter_opens():
    review = situation.asked()
    client = Client()
    county.sign_in(client, POSTS["d"])
    browser = typed(code_of(review.pk), client)
    assert offered(browser, review) == ["ask_call", "say_changed"]
    assert browser.open(deed(review, "state_anew")) == own(review)


def without_a_telephone(review):
    """As two years after the case has ended, or where nobody ever agreed to be called."""
    contact = review.award.claim.case.contact
    contact.phone = ""
    contact.save(update_fields=["phone"])
    return review


def test_without_a_number_nobody_is_called_and_the_page_asks_for_one():
    review = without_a_telephone(situation.asked())
    browser = typed(code_of(review.pk))
    browser.open(deed(review, "ask_call"))
    browser.send(deed(review, "ask_call"))
    assert "No telephone number is held for calling back. Write the number on which" in browser.text
    assert reviews.again(review).status == "open"
    browser.send(deed(review, "ask_call"), phone="138 0000-0001")
    assert (reviews.again(review).status, reviews.again(review).change) == ("changed", "call")
    assert cases.opened(reviews.again(review).phone, of=review.award_id) == "13800000001"
    browser.open(own(review))
    assert "13800000001" not in browser.page, "the letter passes through more hands"


def test_with_a_number_that_is_held_nothing_need_be_written_and_another_may_be():
    first, second = reviews.awarded(1), reviews.awarded(2)
    reviews.begun(at=county.MONDAY)
    for award, phone in ((first, ""), (second, "+8613800000001")):
        review = reviews.review_of(award)
        browser = typed(code_of(review.pk))
        browser.open(deed(review, "ask_call"))
        assert "10012345678" not in browser.page
        browser.send(deed(review, "ask_call"), phone=phone)
        held = reviews.again(review)
        assert (held.change, cases.opened(held.phone, of=award.pk)) == ("call", phone)


@pytest.mark.parametrize("phone", ["12345", "1" * 16, "王家电话"])
@pytest.mark.parametrize("is_held", [True, False])
def test_a_wrong_number_is_named_and_stays_as_it_was_typed(phone, is_held):
    review = situation.asked() if is_held else without_a_telephone(situation.asked())
    browser = typed(code_of(review.pk))
    browser.open(deed(review, "ask_call"))
    browser.send(deed(review, "ask_call"), phone=phone)
    assert "A mobile number has 11 digits, any other 7 to 15." in browser.text
    assert f'value="{phone}"' in browser.page
    assert (reviews.again(review).status, reviews.again(review).phone) == ("open", None)


def test_what_was_told_stands_on_the_page_and_is_theirs_to_take_back_until_it_is_decided():
    review = situation.asked()
    browser = typed(code_of(review.pk))
    for said, sentence in (
        ({"change": "move"}, "Write the day."),
        ({"change": "look"} | day("on", 2026, 3, 2), "Choose one of the three."),
        ({"change": "move"} | day("on", 2026, 2, 30), "There is no such day."),
    ):
        browser.open(deed(review, "say_changed"))
        browser.send(deed(review, "say_changed"), **said)
        assert sentence in browser.text, said
    browser.open(deed(review, "say_changed"))
    browser.send(deed(review, "say_changed"), change="move", **day("on", 2026, 3, 3))
    assert reviews.again(review).status == "open", "a day to come ends nothing"
    browser.open(deed(review, "say_changed"))
    browser.send(deed(review, "say_changed"), change="move", **day("on", 2026, 3, 2))
    browser.open(own(review))
    assert "What you told us moved away from the county Since March 2, 2026" in browser.text
    assert offered(browser, review) == ["say_changed", "take_back"]
    assert "You need not accept this" not in browser.text, "nothing is decided"
    deciding.end(review=review.pk, **reviews.said(reviews.HEAD, county.MONDAY))
    browser.open(own(review))
    assert offered(browser, review) == []
    assert "Ask for it by May 1, 2026 (60 days)" in browser.text
    assert "You can sue by Sept. 2, 2026 (six months)" in browser.text
    browser.open(deed(review, "take_back"))
    browser.send(deed(review, "take_back"))
    assert reviews.again(review).status == "ended"


def test_only_the_own_deeds_of_a_family_are_behind_its_page():
    review = situation.asked()
    browser = typed(code_of(review.pk))
    for name in ("determine", "end", "renew", "appoint", "contact", "say_unchanged", "nothing"):
        browser.open(deed(review, name), status=404)


def test_the_appointment_that_was_agreed_on_stands_on_the_page():
    review = situation.day_has_come()
    assert "An appointment March 2, 2026" in typed(code_of(review.pk)).text


@pytest.mark.parametrize(
    ("language", "heading", "goes_on"),
    [
        ("zh-hans", "每年问一句", "不答复，也照旧"),
        ("zh-hant", "每年問一句", "不答覆，也照舊"),
        ("en", "Onequestionayear", "Ifyoudonotanswer,itgoesontoo."),
    ],
)
def test_the_printed_letter_names_nobody_in_any_script(language, heading, goes_on):
    review = situation.asked()
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    county.sign_in(client, POSTS["d"])
    answer = client.get(reverse("reviews:letter", args=[review.pk]))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    paper = text_of(answer.content)
    for words in (heading, goes_on, code_of(review.pk), "2026", "/review/"):
        assert words in paper, (words, paper)
    # its digits are chance's: any three of them may stand in it
    besides = paper.replace(code_of(review.pk), "")
    for never in (
        "欧阳",
        "歐陽",
        "Longchi",
        "奖励",
        "獎勵",
        "allowance",
        "960",
        receipt_code(review.award.claim.case_id),
    ):
        assert never not in besides, never
    assert code_of(review.pk) not in answer.headers["Content-Disposition"]
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1


def test_a_letter_that_would_tell_too_much_in_the_village_is_printed_at_the_county_alone():
    guarded = reviews.reviewed(programme="special-bereaved", at=county.MONDAY)
    for letter in "dhDtTXCOfFpsam":
        client = Client()
        county.sign_in(client, POSTS[letter])
        assert client.get(reverse("reviews:letter", args=[guarded.pk])).status_code in (403, 404), letter
    assert not Look.objects.filter(label="reviews.review.letter").exists(), "what was refused is no look"
    client = Client()
    county.sign_in(client, POSTS["b"])
    assert client.get(reverse("reviews:letter", args=[guarded.pk])).status_code == 200
    assert Look.objects.filter(label="reviews.review.letter", row=str(guarded.pk)).count() == 1


def test_a_button_says_what_it_does_and_not_the_whole_choice_once_more():
    """A title, a sentence and a button with the same long words are read three times by whoever reads slowly."""
    for name, kind in (*deeds.OWN.items(), *((name, deeds.REVIEW[name]) for name in deeds.OWN if name in deeds.REVIEW)):
        assert kind.press, name
        assert str(kind.press) != str(kind.label), name
        assert len(str(kind.press)) < 20, name
