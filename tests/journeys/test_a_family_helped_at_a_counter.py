"""Somebody without a telephone comes back with the slip: any counter opens the request with its code, and is named for its help."""

from __future__ import annotations

import io
from uuid import UUID

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from chengnuo.cases.models import Case, Chapter
from chengnuo.foundation import clock
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Consent
from tests.factories import cases, county
from tests.factories.family import CASE, Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
OTHER = f"{cases.ELSEWHERE}.desk"
HELPING = "You are helping somebody with this request."
NOT_HERE = "Nobody speaks for a family about the work of their own office."


def at(post: str) -> Browser:
    browser = Browser(Client())
    county.sign_in(browser.client, post, at=clock.now())
    return browser


def opened(case: Case | UUID, post: str = OTHER) -> Browser:
    """A counter where the person has just given the code."""
    browser = at(post)
    browser.open("/desk/counter/")
    pk = getattr(case, "pk", case)
    assert browser.send("/follow/", code=receipt_code(pk)) == f"/request/{pk}/"
    return browser


def press(browser: Browser, case: Case, name: str, **typed: str) -> str:
    """One deed of the family, through its page."""
    address = f"/request/{case.pk}/{name}/"
    browser.open(address)
    return browser.send(address, **typed)


def signed(case: Case, move: str) -> Chapter:
    return Chapter.objects.select_related("post").get(case=case, move=move)


@pytest.fixture
def case():
    return Case.objects.get(pk=Browser().ask())


@pytest.fixture
def done(case):
    return cases.finish(case, at=county.MONDAY)


@pytest.mark.parametrize("post", [OTHER, cases.DESK, cases.TOWNSHIP_DESK, "civil-affairs.head", cases.CITY_HEAD])
def test_any_counter_opens_it_with_the_code(case, post):
    """Also the one that works on it: to see how it stands, nobody is sent elsewhere."""
    counter = at(post)
    counter.open("/desk/counter/")
    assert "The family has a receipt" in counter.text
    assert 'action="/follow/"' in counter.page
    code = receipt_code(case.pk)
    assert counter.send("/follow/", code=f"{code[:4]} {code[4:8]} {code[8:]}") == f"/request/{case.pk}/"
    assert HELPING in counter.text
    assert "要一份居住证明" in counter.text


@pytest.mark.parametrize("code", ["0000 0000 0000 0000", "12", "", "abc"])
def test_a_wrong_code_opens_nothing(case, code):
    counter = at(OTHER)
    assert counter.send("/follow/", code=code) == "/follow/"
    assert HELPING not in counter.text
    assert counter.open(f"/request/{case.pk}/") == "/follow/"


def test_the_slip_is_printed_again(case):
    answer = opened(case).client.get(f"/request/{case.pk}/slip.pdf")
    found = pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert receipt_code(case.pk)[:4] in found
    assert opened(case).client.get(f"/request/{case.pk}/proof.json").json()["schema"] == "chengnuo.record/1"


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("say_resolved", "closed", "The family says: resolved."),
        ("say_not", "received", "The family says: not resolved."),
    ],
)
def test_another_counter_says_it_for_the_family_and_is_named(done, name, status, said):
    counter = opened(done)
    assert press(counter, done, name, words="他本人说的") == f"/request/{done.pk}/"
    assert cases.again(done).status == status
    assert signed(done, name).post.key == OTHER
    phone = Browser()
    phone.send("/follow/", code=receipt_code(done.pk))
    assert said in phone.text
    helper = signed(done, name).post
    assert f"with the help of: {helper}, {helper.office}" in phone.text
    assert HELPING not in phone.text


@pytest.mark.parametrize("post", [cases.DESK, cases.HEAD, f"{county.VILLAGE}.supervisor"])
@pytest.mark.parametrize("name", ["say_resolved", "say_not"])
def test_nobody_speaks_for_a_family_about_their_own_offices_work(done, post, name):
    counter = at(post)
    counter.send("/follow/", code=receipt_code(done.pk))
    assert NOT_HERE in counter.text
    assert f"{name}/" not in counter.page
    address = f"/request/{done.pk}/{name}/"
    counter.open(address, status=409)
    assert NOT_HERE in counter.text
    assert counter.client.post(address, {"words": ""}).status_code == 409
    assert cases.again(done).status == "done"


def test_nor_about_a_case_of_another_office_that_a_colleague_holds():
    """Received at the village's counter for the bureau, and finished there."""
    case = cases.ask("health-subsidy-enquiry", by=county.officer(cases.DESK))
    assert case.office.key == "health-bureau"
    cases.does(cases.baton.decline, case, cases.DESK, at=county.MONDAY, words="")
    cases.finish(case, at=county.MONDAY)
    opened(case, cases.HEAD).open(f"/request/{case.pk}/say_resolved/", status=409)
    opened(case, cases.BUREAU_DESK).open(f"/request/{case.pk}/say_resolved/", status=409)
    assert press(opened(case), case, "say_resolved") == f"/request/{case.pk}/"


def test_the_list_is_answered_at_another_counter(case):
    asked = cases.ask_once(case, at=county.MONDAY)
    press(opened(asked), asked, "supply", words="户口簿带来了")
    assert cases.again(case).status == "received"
    assert signed(case, "supply").post.key == OTHER


def test_it_is_withdrawn_at_another_counter(case):
    press(opened(case), case, "withdraw")
    assert cases.again(case).status == "withdrawn"
    assert signed(case, "withdraw").post.key == OTHER


def test_a_consent_is_taken_back_at_a_counter(case):
    opened(case).send(f"/request/{case.pk}/consent/call_back/")
    assert Consent.objects.get(contact=case.contact, purpose="call_back").withdrawn_at


@pytest.mark.parametrize("name", ["say_resolved", "say_not"])
def test_a_helper_writes_down_nothing_that_is_never_recorded(done, name):
    counter = opened(done)
    assert press(counter, done, name, words="她怀孕了") == f"/request/{done.pk}/{name}/"
    assert "that this system never records" in counter.text
    assert cases.again(done).status == "done"


@pytest.mark.parametrize("name", ["say_resolved", "say_not", "withdraw"])
def test_what_a_family_does_is_nobodys_to_count_in_the_log_whoever_helped(done, case, name):
    about = cases.ask() if name == "withdraw" else done
    press(opened(about), about, name)
    entry = LogEntry.objects.get(ref_kind="case", ref_id=str(about.pk), schema=f"case.{name}/1")
    assert entry.public == {}


def test_what_an_office_does_stays_in_the_public_part_while_it_holds_the_receipt(case):
    """An office cannot hide its own act behind a slip."""
    counter = opened(case, cases.DESK)
    counter.open(f"/desk/cases/{case.pk}/finish/")
    counter.send(f"/desk/cases/{case.pk}/finish/", result="办好了")
    assert LogEntry.objects.get(ref_id=str(case.pk), schema="case.finish/1").public != {}


@pytest.mark.parametrize("leave", ["/desk/counter/next/", "/leave/"])
def test_the_next_person_finds_nothing_of_the_last_one(case, leave):
    counter = opened(case)
    counter.open(f"/complain/?case={case.pk}")
    counter.send("/complain/words/", words="没人理我")
    counter.send(leave)
    assert counter.open(f"/request/{case.pk}/") == "/follow/"
    assert HELPING not in counter.text
    assert counter.client.get(f"/request/{case.pk}/slip.pdf").status_code == 302
    counter.open("/complain/words/")
    assert "没人理我" not in counter.page
    assert "journey" not in str(dict(counter.client.session))


@pytest.mark.parametrize("path", ["/desk/inbox/", "/desk/counter/", "/services/"])
def test_the_frame_says_it_on_the_page_of_a_family_alone(case, path):
    counter = opened(case)
    counter.open(path)
    assert HELPING not in counter.text
    counter.open(f"/request/{case.pk}/withdraw/")
    assert HELPING in counter.text
    assert 'action="/desk/counter/next/"' in counter.page


def test_it_closes_by_itself_after_half_an_hour(case, monday):
    counter = opened(case)
    monday.move(31 * cases.HOUR / 60)
    assert counter.open(f"/request/{case.pk}/") == "/follow/"


def test_a_receipt_opened_before_signing_in_is_not_the_officers(case):
    browser = Browser()
    assert browser.send("/follow/", code=receipt_code(case.pk)) == f"/request/{case.pk}/"
    county.sign_in(browser.client, OTHER)
    assert browser.open(f"/request/{case.pk}/") == "/follow/"


def test_who_has_no_counter_can_help_and_close_too(case):
    auditor = at("health-bureau.auditor")
    auditor.send("/follow/", code=receipt_code(case.pk))
    assert HELPING in auditor.text
    assert 'action="/leave/"' in auditor.page
    assert auditor.send("/leave/") == "/follow/"
    assert auditor.open(f"/request/{case.pk}/") == "/follow/"


def test_a_helpers_page_asks_no_more_than_any_other(case):
    counter = opened(case)
    for address in (f"/request/{case.pk}/", f"/request/{case.pk}/withdraw/", "/follow/", "/desk/counter/"):
        counter.open(address)
        with CaptureQueriesContext(connection) as seen:
            counter.open(address)
        sql = [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]
        # one of them asks whether the code that opened it was changed since
        assert len(sql) <= 12, (address, "\n".join(sql))


# a complaint at a counter


def complain(counter: Browser, begin: str, *, name: str = "") -> Case:
    assert counter.open(begin) == "/complain/words/"
    counter.send("/complain/words/", words="跑了三趟")
    counter.send("/complain/name/", name=name)
    assert counter.send("/complain/contact/", phone="", consents=[]) == "/complain/check/"
    assert "You are named as the one who helped." in counter.text
    sent = CASE.search(counter.send("/complain/check/"))
    assert sent, counter.text
    return Case.objects.get(pk=sent[0])


def test_a_complaint_is_taken_in_at_a_counter_and_its_slip_handed_over():
    counter = at(OTHER)
    case = complain(counter, f"/complain/?about={county.VILLAGE}", name="王桂兰")
    assert (case.channel, case.helper.key, case.holder.key) == ("counter", OTHER, cases.TOWNSHIP_DESK)
    assert signed(case, "receive").post.key == OTHER
    assert counter.code.replace(" ", "") == receipt_code(case.pk)
    assert HELPING in counter.text
    slip = counter.client.get(f"/request/{case.pk}/slip.pdf")
    assert counter.code in pypdf.PdfReader(io.BytesIO(slip.content)).pages[0].extract_text()
    counter.open(f"/request/{case.pk}/")
    assert "跑了三趟" in counter.text
    counter.send("/desk/counter/next/")
    assert counter.open(f"/request/{case.pk}/received/") == f"/request/{case.pk}/received/"
    assert counter.code == ""


def test_an_office_takes_in_no_complaint_about_itself():
    counter = at(cases.DESK)
    counter.open(f"/complain/?about={county.VILLAGE}", status=409)
    assert "Nobody takes in a complaint about their own office." in counter.text
    counter.open("/complain/where/")
    counter.send("/complain/where/", where=str(county.village().above_id))
    counter.send("/complain/office/", office=county.VILLAGE)
    assert "any other counter" in counter.text
    assert counter.open("/complain/words/") == "/complain/where/"
    assert not Case.objects.exists()


def test_nor_from_the_page_of_a_request(case):
    opened(case, cases.DESK).open(f"/complain/?case={case.pk}", status=409)
    complaint = complain(opened(case), f"/complain/?case={case.pk}", name="王桂兰")
    assert (complaint.about_case_id, complaint.about_office.key) == (case.pk, county.VILLAGE)


def test_at_the_office_complained_about_its_code_answers_like_one_that_opens_nothing():
    complaint, about = cases.complaint(name="王桂兰"), at(cases.DESK)
    said = []
    for code in (receipt_code(complaint.pk), "0000000000000000"):
        assert about.send("/follow/", code=code) == "/follow/"
        said.append(about.text)
    assert said[0] == said[1]
    assert about.open(f"/request/{complaint.pk}/") == "/follow/"
    assert opened(complaint).text
