"""The demo answers on its own machine only: no other host, and nothing that came through a proxy."""

from __future__ import annotations

import pytest

from chengnuo.web.middleware import FORWARDED

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
PAGES = ("/", "/services/", "/demo/", "/accounts/login/", "/static/chengnuo.css", "/nowhere")


@pytest.mark.parametrize("name", FORWARDED)
@pytest.mark.parametrize("page", ["/", "/demo/"])
def test_a_forwarded_request_is_refused_with_a_sentence(client, monday, name, page):
    answer = client.get(page, headers={name: "for=10.0.0.1"}, **ENGLISH)
    assert answer.status_code == 400
    assert "The demonstration answers on its own machine only" in answer.content.decode()


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1.example.org", "10.0.0.1", "chengnuo.local:8000", "a b", "[::2]"]
)
@pytest.mark.parametrize("page", PAGES[:4])
def test_any_host_but_loopback_is_refused(client, monday, host, page):
    answer = client.get(page, HTTP_HOST=host, **ENGLISH)
    assert answer.status_code == 400
    assert "its own machine only" in answer.content.decode()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "localhost:8123", "[::1]:8000"])
def test_loopback_is_answered(client, monday, host):
    assert client.get("/contact/", HTTP_HOST=host).status_code == 200


def test_the_sentence_comes_in_the_reader_s_language(client, monday):
    english = client.get("/", headers={"Via": "1.1 proxy"}, **ENGLISH).content.decode()
    assert '<html lang="en">' in english
    chinese = client.get("/", headers={"Via": "1.1 proxy"}, HTTP_ACCEPT_LANGUAGE="zh-TW").content.decode()
    assert '<html lang="zh-Hant">' in chinese


@pytest.mark.parametrize("name", FORWARDED)
def test_outside_the_demo_a_proxy_is_welcome(client, monday, settings, name):
    settings.DEMO = False
    assert client.get("/contact/", headers={name: "https"}).status_code == 200


def test_a_post_is_refused_too_before_it_does_anything(client, monday):
    answer = client.post("/demo/step-in/", {"post": "x"}, headers={"X-Real-IP": "10.0.0.1"})
    assert answer.status_code == 400
    assert "_auth_user_id" not in client.session
