"""A family agrees to messages; the office finishes; a neutral sentence goes out, and both see that it did, and no more than that."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from chengnuo.cases.models import Case
from chengnuo.foundation import clock
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Consent
from tests.factories import cases, county, messages
from tests.factories.desk import said
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
CONTACT = {"phone": messages.NUMBER, "consents": ["messages"]}
STOP = re.compile(r"/stop/\d{12}/\d{8}/")


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def phone():
    return Browser()


@pytest.fixture
def case(phone):
    return Case.objects.get(pk=phone.ask(contact=CONTACT))


def sent_to(phone: Browser, case: Case) -> str:
    """As the family reads it, with the code on its receipt."""
    phone.open("/follow/")
    phone.send("/follow/", code=receipt_code(case.pk))
    phone.open(f"/request/{case.pk}/messages/")
    return phone.text


def test_the_way_to_them_is_offered_to_whoever_left_a_telephone_or_was_sent_one(phone, case):
    def is_offered(to: Browser, about: object) -> bool:
        to.open(f"/request/{about}/")
        return f'href="/request/{about}/messages/"' in to.page

    assert is_offered(phone, case.pk)
    messages.work(clock.now())
    phone.send(f"/request/{case.pk}/consent/messages/")
    assert cases.opened(cases.again(case).contact.phone, of=case.pk) == "", "the number is gone, what was sent is not"
    assert is_offered(phone, case.pk)
    other = Browser()
    assert not is_offered(other, other.ask(contact={"phone": "", "consents": []}))


def test_what_is_done_is_told_in_a_neutral_sentence(phone, case, monday):
    messages.work(clock.now())
    assert len(messages.outgoing()) == 1
    monday.move(cases.DAY)
    cases.finish(case, at=clock.now())
    messages.work(clock.now())
    number, text = messages.outgoing()[1].strip().split("\n")
    assert number == messages.NUMBER
    assert case.number in text
    for private in ("王桂兰", "居住证明", str(case.promise.title), str(case.office), "Chengnuo", "承诺"):
        assert private not in text
    assert sent_to(phone, case).count("sent; whether it arrived, nobody here knows") == 2
    page = said(cases.at_desk(cases.DESK).get("messages", case.pk))
    assert page.count("sent; whether it arrived, nobody here knows") == 2
    assert messages.NUMBER not in page


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_it_speaks_the_persons_language(language):
    counter = Browser(Client())
    county.sign_in(counter.client, cases.DESK, at=county.MONDAY)
    counter.ask(begin="/desk/counter", contact=CONTACT | {"language": language})
    with translation.override("en"):
        messages.work(county.MONDAY)
    with translation.override(language):
        begins = translation.gettext(
            "Your request %(number)s: there is something new. Look with the code on your receipt, or ask at any counter. "
            "No more messages: %(stop)s"
        ).partition("%")[0]
    assert messages.outgoing()[0].split("\n")[1].startswith(begins)


def test_before_it_is_sent_it_says_that_it_waits(phone, case):
    messages.worker.drain(county.MONDAY)
    assert "waits to be sent" in sent_to(phone, case)
    assert not messages.outgoing()


def test_the_address_in_the_message_ends_them_in_one_step(case, monday):
    messages.work(clock.now())
    address = STOP.search(messages.outgoing()[0])[0]
    anybody = Browser(Client())
    anybody.open(address)
    assert not Consent.objects.exclude(withdrawn_at=None).exists(), "opening it changes nothing"
    anybody.send(address)
    assert "no message is sent to this telephone any more" in anybody.text
    assert cases.opened(cases.again(case).contact.phone, of=case.pk) == "", "the number was kept for messages alone"
    anybody.send(address)
    assert "no message is sent to this telephone any more" in anybody.text
    cases.finish(case, at=clock.now())
    monday.move(cases.DAY)
    messages.work(clock.now())
    assert len(messages.outgoing()) == 1


def test_a_foreign_address_ends_nothing(case):
    for address in (f"/stop/{case.number}/12345678/", "/stop/0000000000/12345678/"):
        browser = Browser(Client())
        browser.open(address, status=404)
        assert "Nothing is sent because of this address." in browser.text
        browser.send(address)
    assert Consent.objects.get().withdrawn_at is None


def test_nobody_tries_one_address_after_another(case):
    address, found = f"/stop/{case.number}/12345678/", set()
    for _try in range(70):
        found.add(Client().get(address, REMOTE_ADDR="198.51.100.7").status_code)
    assert found == {404, 429}


def test_what_was_taken_back_is_not_sent_even_when_it_waits(phone, case):
    messages.worker.drain(county.MONDAY)
    phone.open(f"/request/{case.pk}/")
    phone.send(f"/request/{case.pk}/consent/messages/")
    assert "no more messages are sent" in phone.page
    messages.work(county.MONDAY)
    assert not messages.outgoing()
    assert "not sent: messages were not wanted any more" in sent_to(phone, case)


def test_an_office_is_told_whom_it_must_call_or_write_to(case, settings, monday):
    settings.SMS = "http://127.0.0.1:9/"  # nobody listens there
    for _try in range(24):
        messages.work(clock.now())
        monday.move(3 * cases.HOUR)
    page = said(cases.at_desk(cases.DESK).get("case", case.pk))
    assert messages.readings(case) == ["failed"]
    assert "The family could not be told by message" in page
    text = said(cases.at_desk(cases.DESK).get("messages", case.pk))
    assert "did not reach the telephone" in text
    assert "Messages to the family's telephone" in text


@pytest.mark.parametrize(
    ("into", "says"),
    [("delivered", "arrived; whether it was read, nobody here knows"), ("failed", "did not reach the telephone")],
)
def test_what_the_carrier_says_of_it_is_seen_by_both(phone, case, monday, into, says):
    messages.work(clock.now())
    messages.moved(into)
    monday.move(cases.HOUR)
    messages.work(clock.now())
    assert messages.readings(case) == [into]
    assert says in sent_to(phone, case)
    assert says in said(cases.at_desk(cases.DESK).get("messages", case.pk))
    is_told = "The family could not be told by message" not in said(cases.at_desk(cases.DESK).get("case", case.pk))
    assert is_told is (into == "delivered")
    held = phone.client.get(f"/request/{case.pk}/data.json").json()
    assert [each["stands"] for each in held["messages"]] == [into]


def test_nobody_is_asked_where_nothing_sends(phone, settings):
    settings.SMS = ""
    phone.fill_in(contact=CONTACT)
    phone.open("/ask/village-proof/contact/")
    assert "short message" not in phone.text


def test_the_blank_form_and_the_page_ask_for_the_same(phone):
    phone.fill_in(contact=CONTACT)
    phone.open("/ask/village-proof/contact/")
    assert "Send me a short message" in phone.text
    assert "Call me if there is a question." in phone.text


def test_who_is_not_the_family_sees_nothing(case):
    stranger = Browser(Client())
    assert stranger.open(f"/request/{case.pk}/messages/") == "/follow/"
    assert cases.at_desk(f"{cases.ELSEWHERE}.desk").get("messages", case.pk).status_code == 404


def test_what_is_held_names_the_messages_too(phone, case):
    messages.work(clock.now())
    phone.open(f"/request/{case.pk}/data/")
    assert "Messages to your telephone" in phone.text
    held = phone.client.get(f"/request/{case.pk}/data.json").json()
    assert [each["stands"] for each in held["messages"]] == ["sent"]
