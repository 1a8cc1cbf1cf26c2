"""Somebody calls: an officer writes for them, is named for it, and reads the code aloud; the slip waits at any counter."""

from __future__ import annotations

import pytest
from django.test import Client

from chengnuo.cases.models import Case
from chengnuo.cases.operations.receive import receive
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.receipts import receipt_code
from tests.factories import cases, county
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
COUNTER = "/desk/counter"
CALLS = {"phone": "", "consents": [], "language": "zh-hans", "how": "phone"}


def at(post: str) -> Browser:
    browser = Browser(Client())
    county.sign_in(browser.client, post)
    return browser


@pytest.fixture
def desk():
    return at(cases.DESK)


def test_the_officer_is_named_and_reads_the_code_aloud(desk):
    case = Case.objects.get(pk=desk.ask(begin=COUNTER, contact=CALLS))
    assert (case.channel, case.helper.key, case.holder.key) == ("phone", cases.DESK, cases.DESK)
    assert "Received. Read the code aloud." in desk.text
    assert "read it back to you" in desk.text
    assert desk.code == receipt_code(case.pk)[:4] + "".join(f" {receipt_code(case.pk)[n : n + 4]}" for n in (4, 8, 12))
    assert "Written down on the telephone by Reception" in desk.text


def test_the_check_says_it_before_it_is_sent(desk):
    desk.fill_in(begin=COUNTER, contact=CALLS)
    assert "Where is the person? on the telephone" in desk.text


def test_the_slip_is_printed_later_at_another_counter(desk):
    case = desk.ask(begin=COUNTER, contact=CALLS)
    code = desk.code
    desk.send(f"{COUNTER}/next/")
    assert desk.open(f"/request/{case}/slip.pdf") == "/follow/"
    other = at(f"{cases.ELSEWHERE}.desk")
    other.send("/follow/", code=code)
    slip = other.client.get(f"/request/{case}/slip.pdf")
    assert slip["Content-Type"] == "application/pdf"
    assert slip.content.startswith(b"%PDF")


@pytest.mark.parametrize("how", ["counter", ""])
def test_who_stands_there_is_at_the_counter(desk, how):
    case = Case.objects.get(pk=desk.ask(begin=COUNTER, contact=CALLS | {"how": how}))
    assert case.channel == "counter"
    assert "Received. Hand over the slip." in desk.text


def test_another_way_is_asked_again(desk):
    assert desk.fill_in(begin=COUNTER, contact=CALLS | {"how": "pigeon"}).endswith("/contact/")
    assert "Choose from the list." in desk.text


def test_nobody_without_a_counter_receives_by_telephone():
    said = {"promise": county.service("village-proof"), "village": county.village().pk, "person": county.person()}
    begun = receive(**said, details="", by_phone=True, by=visitor(), at=county.MONDAY, key=county.village().pk)
    assert begun.case.channel == "web"
