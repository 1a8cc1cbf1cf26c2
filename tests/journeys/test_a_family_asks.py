"""A family asks for a service on a telephone: one question a page, a receipt at the end, and no second request by mistake."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chengnuo.cases.models import Case
from chengnuo.foundation.actor import resident
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Consent, Place
from tests.factories import county
from tests.factories.family import STEPS, Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
ASK = "/ask/village-proof"


@pytest.fixture
def phone():
    return Browser()


def test_what_it_needs_and_why_stands_before_the_first_question(phone):
    phone.open(f"{ASK}/")
    assert "Identity card" in phone.text
    assert "To see that it is you" in phone.text
    assert "your own signed statement does instead" in phone.text
    assert "2 working days" in phone.text
    assert f'href="{ASK}/township/"' in phone.page
    assert f'href="{ASK}/form.pdf"' in phone.page


def test_the_whole_journey(phone):
    case = Case.objects.get(pk=phone.ask())
    assert (case.sort, case.channel, case.helper) == ("request", "web", None)
    assert case.holder.key == f"{county.VILLAGE}.desk"
    me = resident(case.pk)
    assert case.details.reveal(by=me, reason="test") == "要一份居住证明"
    assert case.contact.name.reveal(by=me, reason="test", of=case.pk) == "王桂兰"
    assert case.contact.phone.reveal(by=me, reason="test", of=case.pk) == "10012345678"
    assert case.contact.language == "en"
    assert sorted(Consent.objects.values_list("purpose", flat=True)) == ["call_back"]


def test_the_receipt_says_who_by_when_and_what_next(phone):
    case = Case.objects.get(pk=phone.ask())
    digits = receipt_code(case.pk)
    assert phone.code.split() == [digits[at : at + 4] for at in range(0, 16, 4)]
    for said in (case.number, str(case.office.name.en), "Reception", "March 4, 2026"):
        assert said in phone.text, said
    assert f"it goes up by itself to {case.office.above.name.en}" in phone.text
    assert f"/request/{case.pk}/slip.pdf" in phone.page
    assert f"/complain/?case={case.pk}" in phone.page


def test_a_list_is_promised_only_before_the_thing_itself(phone):
    """Five workdays for a list of what is missing say nothing where the proof is due in two."""
    phone.ask()
    assert "March 9, 2026" not in phone.text
    phone.ask("dibao")
    assert "everything in one list. by March 9, 2026 at the latest" in phone.text


def test_nobody_jumps_ahead(phone):
    assert phone.open(f"{ASK}/check/") == f"{ASK}/township/"
    assert phone.open(f"{ASK}/name/") == f"{ASK}/township/"
    assert phone.open(f"{ASK}/nowhere/") == f"{ASK}/township/"
    assert phone.send(f"{ASK}/check/") == f"{ASK}/township/"


def test_a_village_belongs_to_the_township(phone):
    village = county.village()
    other = Place.objects.filter(level="village").exclude(above=village.above).first()
    phone.send(f"{ASK}/township/", township=str(village.above_id))
    assert phone.send(f"{ASK}/village/", village=str(other.pk)) == f"{ASK}/village/"
    assert "Choose the village or community." in phone.text
    phone.send(f"{ASK}/village/", village=str(village.pk))
    assert phone.send(f"{ASK}/township/", township=str(other.above_id)) == f"{ASK}/village/"


BAD = [
    ("township", {"township": ""}, "Choose the township."),
    ("township", {"township": str(uuid4())}, "Choose the township."),
    ("township", {"township": "x'--"}, "Choose the township."),
    ("name", {"name": "  "}, "Write a name by which we may call you."),
    ("name", {"name": "长" * 41}, "This can have at most 40 characters; it has 41."),
    ("words", {"words": "话" * 1001}, "This can have at most 1000 characters; it has 1001."),
    ("contact", {"phone": "打我电话", "consents": ["call_back"]}, "A mobile number has 11 digits, any other 7 to 15."),
    ("contact", {"phone": "138123456", "consents": ["call_back"]}, "A mobile number has 11 digits, any other 7 to 15."),
    ("contact", {"phone": "123", "consents": ["call_back"]}, "A mobile number has 11 digits, any other 7 to 15."),
    ("contact", {"phone": "10012345678"}, "Tick what we may use the number for, or leave the number out."),
    ("contact", {"consents": ["call_back"]}, "For this we need a number."),
    ("contact", {"phone": "10012345678", "consents": ["sell"]}, "Choose from the list."),
]


@pytest.mark.parametrize(("step", "typed", "said"), BAD)
def test_a_mistake_is_said_and_what_was_typed_stays(phone, step, typed, said):
    if step != "township":
        phone.fill_in()
    assert phone.send(f"{ASK}/{step}/", **typed) == f"{ASK}/{step}/"
    assert "Please check this" in phone.text
    assert said in phone.text
    for value in (typed.get("name"), typed.get("words"), typed.get("phone")):
        assert not (value or "").strip() or value in phone.page
    assert not Case.objects.exists()


def test_nothing_must_be_said_and_no_telephone_given(phone):
    case = Case.objects.get(pk=phone.ask(words={"words": ""}, contact={"phone": "", "consents": []}))
    assert not case.details
    assert not case.contact.phone
    assert not Consent.objects.exists()


def test_what_nobody_needs_to_know_may_be_taken_out_and_need_not_be(phone):
    phone.fill_in(words={"words": "我怀孕了，要证明"})
    assert "You wrote “怀孕”. Nobody here needs to know it" in phone.text
    assert f'href="{ASK}/words/"' in phone.page
    phone.send(f"{ASK}/check/")
    case = Case.objects.get()
    assert case.details.reveal(by=resident(case.pk), reason="test") == "我怀孕了，要证明"


def test_the_session_holds_nothing_in_clear(phone):
    phone.fill_in()
    kept = str(dict(phone.client.session))
    assert not any(part in kept for part in ("王桂兰", r"\u738b", "10012345678", "100 1234", "居住"))


def test_what_was_typed_for_one_service_is_not_shown_in_another(phone):
    phone.fill_in()
    assert phone.open("/ask/dibao/words/") == "/ask/dibao/township/"


def test_two_presses_are_one_request(phone):
    at = phone.fill_in()
    stamp = phone.stamp
    first = phone.send(at)
    code = phone.code
    again = phone.send(at, stamp=stamp)
    assert (again, phone.code) == (first, code)
    assert Case.objects.count() == 1


def test_a_second_press_that_overtakes_the_first_one_is_one_request(phone):
    """Both were under way with all answers: the slower one finds that the faster one is there."""
    at = phone.fill_in()
    stamp, kept = phone.stamp, dict(phone.client.session)
    first = phone.send(at)
    session = phone.client.session
    session.update({name: value for name, value in kept.items() if name.startswith("journey.")})
    session.save()
    assert phone.send(at, stamp=stamp) == first
    assert phone.code
    assert Case.objects.count() == 1


def test_other_answers_under_the_same_stamp_are_refused_in_words(phone):
    at = phone.fill_in()
    stamp = phone.stamp
    phone.send(at)
    phone.fill_in(name={"name": "别人"})
    assert phone.send(at, stamp=stamp) == at
    assert "already sent with other answers. The first answers stand." in phone.text
    assert "别人" in phone.text
    assert phone.stamp != stamp
    assert Case.objects.count() == 1
    phone.send(at)
    assert Case.objects.count() == 2


def test_a_shared_screen_shows_no_other_persons_receipt(phone):
    """Somebody else's browser sends the very form again: the case is not made twice, and the receipt stays with its owner."""
    at = phone.fill_in()
    stamp = phone.stamp
    case = phone.ask()
    code = phone.code
    stranger = Browser()
    for address in (f"/request/{case}/received/", f"/request/{uuid4()}/received/"):
        stranger.open(address)
        assert "We already have this" in stranger.text
        assert code not in stranger.page
        assert str(Case.objects.get().number) not in stranger.page
    stranger.fill_in()
    stranger.send(at, stamp=stamp)
    assert "We already have this" not in stranger.text
    assert Case.objects.count() == 2


def test_a_page_open_for_more_than_a_day_sends_nothing_and_keeps_everything(phone):
    at = phone.fill_in()
    stamp = phone.stamp
    with time_machine.travel(timedelta(days=1, minutes=1)):
        phone.fill_in()
        assert phone.send(at, stamp=stamp) == at
    assert "open for more than a day. Nothing was sent." in phone.text
    assert "王桂兰" in phone.text
    assert not Case.objects.exists()


@pytest.mark.parametrize("stamp", ["", "nonsense", "tests.send|1:2:3"])
def test_a_forged_stamp_sends_nothing(phone, stamp):
    at = phone.fill_in()
    assert phone.send(at, stamp=stamp) == at
    assert not Case.objects.exists()


def test_a_referral_opens_no_case(phone):
    phone.open("/ask/birth-registration/")
    assert "This is not asked for here" in phone.text
    assert "100 0526 0001" in phone.text
    assert phone.send("/ask/birth-registration/check/") == "/ask/birth-registration/"
    phone.open("/ask/birth-registration/form.pdf", status=404)


@pytest.mark.parametrize("service", ["nothing-like-this", "missing-list", "reply-to-complaint"])
def test_what_may_not_be_asked_for_is_not_there(phone, service):
    phone.open(f"/ask/{service}/", status=404)
    phone.open(f"/ask/{service}/township/", status=404)


def test_an_officer_is_led_to_the_counter():
    desk = Browser(Client())
    county.sign_in(desk.client, f"{county.VILLAGE}.desk")
    assert desk.open(f"{ASK}/") == "/desk/counter/village-proof/"


def test_no_page_asks_the_database_more_than_twelve_times(phone):
    phone.ask()
    phone.fill_in()
    counted = {}
    case = Case.objects.get()
    for address in [
        f"{ASK}/",
        *(f"{ASK}/{step}/" for step in (*STEPS, "check")),
        f"/request/{case.pk}/received/",
    ]:
        with CaptureQueriesContext(connection) as seen:
            phone.open(address)
        counted[address] = len(seen)
    assert max(counted.values()) <= 12, counted
