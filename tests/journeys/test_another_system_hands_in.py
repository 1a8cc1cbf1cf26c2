"""The county's hotline hands in a request by program, and a family follows it with the receipt that it was told."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.test import Client

from chengnuo.cases.models import Case, Channel
from chengnuo.foundation import clock
from chengnuo.foundation.receipts import receipt_code
from chengnuo.people.models import Scope
from tests.factories import cases, county, tokens

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(monday):
    caches["process"].clear()


def test_a_request_is_handed_in_followed_and_done():
    issued = tokens.issue()
    answer = tokens.call("/requests", tokens.WANTED, secret=issued.secret, key=uuid4())
    assert answer.status_code == 201, answer.content
    said = answer.json()
    case = Case.objects.get(number=said["number"])
    assert (case.channel, case.via) == (Channel.SYSTEM, issued.token)
    assert said["due"].startswith("2026-03")
    assert len(said["receipt"]) == 16
    story = tokens.call("/requests/follow", {"receipt": said["receipt"]}, secret=issued.secret).json()
    assert [step["what"] for step in story["steps"]] == ["The request was received. The clock runs."]
    cases.finish(case, at=county.MONDAY)
    story = tokens.call("/requests/follow", {"receipt": said["receipt"]}, secret=issued.secret).json()
    assert (story["status"], story["due"]) == ("done", None)
    assert "欧阳" not in str(story)
    assert "居住证明" not in str(story["steps"])


def test_a_family_opens_it_with_the_same_receipt():
    issued = tokens.issue()
    said = tokens.call("/requests", tokens.WANTED, secret=issued.secret, key=uuid4()).json()
    browser = Client()
    page = browser.post("/follow/", {"code": said["receipt"]}, follow=True)
    assert said["number"] in page.content.decode()


def test_a_repeated_call_is_one_request():
    issued, key = tokens.issue(), uuid4()
    first = tokens.call("/requests", tokens.WANTED, secret=issued.secret, key=key)
    again = tokens.call("/requests", tokens.WANTED, secret=issued.secret, key=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Case.objects.count() == 1


def test_the_same_key_with_other_words_is_said_so():
    issued, key = tokens.issue(), uuid4()
    tokens.call("/requests", tokens.WANTED, secret=issued.secret, key=key)
    other = tokens.call("/requests", tokens.WANTED | {"details": "别的"}, secret=issued.secret, key=key)
    assert (other.status_code, other.json()["code"]) == (409, "key-used-otherwise")
    assert other["Content-Type"] == "application/problem+json"


def test_two_systems_may_choose_the_same_key():
    key = uuid4()
    for _ in range(2):
        assert tokens.call("/requests", tokens.WANTED, secret=tokens.issue().secret, key=key).status_code == 201
    assert Case.objects.count() == 2


def test_a_system_lists_its_own_alone():
    mine, theirs = tokens.issue(), tokens.issue(name="another")
    said = tokens.call("/requests", tokens.WANTED, secret=mine.secret, key=uuid4()).json()
    cases.ask()
    page = tokens.call("/requests", secret=mine.secret).json()
    assert [item["number"] for item in page["items"]] == [said["number"]]
    assert tokens.call("/requests", secret=theirs.secret).json() == {"items": [], "next": ""}


def test_the_list_goes_on_by_its_cursor():
    issued = tokens.issue()
    numbers = []
    for minute in range(23):
        with clock.frozen(county.MONDAY + timedelta(minutes=minute)):
            numbers.append(tokens.call("/requests", tokens.WANTED, secret=issued.secret, key=uuid4()).json()["number"])
    first = tokens.call("/requests", secret=issued.secret).json()
    rest = tokens.call(f"/requests?cursor={first['next']}", secret=issued.secret).json()
    assert [item["number"] for item in first["items"] + rest["items"]] == numbers[::-1]


@pytest.mark.parametrize("path", ["/requests", "/requests/follow"])
def test_without_a_token_nothing_is_done(path):
    answer = tokens.call(path, {"receipt": "1" * 16} if path.endswith("follow") else tokens.WANTED, key=uuid4())
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert Case.objects.count() == 0


def test_a_browser_that_is_signed_in_has_no_token():
    browser = Client()
    county.sign_in(browser, cases.DESK)
    assert tokens.call("/requests", tokens.WANTED, key=uuid4(), client=browser).status_code == 401


def test_a_token_does_only_what_its_scope_says():
    asks, follows = tokens.issue([Scope.ASK]), tokens.issue([Scope.FOLLOW])
    assert tokens.call("/requests", secret=asks.secret).status_code == 401
    assert tokens.call("/requests", tokens.WANTED, secret=follows.secret, key=uuid4()).status_code == 401


def test_a_token_that_was_revoked_is_refused_at_once():
    issued = tokens.issue()
    tokens.revoke(issued.token)
    assert tokens.call("/requests", secret=issued.secret).status_code == 401


def test_a_token_ends_on_its_day():
    issued = tokens.issue(ends=date(2026, 3, 4))
    with clock.frozen(county.MONDAY + timedelta(days=1)):
        assert tokens.call("/requests", secret=issued.secret).status_code == 200
    with clock.frozen(county.MONDAY + timedelta(days=2)):
        assert tokens.call("/requests", secret=issued.secret).status_code == 401


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"service": "no-such-thing"}, "unknown-service"),
        ({"service": "birth-registration"}, "unknown-service"),
        ({"village": "420526101000"}, "unknown-village"),
        ({"village": "999999999999"}, "unknown-village"),
        ({"name": ""}, "malformed"),
        ({"details": "字" * 1001}, "malformed"),
        ({"phone": "ten"}, "malformed"),
        ({"phone": "10012345678"}, "phone-needs-consent"),
        ({"details": "她怀孕了，要办证"}, "not-for-the-record"),
        ({"name": "a\x00b"}, "malformed"),
        ({"village": 7}, "malformed"),
    ],
)
def test_bad_input_is_told(change, code):
    answer = tokens.call("/requests", tokens.WANTED | change, secret=tokens.issue().secret, key=uuid4())
    assert (answer.status_code in (409, 422), answer.json()["code"]) == (True, code)
    assert Case.objects.count() == 0


def test_bad_input_names_the_field_and_repeats_nothing():
    wanted = tokens.WANTED | {"phone": "my secret"}
    answer = tokens.call("/requests", wanted, secret=tokens.issue().secret, key=uuid4())
    assert answer.json()["fields"] == ["asked.phone"]
    assert "secret" not in answer.content.decode()


def test_unknown_foreign_and_malformed_receipts_look_the_same():
    issued = tokens.issue()
    complaint = cases.complaint()
    answers = [
        tokens.call("/requests/follow", {"receipt": code}, secret=issued.secret) for code in ("0" * 16, "1" * 16)
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert complaint.number not in str([answer.content for answer in answers])


def test_a_telephone_is_kept_of_whoever_agrees():
    wanted = tokens.WANTED | {"phone": "10012345678", "call_back": True}
    assert tokens.call("/requests", wanted, secret=tokens.issue().secret, key=uuid4()).status_code == 201
    case = Case.objects.get()
    assert list(case.contact.consents.values_list("purpose", flat=True)) == ["call_back"]
    assert cases.opened(case.contact.phone, of=case.pk) == "10012345678"


def test_a_complaint_about_the_office_it_calls_for_is_not_there():
    above = cases.complaint("health-bureau", name="王芳")
    code = receipt_code(above.pk, above.codes)
    own, other = tokens.issue(office="health-bureau"), tokens.issue(name="another", office="civil-affairs")
    assert tokens.call("/requests/follow", {"receipt": code}, secret=own.secret).status_code == 404
    assert tokens.call("/requests/follow", {"receipt": code}, secret=other.secret).status_code == 200


def test_too_many_calls_wait():
    issued = tokens.issue()
    for _ in range(320):
        answer = tokens.call("/requests", secret=issued.secret)
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert tokens.call("/places").status_code == 200  # others go on


def test_sentences_come_in_the_language_of_the_call():
    answer = Client(headers={"Accept-Language": "zh-Hant"}).get("/api/v1/promises/nothing")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-here"
