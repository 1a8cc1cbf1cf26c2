"""The signing key is made once, for its owner alone; the demo answers on loopback whatever it is told."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys

import pytest

from chengnuo.config.security import CONTENT_SECURITY_POLICY, LOOPBACK, allowed_hosts, cookie, secret_key


@pytest.fixture(autouse=True)
def _not_told(monkeypatch):
    monkeypatch.delenv("CHENGNUO_SECRET_KEY", raising=False)


def test_the_key_is_made_once_in_a_folder_that_need_not_be_there(tmp_path):
    made = secret_key(tmp_path / "new" / "var")
    kept = tmp_path / "new" / "var" / "secret_key"
    assert kept.read_text() == made == secret_key(tmp_path / "new" / "var")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_it_is_long_and_no_two_are_alike(tmp_path):
    keys = {secret_key(tmp_path / str(number)) for number in range(20)}
    assert len(keys) == 20
    assert min(map(len, keys)) >= 50


def test_a_key_of_the_environment_comes_first_and_is_not_written_down(tmp_path, monkeypatch):
    monkeypatch.setenv("CHENGNUO_SECRET_KEY", "told")
    assert secret_key(tmp_path) == "told"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_key_of_the_environment_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("CHENGNUO_SECRET_KEY", "")
    assert len(secret_key(tmp_path)) >= 50


@pytest.mark.parametrize(
    ("value", "hosts"),
    [
        ("", LOOPBACK),
        (",", LOOPBACK),
        ("county.example", ["county.example"]),
        ("county.example,www.county.example", ["county.example", "www.county.example"]),
        ("county.example,", ["county.example"]),
        ("*", ["*"]),
    ],
)
def test_the_hosts_of_a_county_and_of_the_demo(value, hosts):
    assert allowed_hosts(demo=False, value=value) == hosts
    assert allowed_hosts(demo=True, value=value) == LOOPBACK


def test_nothing_from_elsewhere_runs_on_a_page():
    """And nothing that stands in the page itself: every source is this server, pictures in CSS aside."""
    said = CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert said["default-src"] == said["frame-ancestors"] == said["base-uri"] == ["'none'"]
    assert said["object-src"] == ["'none'"]
    assert {source for sources in said.values() for source in sources} == {"'none'", "'self'", "data:"}
    assert [name for name, sources in said.items() if "data:" in sources] == ["img-src"]


COOKIES = """
import json
from django.conf import settings as s
from chengnuo.web.said import Cookie
kinds = ("SESSION", "CSRF", "LANGUAGE")
print(json.dumps([[Cookie.cookie_name, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE]] + [
    [getattr(s, f"{kind}_COOKIE_{of}") for of in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")] for kind in kinds]))
"""


def test_cookies_of_a_real_server_belong_to_its_host_alone(tmp_path):
    env = dict(os.environ) | {"CHENGNUO_DEMO": "0", "CHENGNUO_VAR": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", COOKIES], env=env, capture_output=True, text=True, check=True)
    cookies = json.loads(told.stdout)
    assert [row[0] for row in cookies] == [
        f"__Host-{n}" for n in ("messages", "sessionid", "csrftoken", "django_language")
    ]
    assert all(row[1:] == [True, True, "Lax"] for row in cookies)


def test_the_demo_has_no_https_and_other_names():
    assert cookie("sessionid", demo=True) == "sessionid"
