"""A complaint goes to the office above, which answers for it; the office complained about sees nothing of it."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from chengnuo.cases import queries
from chengnuo.cases.models import Case
from chengnuo.foundation.actor import resident
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Consent, Office
from chengnuo.promises.models import Duty
from tests.factories import county
from tests.factories.family import CASE, Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
CHECK = "/complain/check/"


@pytest.fixture
def phone():
    return Browser()


def complain(phone: Browser, begin: str, **said: str) -> UUID:
    """From the first page that `begin` leads to, to the receipt."""
    phone.open(begin)
    fill_in(phone, **said)
    done = phone.send(CHECK)
    found = CASE.search(done)
    assert found, (done, phone.text)
    return UUID(found[0])


def fill_in(
    phone: Browser, *, words: str = "跑了三趟，每次说的不一样。", name: str = "", phone_number: str = ""
) -> str:
    phone.send("/complain/words/", words=words)
    phone.send("/complain/name/", name=name)
    consents = ["call_back"] if phone_number else []
    return phone.send("/complain/contact/", phone=phone_number, consents=consents)


def test_where_no_office_stands_above_one_way_is_named_and_no_page_that_leads_nowhere(phone):
    """Complaints about an office of the county are handled by the body above it, and nobody here stands above that."""
    for begin, says, leads in (
        ("/complain/?about=civil-affairs", "Call 12345.", "tel:12345"),
        (f"/complain/?about={county.VILLAGE}", "handles complaints about Gufu Town", "/complain/?case="),
    ):
        complain(phone, begin)
        unhappy = re.search(r'<section aria-labelledby="unhappy">.*?</section>', phone.page, re.DOTALL)[0]
        assert says in unhappy
        assert [each[: len(leads)] for each in re.findall(r'href="([^"]*)"', unhappy)] == [leads]


def test_about_an_office_that_its_page_names(phone):
    assert phone.open(f"/complain/?about={county.VILLAGE}") == "/complain/words/"
    assert "Gufu Town Public Service Office handles your complaint about Longchi" in phone.text
    assert "never sees it." in phone.text
    assert fill_in(phone) == CHECK
    assert "not the words, not the name, not that there is a complaint" in phone.text
    phone.send(CHECK)
    case = Case.objects.get()
    assert (case.sort, case.office.key, case.about_office.key) == (
        "complaint",
        county.TOWNSHIP,
        county.VILLAGE,
    )
    assert not case.contact.name
    assert not Consent.objects.exists()
    assert case.is_anonymous
    assert queries.by_dear_receipt(phone.code.replace(" ", "")) == case.pk
    assert "Gufu Town Public Service Office handles it." in phone.text
    assert "March 17, 2026 at the latest" in phone.text


def test_without_a_hint_the_office_is_found_in_two_questions(phone):
    assert phone.open("/complain/") == "/complain/where/"
    assert "You need not give a name." in phone.text
    assert phone.send("/complain/where/", where="") == "/complain/where/"
    assert "Choose where the office is." in phone.text
    assert phone.send("/complain/where/", where="county") == "/complain/office/"
    assert "Xingshan Civil Affairs Bureau" in phone.text
    assert "Supervision of Services" not in phone.text
    assert phone.send("/complain/office/", office=county.VILLAGE) == "/complain/office/"
    assert phone.send("/complain/office/", office="civil-affairs") == "/complain/words/"
    assert "Yichang Office for the Supervision of Services (demo) handles your complaint" in phone.text


def test_of_a_township_all_offices_can_be_chosen(phone):
    phone.open("/complain/")
    phone.send("/complain/where/", where=str(county.village().above_id))
    offered = Office.objects.filter(place__above=county.village().above_id).count() + 1
    assert phone.page.count('name="office"') == offered > 5


def test_from_a_request_its_office_is_chosen_and_the_request_named(phone):
    request = phone.ask()
    complaint = Case.objects.get(
        pk=complain(phone, f"/complain/?case={request}", name="王桂兰", phone_number="10012345678")
    )
    assert complaint.about_case_id == request
    assert complaint.about_office.key == county.VILLAGE
    assert complaint.contact.name.reveal(by=resident(complaint.pk), reason="test", of=complaint.pk) == "王桂兰"
    assert Consent.objects.get(contact=complaint.contact).purpose == "call_back"


def test_somebody_elses_request_cannot_be_named(phone):
    request = Browser().ask()
    assert phone.open(f"/complain/?case={request}") == "/complain/where/"
    complaint = Case.objects.get(pk=complain(phone, f"/complain/?about={county.VILLAGE}"))
    assert complaint.about_case is None


def test_how_a_complaint_is_handled_can_be_complained_about_too(phone):
    first = complain(phone, f"/complain/?about={county.VILLAGE}")
    second = Case.objects.get(pk=complain(phone, f"/complain/?case={first}"))
    assert (second.about_office.key, second.office.key) == (county.TOWNSHIP, "health-bureau")


def test_there_is_nobody_above_the_outside_body(phone):
    phone.open("/complain/?about=city-supervision", status=409)
    assert "There is no office above this one in the system." in phone.text
    assert "12345" in phone.text


@pytest.mark.parametrize("about", ["nothing", "", "'; --", "village-999999999999"])
def test_an_office_that_is_not_there_is_asked_for(phone, about):
    assert phone.open(f"/complain/?about={about}&case={uuid4()}") == "/complain/where/"


def test_a_mistake_keeps_what_was_typed(phone):
    phone.open(f"/complain/?about={county.VILLAGE}")
    phone.send("/complain/words/", words=" ")
    assert "Write in a few words what happened." in phone.text
    assert phone.send("/complain/words/", words="话" * 2001) == "/complain/words/"
    assert "话" * 2001 in phone.page
    phone.send("/complain/words/", words="跑了三趟")
    phone.send("/complain/name/", name="")
    phone.send("/complain/contact/", phone="10012345678")
    assert "Tick what we may use the number for" in phone.text
    assert phone.open(CHECK) == "/complain/contact/"


def test_the_office_complained_about_sees_nothing(phone):
    complaint = Case.objects.get(pk=complain(phone, f"/complain/?about={county.VILLAGE}"))
    about = Browser(Client())
    county.sign_in(about.client, f"{county.VILLAGE}.head")
    about.open(f"/desk/cases/{complaint.pk}/", status=404)
    for page in ("/desk/cases/", "/desk/inbox/"):
        about.open(page)
        assert complaint.number not in about.page
    assert Duty.objects.get(subject_id=complaint.pk).hidden_from_id == complaint.about_office_id
    above = Browser(Client())
    county.sign_in(above.client, f"{county.TOWNSHIP}.desk")
    above.open(f"/desk/cases/{complaint.pk}/")
    assert "跑了三趟" in above.text


def test_the_complaint_is_followed_with_its_own_receipt(phone):
    complaint = complain(phone, f"/complain/?about={county.VILLAGE}", name="王桂兰")
    other = Browser()
    assert other.send("/follow/", code=receipt_code(complaint)) == f"/request/{complaint}/"
    assert "跑了三趟" in other.text
    assert "Complaint about Longchi Village" in other.text
    slip = other.client.get(f"/request/{complaint}/slip.pdf")
    assert slip.headers["Content-Type"] == "application/pdf"


def test_sent_twice_is_one_complaint_and_other_words_are_refused(phone):
    phone.open(f"/complain/?about={county.VILLAGE}")
    fill_in(phone)
    stamp = phone.stamp
    first = phone.send(CHECK)
    assert phone.send(CHECK, stamp=stamp) == first
    phone.open(f"/complain/?about={county.VILLAGE}")
    fill_in(phone, words="别的事")
    assert phone.send(CHECK, stamp=stamp) == CHECK
    assert "already sent with other answers" in phone.text
    assert "别的事" in phone.text
    assert Case.objects.count() == 1


def test_nobody_jumps_ahead(phone):
    assert phone.open(CHECK) == "/complain/where/"
    assert phone.send(CHECK) == "/complain/where/"
    assert phone.open("/complain/nowhere/") == "/complain/where/"


def test_the_session_holds_no_word_of_it_in_clear(phone):
    phone.open(f"/complain/?about={county.VILLAGE}")
    fill_in(phone, name="王桂兰")
    assert not any(part in str(dict(phone.client.session)) for part in ("王桂兰", "三趟", r"\u738b", county.VILLAGE))
