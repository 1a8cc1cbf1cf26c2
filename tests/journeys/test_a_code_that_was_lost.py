"""A family has lost its slip. Two officers together give another code; from its printing on the old one opens nothing."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pypdf
import pytest
from django.db import IntegrityError
from django.test import Client

from chengnuo.cases.models import Case, NewCode
from chengnuo.cases.operations import recode
from chengnuo.foundation import clock
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.receipts import receipt_code
from chengnuo.foundation.refused import MoveRefused, NotAllowed, NotHere
from tests.factories import cases, county
from tests.factories.family import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WHY = {"reason": "lost", "known_by": "known"}


@pytest.fixture
def phone():
    """The family's own telephone, on which the request is open."""
    phone = Browser()
    phone.case = Case.objects.get(pk=phone.ask())
    phone.story = f"/request/{phone.case.pk}/"
    return phone


@pytest.fixture
def case(phone):
    return phone.case


def at(post: str) -> Browser:
    browser = Browser(Client())
    county.sign_in(browser.client, post, at=clock.now())
    return browser


def page_of(case: Case) -> str:
    return f"/desk/cases/{case.pk}/new-code/"


def press(browser: Browser, address: str, **typed: str) -> str:
    browser.open(address)
    return browser.send(address, **typed)


def asked(case: Case, post: str = cases.DESK) -> Browser:
    counter = at(post)
    assert press(counter, page_of(case), **WHY) == f"{page_of(case)}drop/", counter.text
    return counter


def printed(case: Case, *, second: str = cases.HEAD) -> Browser:
    counter = asked(case)
    press(at(second), f"{page_of(case)}confirm/")
    assert press(counter, f"{page_of(case)}print/") == f"{page_of(case)}slip/"
    return counter


def opens(code: str) -> bool:
    return Browser().send("/follow/", code=code) != "/follow/"


@pytest.mark.parametrize("second", [cases.HEAD, cases.TOWNSHIP_DESK, cases.TOWNSHIP_HEAD, cases.BUREAU_DESK])
def test_two_officers_give_a_new_code(case, second):
    old = receipt_code(case.pk)
    counter = printed(case, second=second)
    new = counter.code.replace(" ", "")
    assert new == receipt_code(case.pk, 1) != old
    assert opens(new)
    assert not opens(old)
    slip = counter.client.get(f"/request/{case.pk}/slip.pdf")
    assert counter.code[:9] in pypdf.PdfReader(io.BytesIO(slip.content)).pages[0].extract_text()


def test_until_it_is_printed_the_old_code_stays(case):
    old, counter = receipt_code(case.pk), asked(case)
    press(at(cases.HEAD), f"{page_of(case)}confirm/")
    assert counter.open(page_of(case)) == f"{page_of(case)}print/"
    assert opens(old)


def test_a_page_that_was_opened_with_the_old_code_closes(phone, case, monday):
    monday.move(timedelta(minutes=1))
    printed(case)
    assert phone.open(phone.story) == "/follow/"
    phone.client.post(f"{phone.story}withdraw/", {})
    assert cases.again(case).status == "received"


@pytest.mark.parametrize("page", ["received/", "slip.pdf", "proof.json", "say_resolved/"])
def test_no_page_of_it_tells_the_new_code_to_whoever_had_the_old_one(phone, case, monday, page):
    monday.move(timedelta(minutes=1))
    printed(case)
    said = phone.client.get(f"{phone.story}{page}", follow=True).content.decode()
    assert receipt_code(case.pk, 1) not in said.replace(" ", "")
    assert case.number not in said


def test_the_family_reads_that_it_happened(case):
    printed(case)
    assert any("a new one was handed over at a counter" in told for told in cases.told(case))


def test_the_case_leads_there_and_the_second_officer_finds_it_on_the_desk(case):
    counter = at(cases.DESK)
    counter.open(f"/desk/cases/{case.pk}/")
    assert "The code is lost: print a new one" in counter.text
    asked(case)
    head = at(cases.HEAD)
    head.open("/desk/inbox/")
    assert "Confirm a new code" in head.text
    assert page_of(case) in head.page
    counter.open("/desk/inbox/")
    assert "Confirm a new code" not in counter.text, "whoever asked does not confirm"


def test_whoever_asked_does_not_confirm_it(case):
    counter = asked(case)
    assert "Another officer confirms it first" in counter.text
    given = NewCode.objects.get()
    by = county.officer(cases.DESK, at=clock.now())
    with pytest.raises(NotHere):
        recode.confirm(new_code=given.pk, by=by, at=clock.now(), key=uuid4())
    with pytest.raises(IntegrityError):
        NewCode.objects.update(confirmed_by=given.asked_by)


def test_only_whoever_asked_prints_it(case):
    asked(case)
    head = at(cases.HEAD)
    assert head.open(page_of(case)) == f"{page_of(case)}confirm/"
    press(head, f"{page_of(case)}confirm/")
    head.open(page_of(case))
    assert "It is confirmed." in head.text
    with pytest.raises(NotHere):
        recode.hand_out(new_code=NewCode.objects.get().pk, by=county.officer(cases.HEAD), at=clock.now(), key=uuid4())
    assert head.open(f"{page_of(case)}slip/") == "/desk/counter/"


def test_nobody_prints_what_nobody_confirmed(case):
    asked(case)
    with pytest.raises(MoveRefused):
        recode.hand_out(new_code=NewCode.objects.get().pk, by=county.officer(cases.DESK), at=clock.now(), key=uuid4())


@pytest.mark.parametrize("post", [f"{cases.ELSEWHERE}.desk", "civil-affairs.head", cases.CITY_HEAD])
def test_an_office_that_has_nothing_to_do_with_it_asks_for_none(case, post):
    at(post).open(page_of(case), status=404)
    with pytest.raises(NotHere):
        recode.ask(case=case.pk, **WHY, by=county.officer(post), at=clock.now(), key=uuid4())


@pytest.mark.parametrize("post", [cases.TOWNSHIP_DESK, cases.BUREAU_HEAD])
def test_a_complaint_never_gets_another_code(post):
    complaint = cases.complaint()
    answer = at(post)
    answer.open(page_of(complaint), status=409)
    assert "A complaint gets no new code" in answer.text
    answer.open(f"/desk/cases/{complaint.pk}/")
    assert "The code is lost" not in answer.text
    with pytest.raises(recode.NeverForComplaints):
        recode.ask(case=complaint.pk, **WHY, by=county.officer(post), at=clock.now(), key=uuid4())


def test_nobody_else_is_an_officer(case):
    with pytest.raises(NotAllowed):
        recode.ask(case=case.pk, **WHY, by=county.officer(f"{county.VILLAGE}.supervisor"), at=clock.now(), key=uuid4())


@pytest.mark.parametrize(
    "said", [{"reason": "她怀孕了", "known_by": "known"}, {"reason": "lost", "known_by": "身份证号"}]
)
def test_nothing_is_written_down_in_free_words(case, said):
    with pytest.raises(recode.NotFromTheList):
        recode.ask(case=case.pk, **said, by=county.officer(cases.DESK), at=clock.now(), key=uuid4())


def test_after_a_day_it_is_asked_for_again(case):
    asked(case)
    given, later = NewCode.objects.get(), clock.now() + timedelta(days=1, seconds=1)
    with pytest.raises(recode.AskedTooLongAgo):
        recode.confirm(new_code=given.pk, by=county.officer(cases.HEAD, at=later), at=later, key=uuid4())


def test_it_is_not_needed_after_all(case):
    old = receipt_code(case.pk)
    counter = asked(case)
    press(at(cases.HEAD), f"{page_of(case)}drop/")
    counter.open(page_of(case))
    assert "Why is a new code needed?" in counter.text
    assert opens(old)


def test_asking_twice_leaves_one(case):
    asked(case)
    recode.ask(case=case.pk, **WHY, by=county.officer(cases.HEAD), at=clock.now(), key=uuid4())
    assert sorted(NewCode.objects.values_list("status", flat=True)) == ["asked", "dropped"]


def test_the_second_loss_gives_a_third_code(case):
    printed(case)
    counter = printed(case)
    assert counter.code.replace(" ", "") == receipt_code(case.pk, 2)
    assert not opens(receipt_code(case.pk, 1))


def test_each_step_is_in_the_log(case):
    printed(case)
    schemas = LogEntry.objects.filter(ref_kind="new_code").values_list("schema", flat=True)
    assert sorted(schemas) == ["new_code.ask/1", "new_code.confirm/1", "new_code.hand_out/1"]


@pytest.mark.parametrize("typed", [{}, {"reason": "lost"}, {"reason": "because", "known_by": "known"}])
def test_why_and_how_are_asked(case, typed):
    counter = at(cases.DESK)
    press(counter, page_of(case), **typed)
    assert "Please check this" in counter.text
    assert not NewCode.objects.exists()
