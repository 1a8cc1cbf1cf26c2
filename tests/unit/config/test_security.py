"""The signing key is made once, for its owner alone; the demo answers on loopback whatever it is told."""

from __future__ import annotations

import stat

import pytest

from chengnuo.config.security import CONTENT_SECURITY_POLICY, LOOPBACK, allowed_hosts, secret_key

pytestmark = pytest.mark.files


@pytest.fixture(autouse=True)
def _not_told(monkeypatch):
    monkeypatch.delenv("CHENGNUO_SECRET_KEY", raising=False)


def test_the_key_is_made_once_in_a_folder_that_need_not_be_there(tmp_path):
    made = secret_key(tmp_path / "new" / "var")
    kept = tmp_path / "new" / "var" / "secret_key"
    assert kept.read_text() == made == secret_key(tmp_path / "new" / "var")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


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
    assert {source for sources in said.values() for source in sources} == {"'none'", "'self'", "data:"}
    assert [name for name, sources in said.items() if "data:" in sources] == ["img-src"]
