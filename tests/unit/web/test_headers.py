"""Every kind of answer carries every header; a real server's settings have nothing left to warn of."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from chengnuo.web.headers import HEADERS
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
ALWAYS = {
    **HEADERS,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ADDRESSES = [
    "/",
    "/services/",
    "/nothing/",
    "/desk/",
    "/static/chengnuo.css",
    "/api/v1/places",
    "/api/v1/places/999999999999",
    "/open311/v2/services.xml",
    "/health/alive",
    "/log/heads.json",
    "/services/village-proof/form.pdf",
    "/accounts/login/",
]


def policy(answer) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_every_header(address, monday):
    answer = Client().get(address)
    missing = {name: answer.headers.get(name) for name, value in ALWAYS.items() if answer.headers.get(name) != value}
    assert not missing
    assert answer.headers.get("Server") is None


@pytest.mark.parametrize("address", [each for each in ADDRESSES if not each.startswith("/static/")])
def test_a_page_loads_nothing_but_our_own(address, monday):
    said = policy(Client().get(address))
    assert said["default-src"] == "'none'"
    assert said["script-src"] == said["style-src"] == "'self'"
    assert said["frame-ancestors"] == said["base-uri"] == "'none'"
    assert "unsafe" not in str(said)


def test_a_fault_has_them_too(monday, monkeypatch):
    def broken(*_args, **_how):
        raise RuntimeError

    monkeypatch.setattr("chengnuo.web.public.home.render", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert not {name for name in ALWAYS if name not in answer.headers}


def test_what_an_officer_opened_stays_in_no_cache(monday):
    browser = Client()
    county.sign_in(browser, cases.DESK)
    assert "no-store" in browser.get(reverse("desk:inbox")).headers["Cache-Control"]


def test_a_real_servers_settings_have_no_warning(tmp_path):
    env = dict(os.environ) | {"CHENGNUO_DEMO": "0", "CHENGNUO_VAR": str(tmp_path), "CHENGNUO_HOSTS": "county.example"}
    del env["DJANGO_ALLOW_ASYNC_UNSAFE"]  # a setting of the tests
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
