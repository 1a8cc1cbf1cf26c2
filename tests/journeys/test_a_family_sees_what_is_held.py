"""A family looks at everything that is held about it, puts it right, takes it along, and has it erased."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema_rs import validator_for

from chengnuo.cases.models import Case
from chengnuo.cases.operations.receive import receive
from chengnuo.foundation.actor import visitor
from chengnuo.foundation.models import Look
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Consent, ContactGram
from chengnuo.people.operations.contacts import Person
from tests.contracts.repository import ROOT
from tests.factories import cases, county, photos
from tests.factories.family import Browser

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NAME, PHONE, WORDS = "司徒望舒", "10087654321", "要一份老宅的居住证明"
SCHEMA = ROOT / "src/chengnuo/web/static/schemas/my-data-1.json"


@pytest.fixture
def case(monday):
    person = Person(name=NAME, phone=PHONE, consents=("call_back",))
    where = {"promise": county.service("village-proof"), "village": county.village().pk}
    return receive(**where, person=person, details=WORDS, by=visitor(), at=county.MONDAY, key=uuid4()).case


def telephone(case: Case) -> Browser:
    """One into which the code was typed; `data` is the page of what is held."""
    browser = Browser()
    browser.open("/follow/")
    browser.send("/follow/", code=receipt_code(case.pk))
    browser.data = f"/request/{case.pk}/data/"
    return browser


def send(browser, case, deed, /, **typed):
    browser.open(f"/request/{case.pk}/{deed}/")
    return browser.send(f"/request/{case.pk}/{deed}/", **typed)


def copy_of(browser, case):
    answer = browser.client.get(f"/request/{case.pk}/data.json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'filename="{case.number}.json"' in answer.headers["Content-Disposition"]
    return json.loads(answer.content)


def test_everything_held_stands_on_one_page(case):
    cases.ask_once(case, at=county.MONDAY)
    photos.add(case)
    browser = telephone(case)
    browser.open(f"/request/{case.pk}/")
    assert "What is held about you, who looked at it, and how it is erased" in browser.text
    browser.open(browser.data)
    for said in (NAME, PHONE, WORDS, "户口簿", "带来就办", "Call me if there is a question. Given on March 2, 2026.", "Photos of papers"):  # fmt: skip
        assert said in browser.text, said
    assert "Each step has an entry there" in browser.text


def test_who_looked_is_said_by_name_and_day(case, monday):
    browser = telephone(case)
    browser.open(browser.data)
    assert "Nobody so far." in browser.text
    officer = county.account_of(cases.DESK)
    cases.at_desk(cases.DESK).get("case", case.pk)
    monday.move(DAY)
    cases.at_desk(cases.DESK).get("case", case.pk)
    browser = telephone(case)
    browser.open(browser.data)
    for day in ("March 2, 2026", "March 3, 2026"):
        assert f"{day} {officer.name} your name" in browser.text
        assert f"{day} {officer.name} what you wrote" in browser.text
    assert Look.objects.filter(account=officer.pk).exists()


def test_the_own_look_is_nobody_s_business(case):
    telephone(case).open(f"/request/{case.pk}/data/")
    assert not Look.objects.exists()


def test_the_copy_fits_its_schema_and_says_all(case):
    cases.ask_once(case, at=county.MONDAY)
    photos.add(case)
    cases.at_desk(cases.DESK).get("case", case.pk)
    said = copy_of(telephone(case), case)
    validator = validator_for(json.loads(SCHEMA.read_text()))
    assert list(validator.iter_errors(said)) == []
    assert said["$schema"].endswith("/static/schemas/my-data-1.json")
    assert said["you"] | {"language": ""} == {"name": NAME, "telephone": PHONE, "village": str(case.contact.village), "language": "", "no_paper": False}  # fmt: skip
    assert (said["words"], said["missing"], said["case"]["forgotten_on"]) == (WORDS, ["户口簿"], None)
    assert [len(said[part]) for part in ("consents", "photos", "log")] == [1, 1, 3]
    assert any("带来就办" in step["words"] for step in said["story"])
    assert {look["what"] for look in said["looks"]} >= {"your name", "what you wrote"}
    assert list(validator.iter_errors(said | {"more": 1}))


def test_a_helper_reads_no_number_that_was_not_given_for_calls_and_of_no_complaint(case):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    county.sign_in(client, cases.TOWNSHIP_DESK)
    client.post("/follow/", {"code": receipt_code(case.pk)})
    assert PHONE in client.get(f"/request/{case.pk}/correct/").content.decode()
    Consent.objects.all().update(withdrawn_at=county.MONDAY)
    assert PHONE not in client.get(f"/request/{case.pk}/correct/").content.decode()
    cases.complaint(case=case.pk, name="王桂兰")
    cases.withdraw(case, at=county.MONDAY)
    own = telephone(case)
    own.open(own.data)
    assert "A complaint about it is open" in own.text
    helped = client.get(f"/request/{case.pk}/data/").content.decode()
    assert "A complaint about it is open" not in helped
    assert "Erase everything" not in helped
    page = Browser(client)
    page.open(f"/request/{case.pk}/erase/")
    page.send(f"/request/{case.pk}/erase/")
    assert "never on an office's machine" in page.text
    assert "complaint" not in page.text


def test_a_helper_puts_the_name_right_and_a_number_for_messages_alone_stays(case):
    Consent.objects.update(purpose="messages")
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    county.sign_in(client, cases.TOWNSHIP_DESK)
    client.post("/follow/", {"code": receipt_code(case.pk)})
    page = Browser(client)
    page.open(f"/request/{case.pk}/correct/")
    assert 'name="phone"' not in page.page
    page.send(f"/request/{case.pk}/correct/", name="司徒望书", village=str(case.contact.village_id))
    contact = cases.again(case).contact
    assert (cases.opened(contact.name, of=case.pk), cases.opened(contact.phone, of=case.pk)) == ("司徒望书", PHONE)
    assert Consent.objects.get().withdrawn_at is None


def test_an_office_s_machine_takes_no_copy(case):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    county.sign_in(client, cases.TOWNSHIP_DESK)
    client.post("/follow/", {"code": receipt_code(case.pk)})
    page = client.get(f"/request/{case.pk}/data/")
    assert page.status_code == 200
    assert "data.json" not in page.content.decode()
    refused = client.get(f"/request/{case.pk}/data.json")
    assert refused.status_code == 403
    assert NAME not in refused.content.decode()


def test_without_the_receipt_nothing_of_it_opens(case):
    for client in (Client(), telephone(cases.ask()).client):
        for name in ("data", "data_copy"):
            assert client.get(reverse(f"family:{name}", args=[case.pk])).headers["Location"] == "/follow/"


# put right


def good(case, **changes):
    return {
        "name": "司徒望",
        "phone": "100 1111 2222",
        "consents": ["call_back"],
        "village": str(case.contact.village_id),
    } | changes


def test_what_is_wrong_is_put_right_and_the_old_entry_is_gone(case):
    neighbour = case.contact.village.above.below.exclude(pk=case.contact.village_id).first()
    browser = telephone(case)
    browser.open(f"/request/{case.pk}/correct/")
    assert NAME in browser.page
    assert PHONE in browser.page
    assert send(browser, case, "correct", **good(case, village=str(neighbour.pk))) == browser.data
    assert "It is put right." in browser.page
    assert "司徒望" in browser.text
    assert "10011112222" in browser.text
    assert str(neighbour) in browser.text
    assert NAME not in browser.page
    assert PHONE not in browser.page
    assert "The family put right its name, its telephone or its village." in browser.text
    desk = cases.at_desk(cases.DESK)
    assert case.number in desk.get("cases", q="司徒望").content.decode()
    assert case.number not in desk.get("cases", q="望舒").content.decode()
    assert Case.objects.get(pk=case.pk).office_id == case.office_id


def test_a_consent_is_given_and_ended_with_its_number(case):
    browser = telephone(case)
    send(browser, case, "correct", **good(case, phone="", consents=[]))
    assert list(Consent.objects.values_list("withdrawn_at", flat=True)) == [county.MONDAY]
    send(browser, case, "correct", **good(case))
    assert Consent.objects.filter(withdrawn_at=None).count() == 1
    browser.open(browser.data)
    assert "Taken back on March 2, 2026." in browser.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Write a name by which we may call you."),
        ({"phone": "12"}, "A mobile number has 11 digits, any other 7 to 15."),
        ({"phone": ""}, "For this we need a number."),
        ({"consents": []}, "Tick what we may use the number for"),
        ({"village": "0"}, "Choose the village or community."),
    ],
)
def test_what_is_mistyped_is_said_and_changes_nothing(case, typed, said):
    browser = telephone(case)
    send(browser, case, "correct", **good(case, **typed))
    assert said in browser.text
    assert "司徒望" in browser.page or typed == {"name": ""}
    browser.open(browser.data)
    assert NAME in browser.text


def test_sent_twice_it_counts_once(case):
    browser = telephone(case)
    browser.open(f"/request/{case.pk}/correct/")
    stamp = browser.stamp
    for _ in range(2):
        browser.send(f"/request/{case.pk}/correct/", **good(case), stamp=stamp)
    assert "We already have this." in browser.page
    assert case.chapters.filter(move="correct").count() == 1


def test_what_it_was_decided_on_is_frozen(case):
    browser = telephone(case)
    browser.open(f"/request/{case.pk}/correct/")
    cases.finish(case, at=county.MONDAY)
    browser.send(f"/request/{case.pk}/correct/", **good(case))
    assert "This can no longer be done" in browser.text
    browser.open(browser.data)
    assert "Put it right" not in browser.text
    assert NAME in browser.text


# erased


@pytest.mark.parametrize(
    ("comes_to", "said"),
    [
        (str, "The office still works on it"),
        (lambda case: cases.finish(case, at=county.MONDAY), "waits for your word"),
        (lambda case: (cases.withdraw(case, at=county.MONDAY), cases.complaint(case=case.pk, name=NAME)), "A complaint about it is open"),
    ],
)  # fmt: skip
def test_what_must_be_kept_is_said_with_its_law(case, comes_to, said):
    comes_to(case)
    browser = telephone(case)
    browser.open(browser.data)
    assert said in browser.text
    assert "Personal Information Protection Law, art. 13(3)" in browser.text
    send(browser, case, "erase")
    assert said in browser.text
    browser.open(browser.data)
    assert NAME in browser.text


def test_a_refusal_is_kept_while_it_can_go_to_court(monday):
    case = cases.ask("childcare-subsidy", name=NAME)
    cases.refuse(case, at=county.MONDAY, post=case.holder.key)
    browser = telephone(case)
    browser.open(browser.data)
    assert "the office has to account for that" in browser.text
    assert "Administrative Procedure Law, art. 34 and 46 · until Sept. 2, 2026" in browser.text
    monday.move(200 * DAY)
    browser = telephone(case)
    assert send(browser, case, "erase") == "/"


def test_it_is_erased_in_one_step(case):
    cases.withdraw(case, at=county.MONDAY)
    browser = telephone(case)
    browser.open(browser.data)
    assert "If you do nothing, it is erased by itself on March 2, 2028" in browser.text
    assert send(browser, case, "erase") == "/"
    assert "Everything is erased." in browser.page
    assert str(case.pk) not in browser.page
    browser.open(f"/request/{case.pk}/")
    assert "Type the code" in browser.page
    browser.open("/follow/")
    browser.send("/follow/", code=receipt_code(case.pk))
    assert "No request opens with this code." in browser.text
    assert not ContactGram.objects.filter(owner=case.contact_id).exists()
    assert Case.objects.get(pk=case.pk).forgotten_at == county.MONDAY


def test_a_complaint_without_a_name_is_erased_and_tells_the_day_alone(monday):
    begun = cases.complained(at=county.MONDAY)
    browser = Browser()
    browser.open("/follow/without-a-name/")
    browser.send("/follow/without-a-name/", code=begun.code)
    send(browser, begun.case, "withdraw")
    assert send(browser, begun.case, "erase") == "/"
    gone = Case.objects.get(pk=begun.case.pk)
    assert re.search(r" 16:00:0\d", str(gone.forgotten_at))


def test_no_officer_takes_away_the_traces_of_their_own_work(case):
    cases.withdraw(case, at=county.MONDAY)
    for post, answer in ((cases.DESK, 409), (cases.TOWNSHIP_DESK, 200)):
        client = Client()
        county.sign_in(client, post)
        client.post("/follow/", {"code": receipt_code(case.pk)})
        assert client.get(f"/request/{case.pk}/erase/").status_code == answer, post
