"""What went wrong is a page: what happened, and what to do. Through HTTP, for visitors and for officers."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

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
    assert "Too many failed" in answer.content.decode()
