"""A tired reader on an old telephone: what matters stands first, a code finds its page, and leaving quickly leaves nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from chengnuo.cases.operations import handle
from chengnuo.core.deadlines import last_day
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Office
from chengnuo.promises import queries as promises
from tests.factories import cases, county
from tests.factories.family import Browser
from tests.factories.photos import paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WITHDRAW = "/withdraw/"


@pytest.fixture
def case():
    return cases.ask()


def reads(case) -> Browser:
    phone = Browser()
    phone.open("/follow/")
    phone.send("/follow/", code=receipt_code(case.pk))
    phone.open(f"/request/{case.pk}/")
    return phone


def stands_before(text: str, *parts: str) -> None:
    places = [text.find(part) for part in parts]
    assert -1 not in places, (parts, places, text)
    assert places == sorted(places), (parts, places)


def test_a_refusal_was_answered_and_not_done(case):
    cases.refuse(case, at=county.MONDAY)
    said = reads(case).text
    assert "answered in time" in said
    assert "done on" not in said
    stands_before(said, "Refused: the office's reasons, and the law", "You need not accept this", "What is owed to you")


def test_done_asks_first_whether_it_is_resolved(case):
    case = cases.finish(case, at=county.MONDAY)
    stands_before(
        reads(case).text,
        "The office says: done",
        "Is it resolved?",
        "You can say so until",
        "Yes, it is resolved",
        "Who is",
    )


def test_a_new_request_says_who_and_never_offers_only_to_withdraw(case):
    phone = reads(case)
    telephone = Office.objects.get(pk=case.office_id).telephone
    assert f'href="tel:{telephone.replace(" ", "")}"' in phone.page
    stands_before(phone.text, "Who is responsible", "What is owed to you", "Withdraw it")
    assert "What you can do now" not in phone.text
    assert f'class="button primary" href="/request/{case.pk}{WITHDRAW}"' not in phone.page


def test_a_late_request_offers_to_complain(case, monday):
    monday.move(timedelta(days=60))
    phone = reads(case)
    stands_before(phone.text, "Who is responsible", "What you can do now", "Complain", "Withdraw it")
    assert f'class="button primary" href="/complain/?case={case.pk}"' in phone.page


def test_what_is_waited_for_says_the_note_and_by_when_it_is_due(case):
    asked = {"missing": ["户口簿"], "words": "原件就行", "by": county.officer(cases.DESK), "key": uuid4()}
    case = handle.ask_once(case=case.pk, at=county.MONDAY, **asked)
    duty = cases.duty_of(case)
    due = promises.due_if_resumed(duty, at=county.MONDAY)
    assert last_day(due) < last_day(duty.due_at)
    stands_before(
        reads(case).text, "The office writes: 原件就行", "If you answer today, it is due by", "What you can do now"
    )
    assert cases.duty_of(case).paused_at, "looking starts no clock"


def test_photos_that_are_here_are_not_yet_the_answer(case, settings, tmp_path):
    settings.VAR = tmp_path
    case = cases.ask_once(case, at=county.MONDAY, missing=("户口簿", "照片"))
    phone = reads(case)
    assert "of 2 sent" not in phone.text
    phone.open(f"/request/{case.pk}/add_photo/")
    assert "That is all" not in phone.text
    phone.send(f"/request/{case.pk}/add_photo/", item="1", photo=paper())
    assert f'class="button primary" href="/request/{case.pk}/supply/"' in phone.page
    assert "That is all: send the answer" in phone.text
    phone.open(f"/request/{case.pk}/")
    stands_before(phone.text, "no photo sent", "1 photo sent", "1 of 2 sent")


def write_a_complaint(phone: Browser) -> None:
    phone.open(f"/complain/?about={county.VILLAGE}")
    phone.send("/complain/words/", words="跑了三趟")
    phone.send("/complain/name/", name="")
    phone.send("/complain/contact/", phone="")


def test_leaving_quickly_leaves_nothing():
    phone = Browser()
    write_a_complaint(phone)
    assert 'href="/leave/quickly/"' in phone.page
    answer = phone.client.get("/leave/quickly/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "http://www.weather.com.cn/")
    assert phone.open("/complain/words/") == "/complain/where/"
    phone.open(f"/complain/?about={county.VILLAGE}")
    assert "三趟" not in phone.page


def test_a_complaint_is_thrown_away_or_begun_anew_about_another_office():
    phone = Browser()
    write_a_complaint(phone)
    assert phone.open(f"/complain/?about={county.VILLAGE}") == "/complain/check/", "of the same office it goes on"
    phone.open("/complain/discard/")
    assert "Throw away what you have written?" in phone.text
    assert phone.send("/complain/discard/") == "/"
    write_a_complaint(phone)
    assert phone.open(f"/complain/?about={county.TOWNSHIP}") == "/complain/words/"
    assert "三趟" not in phone.page


def test_a_code_finds_its_page_and_a_number_is_told_from_it(case):
    phone = Browser()
    write_a_complaint(phone)
    phone.send("/complain/check/")
    assert "A complaint without a name is opened there and nowhere else." in phone.text
    assert 'href="/follow/without-a-name/"' in phone.page
    said = []
    for code in (phone.code, "0000 0000 0000 0000"):
        other = Browser()
        other.open("/follow/")
        other.send("/follow/", code=code)
        said.append(other.text)
        stands_before(other.text, "If every digit is right", "A complaint or objection without a name is opened here")
    assert said[0] == said[1], "the answer tells of no code whether it exists"
    phone.send("/follow/", code=case.number)
    assert "This is the number, which opens nothing." in phone.text
    assert "16 digits and stands above it" in phone.text


def test_the_villages_come_first_and_a_tap_calls():
    phone = Browser()
    phone.open("/contact/")
    stands_before(phone.text, "Townships and their villages", "Offices of the county")
    assert 'href="tel:10026101201"' in phone.page


@pytest.mark.parametrize(("query", "first"), [("生育登记", "elsewhere"), ("低保", "found")])
def test_what_fits_best_stands_first_whoever_gives_it(query, first):
    phone = Browser()
    phone.open(f"/services/?q={query}")
    sections = [each for each in ("elsewhere", "found") if f'<h2 id="{each}">' in phone.page]
    assert min(sections, key=lambda each: phone.page.index(f'<h2 id="{each}">')) == first
