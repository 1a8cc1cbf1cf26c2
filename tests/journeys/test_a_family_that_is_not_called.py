"""An officer sees a number only while its owner agrees to be called; the slip is printed in the language that the person reads."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.test import Client

from chengnuo.cases.models import Case
from chengnuo.foundation.models.looks import Look
from chengnuo.people.models import Consent
from tests.factories import cases, county
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NUMBER = "10012345678"
NOT_CALLED = "The family does not wish to be called."
NO_NUMBER = "No telephone was given."


def desk_page(case: Case) -> str:
    return cases.at_desk(cases.DESK).get("case", case.pk).content.decode()


def receives(**changes: dict[str, object]) -> tuple[Browser, Case]:
    counter = Browser(Client())
    county.sign_in(counter.client, cases.DESK, at=county.MONDAY)
    return counter, Case.objects.get(pk=counter.ask(begin="/desk/counter", **changes))


def slip(browser: Browser, case: Case) -> str:
    answer = browser.client.get(f"/request/{case.pk}/slip.pdf")
    return pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


def test_the_number_is_there_while_the_family_agrees():
    case = Case.objects.get(pk=Browser().ask())
    assert NUMBER in desk_page(case)


def test_after_it_is_taken_back_the_number_is_gone():
    phone = Browser()
    case = Case.objects.get(pk=phone.ask())
    phone.open(f"/request/{case.pk}/")
    assert NUMBER in phone.text
    phone.send(f"/request/{case.pk}/consent/call_back/")
    assert NUMBER not in phone.text
    assert NUMBER not in desk_page(case)
    assert NOT_CALLED in desk_page(case)


def test_a_number_that_is_kept_for_something_else_is_not_opened():
    """Consents given before, for messages, say nothing about calls."""
    case = Case.objects.get(pk=Browser().ask())
    Consent.objects.update(purpose="messages")
    assert NUMBER not in desk_page(case)
    assert not Look.objects.filter(label="people.contact.phone").exists()


def test_who_left_no_number_said_nothing_about_calls():
    case = Case.objects.get(pk=Browser().ask(contact={"phone": "", "consents": []}))
    assert NO_NUMBER in desk_page(case)
    assert NOT_CALLED not in desk_page(case)


def test_nobody_is_asked_about_messages_while_none_are_sent(settings):
    settings.SMS = ""
    phone = Browser()
    phone.fill_in(contact={"phone": NUMBER, "consents": ["messages"]})
    phone.open("/ask/village-proof/contact/")
    assert "Send me a short message" not in phone.text
    assert "Call me if there is a question." in phone.text


def test_a_helper_sees_no_number_either():
    counter, case = receives(contact={"phone": "", "consents": [], "language": "zh-hans"})
    counter.open(f"/request/{case.pk}/")
    assert NO_NUMBER in counter.text


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "回执"), ("zh-hant", "回執"), ("en", "Receipt")])
def test_the_slip_of_the_counter_speaks_the_persons_language(language, said):
    """The officer reads English."""
    counter, case = receives(contact={"phone": "", "consents": [], "language": language})
    assert case.contact.language == language
    assert said in slip(counter, case)


def test_on_ones_own_telephone_the_slip_is_in_the_language_that_one_reads():
    phone = Browser()
    case = Case.objects.get(pk=phone.ask())
    phone.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hant"
    assert case.contact.language == "en"
    assert "回執" in slip(phone, case)


def test_a_language_that_there_is_not_is_asked_again():
    counter = Browser(Client())
    county.sign_in(counter.client, cases.DESK, at=county.MONDAY)
    at = counter.fill_in(begin="/desk/counter", contact={"phone": "", "consents": [], "language": "la"})
    assert at.endswith("/contact/")
    assert "Choose the language of the slip." in counter.text
