"""What everybody opens without an account: the page that ends letters, the paper of the counters in three scripts, and how far people were reached."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from chengnuo.foundation.models import LogEntry
from chengnuo.outreach.internal.writing import code_of
from chengnuo.outreach.models import Coverage, Letter, NoContact
from chengnuo.policies.finders import finders
from tests.factories import county, outreach, residents, situations
from tests.factories.desk import Desk, said
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
STOP, DONE = reverse("outreach:stop"), reverse("outreach:stopped")
AGAIN = reverse("outreach:again")
NO_LETTER = "This code is on no letter."
SENSITIVE = re.compile(
    "独生|失独|獨生|失獨|残疾|殘疾|計劃生育|计划生育|奖励扶助|特别扶助|only child|bereaved|incentive", re.IGNORECASE
)


def typed(code, client=None):
    browser = Browser(client)
    browser.open(STOP)
    browser.arrived = browser.send(STOP, code=code)
    return browser


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 1
    return pages[0].extract_text().replace("\n", "").replace(" ", "")


def test_without_a_script_the_code_is_typed_as_people_write_it_and_one_press_is_enough():
    letter = outreach.one()
    code = code_of(letter.pk)
    for written in (
        " ".join(code[at : at + 4] for at in range(0, 12, 4)),
        code.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        code[:4] + "-" + code[4:],
    ):
        browser = typed(written)
        assert browser.arrived == DONE, written
        assert "No more letters of this kind are sent to you." in browser.text
        assert "Nothing else changes: what you receive goes on" in browser.text
    assert NoContact.objects.count() == 1, "whoever says it twice has said it"
    assert Letter.objects.get().status == "declined"


def test_the_same_code_takes_it_back_in_one_press_and_its_page_is_one_step_from_the_end():
    letter = outreach.one()
    browser = typed(code_of(letter.pk))
    assert f'href="{AGAIN}"' in browser.page
    browser.open(AGAIN)
    assert browser.send(AGAIN, code=code_of(letter.pk)) == reverse("outreach:back")
    assert "Letters are sent to you again, as to everyone." in browser.text
    assert not NoContact.objects.exists()
    browser.open(AGAIN)
    assert browser.send(AGAIN, code="0" * 12) == AGAIN
    assert NO_LETTER in browser.text


def test_at_the_counter_it_is_taken_back_in_the_same_words_for_everybody():
    client = Client()
    desk = Desk(client, county.sign_in(client, situations.POSTS["D"]))
    number = residents.number("19600101", 1)
    for said_no in (False, True):
        if said_no:
            desk.send("outreach:at_counter", identity=number)
        desk.send("outreach:again_at_counter", identity=number)
        assert "It is kept: letters are sent to this person as to everyone." in said(desk.get("desk:inbox"))
        assert not NoContact.objects.exists()


def test_every_code_that_is_on_no_letter_has_one_answer_and_keeps_nothing():
    letter = outreach.one()
    code = code_of(letter.pk)
    other = str((int(code[-1]) + 1) % 10)
    for written in (code[:-1] + other, "0" * 12, letter.number):
        browser = typed(written)
        assert browser.arrived == STOP
        assert NO_LETTER in browser.text, written
    for written in ("", code[:-1], code + "1", "x" * 12, f"#{code}"):
        browser = typed(written)
        assert browser.arrived == STOP, written
        assert 'aria-invalid="true"' in browser.page, written
        assert NO_LETTER not in browser.text, written
    assert not NoContact.objects.exists()
    assert Letter.objects.get().status == "waiting"


def test_opening_the_page_or_its_end_changes_nothing_and_no_address_or_record_holds_the_code():
    letter = outreach.one()
    code, anybody = code_of(letter.pk), Client()
    for address, query in ((STOP, {}), (STOP, {"code": code}), (DONE, {}), (DONE, {"code": code})):
        answer = anybody.get(address, query)
        assert answer.status_code == 200
        assert f'value="{code}"' not in answer.content.decode(), "what stands in an address is not read"
    assert anybody.post(DONE).status_code == 405
    assert not NoContact.objects.exists()
    unstamped = anybody.post(STOP, {"code": code})
    assert unstamped.status_code == 200
    assert not NoContact.objects.exists()
    browser = typed(code)
    assert code not in browser.arrived + browser.page
    for entry in LogEntry.objects.all():
        assert code not in str(vars(entry))


def test_the_end_says_nothing_of_the_person_and_does_not_end_what_they_may_ask():
    outreach.one(name="司马又春")
    browser = typed(code_of(Letter.objects.get().pk))
    for never in ("司马", "Longchi", "1960", Letter.objects.get().number):
        assert never not in browser.page, never
    assert reverse("entitlements:calculate") in browser.page


def test_an_officer_types_the_code_for_whoever_brings_the_letter():
    letter = outreach.one()
    client = Client()
    county.sign_in(client, situations.POSTS["D"])
    assert typed(code_of(letter.pk), client).arrived == DONE
    assert NoContact.objects.count() == 1


def test_at_the_counter_nobody_learns_whether_the_number_was_known():
    """The same words for whoever has a letter and for whoever is in no register; a number that fits none is asked for again."""
    outreach.one()
    client = Client()
    desk = Desk(client, county.sign_in(client, situations.POSTS["D"]))
    heard = set()
    for number in (residents.number("19600101", 1), residents.number("19810101", 77)):
        desk.send("outreach:at_counter", identity=number)
        page = said(desk.get("desk:inbox"))
        assert number not in page
        heard.add("It is kept: no more letters are sent to this person." in page)
    assert heard == {True}
    assert NoContact.objects.count() == 2
    good = residents.number("19600101", 5)
    wrong_last = good[:-1] + ("1" if good[-1] != "1" else "2")
    for number, sentence in (
        ("", "Type the identity number."),
        ("12345", "This is no identity number: it has 18 characters."),
        (wrong_last, "the last one fits the others"),
    ):
        assert sentence in said(desk.send("outreach:at_counter", identity=number)), number
    assert NoContact.objects.count() == 2
    assert Client().get(reverse("outreach:at_counter")).status_code == 302, "a visitor signs in first"
    for letter in "ms":
        client = Client()
        county.sign_in(client, situations.POSTS[letter])
        assert client.get(reverse("outreach:at_counter")).status_code == 403, letter


@pytest.mark.parametrize(
    ("language", "script"), [("zh-hans", "hans"), ("zh-hant", "hant"), ("en", "en"), ("fr", "hans")]
)
def test_what_is_handed_out_is_the_same_for_everybody_and_has_no_name_and_no_code(language, script):
    row = next(row for row in finders().rows if row.key == "newborn")
    answer = Client(HTTP_ACCEPT_LANGUAGE=language).get(reverse("outreach:handed_out", args=["newborn"]))
    assert answer["Content-Type"] == "application/pdf"
    paper = text_of(answer.content)
    for words in (getattr(finders().label, script), getattr(row.says, script), getattr(finders().letter.alone, script)):
        assert words.replace(" ", "") in paper, words
    assert getattr(finders().letter.stop, script).replace(" ", "") not in paper, "nobody sends it, so nobody stops it"
    assert not re.search(r"\d{12}", paper.replace("10005261002", "")), "neither a number nor a code"
    assert not SENSITIVE.search(paper)
    assert reverse("entitlements:calculate") in paper
    assert "2026-03-02" in paper


def test_only_what_lies_at_a_counter_is_handed_out():
    outreach.begun()
    for row in finders().rows:
        answer = Client().get(reverse("outreach:handed_out", args=[row.key]))
        assert answer.status_code == (200 if row.sent_by == "counter" else 404), row.key
    assert Client().get(reverse("outreach:handed_out", args=["nothing"])).status_code == 404
    assert Client().post(reverse("outreach:handed_out", args=["newborn"])).status_code == 405


def test_how_far_people_were_reached_says_that_nothing_is_counted_yet():
    page = said(Client().get(reverse("outreach:coverage")))
    assert "Nothing is counted yet" in page
    assert "The figures of a quarter are counted once, when it is over." in page


def quarter(period, ends, *, counts, totals, threshold=5):
    name = {"hans": "古夫镇", "hant": "古夫鎮", "en": "Gufu Town"}
    rows = [{"name": name, "counts": counts}]
    figures = {
        "threshold": threshold,
        "columns": ["letters", "claims", "in_time", "paid"],
        "rows": rows,
        "totals": totals,
    }
    return Coverage.objects.create(period=period, ends=ends, figures=figures, frozen_at=county.MONDAY)


def test_a_quarter_stands_with_its_own_threshold_the_newest_first_and_in_the_readers_script():
    quarter("2025-Q3", "2025-10-01", counts=[7, 0, 0, 0], totals=[7, 0, 0, 0], threshold=7)
    quarter("2025-Q4", "2026-01-01", counts=[None, 0, 12, None], totals=[None, 0, 12, None])
    page = said(Client().get(reverse("outreach:coverage")))
    assert page.count("Gufu Town") == 2
    assert page.index("2025, quarter 4") < page.index("2025, quarter 3")
    assert "Gufu Town – 0 12 – All townships – 0 12 –" in page
    assert page.index("Gufu Town – 0 12") < page.index("Gufu Town 7 0 0 0")
    assert page.index("A number below 5 is not shown") < page.index("A number below 7 is not shown")
    assert "Nothing is counted yet" not in page
    for language, name in (("zh-hans", "古夫镇"), ("zh-hant", "古夫鎮")):
        assert name in said(Client(HTTP_ACCEPT_LANGUAGE=language).get(reverse("outreach:coverage")))
