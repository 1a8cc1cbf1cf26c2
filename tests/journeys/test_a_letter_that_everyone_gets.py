"""A county tells people: an assessment, a begun finder, the next letter, printed, handed over; and somebody wants none."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pypdf import PdfReader

from chengnuo.config import worker
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models import Look
from chengnuo.outreach.internal.writing import code_of
from chengnuo.outreach.models import Assessment, FinderRun, Letter, NoContact
from chengnuo.policies.finders import finders
from chengnuo.promises.models import Duty
from chengnuo.web.open import OPEN
from chengnuo.web.permissions import ADDRESSES
from tests.factories import county, outreach, situations
from tests.factories.desk import ENGLISH, Desk, said

pytestmark = pytest.mark.django_db
UNTIL = {"valid_until_year": "2028", "valid_until_month": "1", "valid_until_day": "1"}
SENSITIVE = re.compile("独生|失独|去世|死亡|伤残|残疾|并发症|特别扶助|奖励扶助|计划生育")


@pytest.fixture
def desks(monday):
    def desk(post):
        client = Client(**ENGLISH)
        return Desk(client, county.sign_in(client, post))

    return desk


def addresses(actor, *, is_open):
    """Those that need no row of their own, and that this person may open: what stands behind one row is tried by the matrix."""
    for name, action in ADDRESSES.items():
        with suppress(NoReverseMatch):
            if "leave" not in name and (is_open if action == OPEN else gate.may(actor, action)):
                yield name, reverse(name)


def text_of(pdf):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


def begin(desks, finder):
    """Written at the bureau's desk, signed and begun by its head."""
    writer, head = desks(outreach.BUREAU_DESK), desks(outreach.BUREAU_HEAD)
    writer.send("outreach:assess", finder, **outreach.PARTS, **UNTIL)
    page = head.client.get(reverse("outreach:begin", args=[finder]))
    refused = head.client.post(reverse("outreach:begin", args=[finder]), {"stamp": page.context["form"].stamp})
    assert "No assessment of this finder is signed" in said(refused)
    assessment = Assessment.objects.get(finder=finder)
    assert "Sign it" not in said(writer.get("outreach:assessment", assessment.pk)), "nobody signs their own"
    head.send("outreach:assessment_deed", assessment.pk, "sign")
    head.send("outreach:begin", finder)
    return FinderRun.objects.get(finder=finder)


def test_from_an_assessment_to_the_letter_in_the_hand(desks, monday):
    begin(desks, "at-sixty")
    outreach.people(3)
    worker.reach_out(outreach.AT)
    desk = desks(outreach.VILLAGE_DESK)
    assert "The next letter" in said(desk.get("desk:inbox"))
    page = said(desk.get("outreach:next"))
    names = [f"欧阳测{chr(0x4E00 + order)}" for order in (1, 2, 3)]
    assert sum(name in page for name in names) == 1
    letter = next(letter for letter in Letter.objects.all() if letter.number in page)
    answer = desk.get("outreach:print", letter.pk)
    paper = text_of(answer.content)
    assert answer["Cache-Control"] == "no-store"
    assert sum(name in paper for name in names) == 1
    assert code_of(letter.pk) in paper
    assert letter.number in paper
    assert "惠民政策告知信" in paper or "Aletteraboutpublicservices" in paper
    assert Look.objects.filter(reason="a letter is handed over").exists(), "that the name was opened is kept"
    desk.send("outreach:letter_deed", letter.pk, "carry")
    assert letter.number not in said(desk.get("outreach:next")), "the next one"
    found = desk.client.post(reverse("outreach:numbered"), {"number": letter.number})
    assert found.url == reverse("outreach:letter_deed", args=[letter.pk, "record"])
    assert "No letter with this number" in said(desk.client.post(reverse("outreach:numbered"), {"number": "9" * 12}))
    desk.send("outreach:letter_deed", letter.pk, "record", outcome="given")
    assert Duty.objects.get(subject_id=letter.pk).outcome == "kept"
    assert desk.get("outreach:print", letter.pk).status_code == 404, "it is nobody's any more"


def test_somebody_says_no_with_the_square_on_the_letter_and_is_never_written_to_again(desks):
    begin(desks, "at-sixty")
    outreach.people(1)
    worker.reach_out(outreach.AT)
    letter, anybody = Letter.objects.get(), Client(**ENGLISH)
    address = reverse("outreach:stop")
    assert anybody.get(f"{address}{code_of(letter.pk)}/").status_code == 404, "no log of addresses holds a code"
    with pytest.raises(NoReverseMatch):
        reverse("outreach:stop", args=[code_of(letter.pk)])
    page = anybody.get(address)
    assert page.status_code == 200
    assert not NoContact.objects.exists(), "opening it changes nothing"
    wrong = anybody.post(reverse("outreach:stop"), {"code": "1" * 12, "stamp": page.context["form"].stamp})
    assert "This code is on no letter" in said(wrong)
    done = anybody.post(address, {"code": code_of(letter.pk), "stamp": page.context["form"].stamp}, follow=True)
    assert "No more letters of this kind are sent to you" in said(done)
    assert Letter.objects.get().status == "declined"
    for finder in ("at-forty-nine", "at-sixteen"):
        begin(desks, finder)
    worker.reach_out(outreach.AT + timedelta(days=1))
    assert Letter.objects.count() == 1
    desk = desks(outreach.VILLAGE_DESK)
    quiet = outreach.people(1, first=9)[0]
    desk.send("outreach:at_counter", identity=quiet.identity.reveal(by=desk.actor, reason="test"))
    assert "It is kept: no more letters are sent to this person." in said(desk.get("desk:inbox"))
    worker.reach_out(outreach.AT + timedelta(days=2))
    assert Letter.objects.count() == 1


def test_every_letter_says_the_same_and_names_no_programme(desks):
    """Of one finder each differs by name, number and code alone; the heading is the same for all of them."""
    assert not SENSITIVE.search(finders().label.hans)
    for finder, born in (("at-forty-nine", "19770101"), ("at-sixty", "19600101")):
        begin(desks, finder)
        people = outreach.people(2, born)
        worker.reach_out(outreach.AT)
        for row in finders().rows:
            assert not SENSITIVE.search(row.says.hans), row.key
        post = outreach.BUREAU_DESK if finder == "at-forty-nine" else outreach.VILLAGE_DESK
        papers = set()
        for letter in Letter.objects.filter(finder=finder):
            paper = text_of(desks(post).get("outreach:print", letter.pk).content)
            for own in (code_of(letter.pk), letter.number, *(f"欧阳测{chr(0x4E00 + n)}" for n in (1, 2))):
                paper = paper.replace(own, "")
            papers.add(paper)
        assert len(papers) == 1
        assert len(people) == 2
    counter = Client().get(reverse("outreach:handed_out", args=["newborn"]))
    assert counter["Content-Type"] == "application/pdf"
    assert Client().get(reverse("outreach:handed_out", args=["at-sixty"])).status_code == 404


def test_no_page_search_export_or_interface_tells_of_more_than_one(desks):
    """Everybody opens every address that needs no row of its own, and searches; nowhere stand two of the people who are written to."""
    finders_of = {"at-sixty": "19600101", "at-forty-nine": "19770101"}
    for finder, born in finders_of.items():
        begin(desks, finder)
        outreach.people(4, born, first=1 if finder == "at-sixty" else 5)
    worker.reach_out(outreach.AT)
    letters = list(Letter.objects.all())
    assert len(letters) == 8
    names = [f"欧阳测{chr(0x4E00 + order)}" for order in range(1, 9)]
    numbers = [number for each in letters for number in (each.number, code_of(each.pk))]
    ids = [str(each.pk) for each in letters]
    seen = 0
    for letter in "-dtTbBsam":  # a visitor, and somebody of each role
        desk = desks(situations.POSTS[letter]) if letter != "-" else Desk(Client())
        for name, address in addresses(desk.actor or visitor(), is_open=desk.actor is None):
            for query in ({}, {"q": "欧阳测", "show": "all"}):
                with transaction.atomic():
                    answer = desk.client.get(address, query)
                    transaction.set_rollback(True)
                body = answer.getvalue().decode("utf-8", "replace")
                assert sum(mark in body for mark in names) <= 1, (letter, name)
                assert sum(mark in body for mark in numbers) <= 1, (letter, name)
                assert sum(mark in body for mark in ids) <= 1, (letter, name)
                seen += 1
    assert seen > 150
