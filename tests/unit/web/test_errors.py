"""What went wrong is a page: what happened, and what to do. Through HTTP, for visitors and for officers."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from chengnuo.foundation import memo
from chengnuo.web.open import OPEN
from chengnuo.web.permissions import ADDRESSES
from tests.factories import county
from tests.unit.web.refusing import REFUSALS

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
OFFICER = f"{county.VILLAGE}.desk"


@pytest.fixture
def refuse(client, settings, monkeypatch, monday):
    """Opens the address that refuses in this way."""
    settings.ROOT_URLCONF = "tests.unit.web.refusing"
    monkeypatch.setitem(ADDRESSES, "refuse", OPEN)
    return lambda name, **query: client.get(reverse("refuse", args=[name]), query, **ENGLISH)


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("not-here", 404, ("There is nothing here that you may open.", "Check the address")),
        ("not-allowed", 403, ("Your post does not include this.", "Ask the officer who holds the case")),
        ("move", 409, ("The case has ended.", "Open the page again")),
        ("overtaken", 409, ("Somebody else changed this a moment ago.", "Open the page again")),
        ("already", 200, ("It was received once and counts once.",)),
    ],
)
def test_a_refusal_is_a_page_that_says_what_happened_and_what_to_do(refuse, client, name, status, words):
    county.sign_in(client, OFFICER)
    answer = refuse(name)
    assert answer.status_code == status
    for each in words:
        assert each in answer.content.decode()


@pytest.mark.parametrize("name", ["not-allowed", "sign-in-again"])
@pytest.mark.parametrize(("demo", "page"), [(True, "/demo/"), (False, None)])
def test_who_must_show_who_they_are_is_sent_there_and_back(refuse, settings, name, demo, page):
    """The address to come back to survives whole, with its own questions."""
    settings.DEMO = demo
    answer = refuse(name, q="a&b=c", page="2")
    where = urlsplit(answer.headers["Location"])
    signs_in = {"not-allowed": "/accounts/login/", "sign-in-again": "/accounts/reauthenticate/"}[name]
    assert where.path == (page or signs_in)
    assert parse_qs(where.query)["next"] == [f"/refuse/{name}/?q=a%26b%3Dc&page=2"]


def test_a_refusal_by_the_gate_looks_like_one_by_the_page(client, monday, monkeypatch):
    monkeypatch.setitem(ADDRESSES, "public:contact", "people.see")
    county.sign_in(client, OFFICER)
    answer = client.get("/contact/", **ENGLISH)
    assert answer.status_code == 403
    assert "Your post does not include this." in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/nowhere", "/services/no-such-service/", "/services/missing-list/", "/desk/nowhere/"]
)
def test_what_is_not_there_is_said_with_what_to_do(client, monday, address):
    answer = client.get(address, **ENGLISH)
    assert answer.status_code == 404
    assert '<p class="lead">' in answer.content.decode()


def test_every_address_of_the_table_without_a_key_is_refused_unless_it_is_there(client, monday, monkeypatch):
    """An address that nobody entered into the table does not answer, whatever stands behind it."""
    monkeypatch.delitem(ADDRESSES, "public:contact")
    assert client.get("/contact/").status_code == 404


def test_every_refusal_of_the_family_has_words():
    assert all(refused.said for refused in REFUSALS.values())


def test_too_many_attempts_get_a_page_of_ours(client, monday):
    for _attempt in range(12):
        answer = client.post("/accounts/login/", {"login": "nobody", "password": "wrong"}, **ENGLISH)
    assert answer.status_code == 200
    assert "Too many wrong passwords were tried" in answer.content.decode()


LANGUAGES = {"en": "en", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}
TITLES = {
    "suspicious": (400, ("We could not read that", "我们看不懂提交的内容", "我們看不懂提交的內容")),
    "denied": (403, ("You may not open this page", "这一页您不能打开", "這一頁您不能打開")),
    "broken": (500, ("Something broke on our side", "我们这边出了故障", "我們這邊出了故障")),
}
NOT_FOUND = (
    "There is nothing here that you may open",
    "这里没有您可以打开的内容",
    "這裡沒有您可以打開的內容",
)
UNSENT = (
    "The page was open too long, so nothing was sent",
    "页面开得太久，所以没有提交",
    "頁面開得太久，所以沒有提交",
)
TOO_MANY = ("Too many attempts", "试的次数太多", "試的次數太多")
each_language = pytest.mark.parametrize(
    ("reads", "which"), [(reads, which) for which, reads in enumerate(LANGUAGES)], ids=list(LANGUAGES)
)


def is_a_page_of_ours(answer, status: int, title: str, reads: str) -> None:
    """In the reader's language, with a title, something to do, and a way on."""
    said = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{LANGUAGES[reads]}">' in said
    assert title in said
    assert said.count('<p class="lead">') == 1
    assert '<p class="lead"></p>' not in said
    assert 'href="/"' in said
    assert "quoted nowhere" not in said


@each_language
@pytest.mark.parametrize("fault", TITLES)
def test_every_fault_is_a_page_in_three_languages(settings, monkeypatch, monday, fault, reads, which):
    settings.ROOT_URLCONF = "tests.unit.web.refusing"
    monkeypatch.setitem(ADDRESSES, "fail", OPEN)
    client = Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE=reads)
    status, titles = TITLES[fault]
    is_a_page_of_ours(client.get(reverse("fail", args=[fault])), status, titles[which], reads)


@each_language
def test_nothing_there_is_a_page_in_three_languages(client, monday, reads, which):
    is_a_page_of_ours(client.get("/nowhere/", HTTP_ACCEPT_LANGUAGE=reads), 404, NOT_FOUND[which], reads)


@each_language
@pytest.mark.parametrize("signed_in", [False, True])
def test_without_a_database_there_is_still_a_page(monday, reads, which, signed_in):
    """Whatever asks the database while the page is made would break it too."""
    client = Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE=reads)
    if signed_in:
        county.sign_in(client, OFFICER)

    def gone(*_asked):
        raise OperationalError("quoted nowhere")

    memo.forget()
    with connection.execute_wrapper(gone):
        answer = client.get("/services/")
    is_a_page_of_ours(answer, 500, TITLES["broken"][1][which], reads)


@each_language
def test_too_many_attempts_are_a_page_in_three_languages(client, settings, monday, reads, which):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    typed = {"login": f"nobody-{reads}", "password": "wrong"}
    for _attempt in range(2):
        answer = client.post("/accounts/login/", typed, HTTP_ACCEPT_LANGUAGE=reads, REMOTE_ADDR=f"127.0.9.{which}")
    is_a_page_of_ours(answer, 429, TOO_MANY[which], reads)


@each_language
def test_a_form_without_its_token_says_that_nothing_was_sent(monday, reads, which):
    client = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE=reads)
    answer = client.post("/complain/where/", {"where": "county"})
    is_a_page_of_ours(answer, 403, UNSENT[which], reads)
    # nothing was taken from it: the journey still asks
    assert client.get("/complain/office/").headers["Location"] == "/complain/where/"


def test_answers_that_were_kept_survive_a_form_without_its_token(monday):
    client = Client()
    client.post("/complain/where/", {"where": "county"})
    client.post("/complain/office/", {"office": "civil-affairs"})
    client.handler.enforce_csrf_checks = True
    assert client.post("/complain/words/", {"words": "跑了三趟"}).status_code == 403
    assert "Civil Affairs Bureau" in client.get("/complain/words/", **ENGLISH).content.decode()
    client.handler.enforce_csrf_checks = False
    sent = client.post("/complain/words/", {"words": "跑了三趟"})
    assert sent.headers["Location"] == "/complain/name/"


@each_language
@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [("post", "/log/heads.json", "GET"), ("put", "/complain/where/", "GET, HEAD, OPTIONS, POST"), ("get", "/leave/", "POST"), ("get", "/demo/step-in/", "POST")],
)  # fmt: skip
def test_an_address_used_the_wrong_way_is_a_page_too(client, monday, method, address, allowed, reads, which):
    answer = getattr(client, method)(address, HTTP_ACCEPT_LANGUAGE=reads)
    is_a_page_of_ours(answer, 405, TITLES["suspicious"][1][which], reads)
    assert answer.headers["Allow"] == allowed


@each_language
@pytest.mark.parametrize("signed_in", [False, True])
def test_what_is_too_long_to_read_is_a_page_and_nothing_is_kept(client, monday, signed_in, reads, which):
    if signed_in:
        county.sign_in(client, OFFICER)
    answer = client.post("/complain/where/", "where=" + "x" * 3_000_000, content_type="application/x-www-form-urlencoded",
                         HTTP_ACCEPT_LANGUAGE=reads)  # fmt: skip
    is_a_page_of_ours(answer, 400, TITLES["suspicious"][1][which], reads)


def test_too_many_fields_are_a_page(client, monday):
    answer = client.post("/complain/where/", {f"field-{number}": "x" for number in range(1_100)}, **ENGLISH)
    is_a_page_of_ours(answer, 400, "We could not read that", "en")
