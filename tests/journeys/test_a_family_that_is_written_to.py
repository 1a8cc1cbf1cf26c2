"""A claim is decided, and its family has no telephone: a letter stands in the inbox, is printed, closed and sent; nobody else sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.channels.models import ClosedLetter
from chengnuo.config import worker
from chengnuo.people.models import Contact
from tests.factories import claims, county, desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SECRETS = ("欧阳", "桂兰", "Rural", "奖励扶助", "960", "990000")


@pytest.fixture
def letter(settings, tmp_path):
    settings.VAR = tmp_path
    claim = claims.at_decision(at=county.MONDAY - timedelta(days=5))
    Contact.objects.filter(pk=claim.case.contact_id).update(language="zh-hans")
    claims.granted(claim, at=county.MONDAY)
    worker.drain(county.MONDAY)
    return ClosedLetter.objects.select_related("case", "holder", "office").get()


def test_whoever_has_the_claim_finds_the_letter_prints_it_and_says_that_it_is_out(letter):
    officer = desk.at(Client(), letter.holder.key)
    number = letter.case.number
    inbox = officer.get("inbox")
    assert f"A closed letter, {number}" in desk.said(inbox)
    assert reverse("desk:closed_letter", args=[letter.pk]) in inbox.content.decode()
    page = desk.said(officer.get("closed_letter", letter.pk))
    assert all(words in page for words in ("to be written", "Open the letter and print it", "The letter is on its way"))
    sent = officer.send("closed_letter_deed", letter.pk, "send_out")
    assert sent.status_code == 302
    page = desk.said(officer.get("closed_letter", letter.pk))
    assert "on its way" in page
    assert "Open the letter and print it" not in page
    assert f"A closed letter, {number}" not in desk.said(officer.get("inbox"))


def test_the_paper_is_in_the_language_of_its_reader_and_says_no_more_than_that_there_is_something(letter):
    paper = desk.said(desk.at(Client(), letter.holder.key).get("closed_letter_paper", letter.pk))
    assert letter.case.number in paper
    assert str(letter.office.name.hans) in paper
    assert not [secret for secret in SECRETS if secret in paper.replace(letter.case.number, "")]


def test_a_second_press_sends_it_out_once_and_a_stranger_finds_nothing(letter):
    officer = desk.at(Client(), letter.holder.key)
    opened = officer.get("closed_letter_deed", letter.pk, "send_out")
    typed = {"stamp": desk.stamp_in(opened)}
    address = reverse("desk:closed_letter_deed", args=[letter.pk, "send_out"])
    assert [officer.client.post(address, typed).status_code for _ in range(2)] == [302, 302]
    assert ClosedLetter.objects.get().version == letter.version + 1
    for post in (claims.DESK, claims.TOWNSHIP_DESK, claims.BUREAU_DESK):
        if post != letter.holder.key:
            assert desk.at(Client(), post).get("closed_letter", letter.pk).status_code == 404
    assert Client().get(reverse("desk:closed_letter", args=[letter.pk])).status_code == 302
