"""Somebody without a telephone stands at the counter: an officer writes for them, is named for it, and hands over the slip."""

from __future__ import annotations

import io
import re
from uuid import UUID, uuid4

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chengnuo.cases.models import Case
from chengnuo.cases.operations.receive import receive
from chengnuo.foundation.actor import Actor, resident
from chengnuo.foundation.plain import NotForTheRecord
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Office
from chengnuo.people.queries import desk_of
from tests.factories import county
from tests.factories.family import STEPS, Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
COUNTER = "/desk/counter"
DESK = f"{county.VILLAGE}.desk"


def at(post: str) -> Browser:
    browser = Browser(Client())
    county.sign_in(browser.client, post)
    return browser


@pytest.fixture
def desk():
    return at(DESK)


def test_a_service_is_found_by_what_people_call_it(desk):
    desk.open(f"{COUNTER}/?q=低保")
    assert "Apply for the minimum living guarantee (dibao)" in desk.text
    assert "Get a proof from the village" not in desk.text
    assert f'href="{COUNTER}/dibao/"' in desk.page
    desk.open(f"{COUNTER}/?q=xyzzy")
    assert "Nothing found" in desk.text
    desk.open(f"{COUNTER}/")
    assert desk.page.count(f'href="{COUNTER}/') > 20
    assert "birth-registration" not in desk.page


def test_ones_own_office_comes_first_and_ones_own_village_is_chosen_already(desk):
    desk.open(f"{COUNTER}/")
    own, _rest, others = desk.text.partition("What other offices do")
    assert "Get a proof from the village" in own.partition("What your office does")[2]
    assert "Get a proof from the village" not in others
    assert "Apply for the minimum living guarantee (dibao)" in others
    assert "The family’s receipt code" in desk.text
    office = Office.objects.select_related("place__above").get(key=county.VILLAGE)
    for step, place in (("township", office.place.above), ("village", office.place)):
        desk.open(f"{COUNTER}/village-proof/{step}/")
        assert re.search(rf'value="{place.pk}"[^>]*checked', desk.page), step
        desk.send(f"{COUNTER}/village-proof/{step}/", **{step: str(place.pk)})


def test_the_officer_is_named_as_the_helper_and_holds_the_case(desk):
    case = Case.objects.get(pk=desk.ask(begin=COUNTER))
    assert case.channel == "counter"
    assert case.helper.key == case.holder.key == DESK
    assert case.offered_to is None
    assert case.contact.name.reveal(by=resident(case.pk), reason="test", of=case.pk) == "王桂兰"


def test_the_slip_is_printed_and_then_the_code_is_gone(desk):
    case = desk.ask(begin=COUNTER)
    assert desk.code.replace(" ", "") == receipt_code(case)
    assert "Read it aloud group by group" in desk.text
    slip = pypdf.PdfReader(io.BytesIO(desk.client.get(f"/request/{case}/slip.pdf").content))
    assert desk.code in slip.pages[0].extract_text()
    assert desk.send(f"{COUNTER}/next/") == f"{COUNTER}/"
    assert desk.open(f"{COUNTER}/done/{case}/") == f"{COUNTER}/"
    assert desk.code == ""
    assert "its code is not shown again" in desk.text
    assert desk.open(f"/request/{case}/slip.pdf") == "/follow/"


def test_the_family_follows_with_the_code_from_the_counter(desk):
    case = desk.ask(begin=COUNTER)
    phone = Browser()
    phone.send("/follow/", code=desk.code)
    assert "王桂兰" in phone.text
    assert phone.open(f"/request/{case}/received/") == f"/request/{case}/received/"
    assert "Written down at the counter by Reception" in phone.text


def test_another_offices_service_is_offered_to_it_and_stays_in_ones_hands(desk):
    case = Case.objects.get(pk=desk.ask("special-assistance", begin=COUNTER))
    assert case.holder.key == DESK
    assert case.offered_to.key == "health-bureau.desk"
    assert re.search(r"Responsible now [^·]+ · Reception", desk.text), (
        "with the office, which is another than the one that owes it"
    )
    desk.open(f"/desk/cases/{case.pk}/")


@pytest.mark.parametrize(("step", "field", "words", "found"), [
    ("words", "words", "她怀孕了，要一份证明", "怀孕"),
    ("words", "words", "她懷孕了", "懷孕"),
    ("words", "words", "She is pregnant", "pregnant"),
    ("name", "name", "孕妇小王", "孕"),
])  # fmt: skip
def test_an_officer_never_writes_down_what_is_not_recorded(desk, step, field, words, found):
    desk.fill_in(begin=COUNTER)
    address = f"{COUNTER}/village-proof/{step}/"
    assert desk.send(address, **{field: words}) == address
    assert f"“{found}” is never recorded here. Leave it out" in desk.text
    assert words in desk.page
    assert not Case.objects.exists()


@pytest.mark.parametrize("said", [{"details": "她怀孕了"}, {"name": "孕妇小王"}])
def test_the_operation_itself_refuses_it(said):
    with pytest.raises(NotForTheRecord):
        receive(
            promise=county.service("village-proof"),
            village=county.village().pk,
            person=county.person(said.get("name", "王桂兰")),
            details=said.get("details", ""),
            by=county.officer(DESK),
            at=county.MONDAY,
            key=uuid4(),
        )
    assert not Case.objects.exists()


def test_a_village_officer_may_write_for_somebody_from_elsewhere(desk):
    elsewhere = county.village("420526102201")
    case = Case.objects.get(
        pk=desk.ask(
            begin=COUNTER,
            township={"township": str(elsewhere.above_id)},
            village={"village": str(elsewhere.pk)},
        )
    )
    assert case.office.key == "village-420526102201"
    assert (case.holder.key, case.offered_to.key) == (DESK, "village-420526102201.desk")


@pytest.mark.parametrize(
    "post", [f"{county.VILLAGE}.supervisor", "health-bureau.auditor", "health-bureau.account-admin"]
)
def test_who_receives_nobody_has_no_counter(post):
    other = at(post)
    other.open(f"{COUNTER}/", status=403)
    other.open(f"{COUNTER}/village-proof/", status=403)
    assert other.open("/ask/village-proof/") == "/ask/village-proof/"
    case = Case.objects.get(pk=other.ask())
    assert (case.channel, case.helper) == ("web", None)


def test_a_visitor_has_no_counter():
    answer = Client().get(f"{COUNTER}/village-proof/")
    assert answer.status_code == 302
    assert "next=" in answer.headers["Location"]


def test_of_several_posts_the_reception_receives():
    hats = (*county.officer(f"{county.TOWNSHIP}.head").hats, *county.officer(f"{county.TOWNSHIP}.desk").hats)
    both = Actor(name="演示", hats=hats, account=1)
    assert desk_of(both) == county.officer(f"{county.TOWNSHIP}.desk").hats[0].post
    assert desk_of(county.officer(f"{county.VILLAGE}.supervisor")) is None
    assert desk_of(resident(uuid4())) is None


def test_two_presses_are_one_request_and_the_code_stays_until_the_next_person(desk):
    address = desk.fill_in(begin=COUNTER)
    stamp = desk.stamp
    first = desk.send(address)
    assert desk.send(address, stamp=stamp) == first
    assert desk.code
    desk.send(f"{COUNTER}/next/")
    assert desk.send(address, stamp=stamp) == f"{COUNTER}/"
    assert desk.code == ""
    assert Case.objects.count() == 1


def test_another_officers_screen_shows_no_code(desk):
    case = desk.ask(begin=COUNTER)
    other = at(f"{county.TOWNSHIP}.desk")
    assert other.open(f"{COUNTER}/done/{case}/") == f"{COUNTER}/"
    assert other.code == ""


def test_a_code_is_not_made_for_an_officer_later(desk):
    """The case is theirs to see; its code is the family's alone."""
    case: UUID = desk.ask(begin=COUNTER)
    code = desk.code
    desk.send(f"{COUNTER}/next/")
    desk.open(f"/desk/cases/{case}/")
    assert code not in desk.page
    assert code.replace(" ", "") not in desk.page


def test_no_page_asks_the_database_more_than_twelve_times(desk):
    case = desk.ask(begin=COUNTER)
    desk.fill_in(begin=COUNTER)
    steps = [f"{COUNTER}/village-proof/{step}/" for step in (*STEPS, "check")]
    counted = {}
    for address in (f"{COUNTER}/", f"{COUNTER}/village-proof/", *steps, f"{COUNTER}/done/{case}/"):
        with CaptureQueriesContext(connection) as seen:
            desk.open(address)
        counted[address] = len(seen)
    assert max(counted.values()) <= 12, counted
