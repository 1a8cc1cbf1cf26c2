"""What the other tests rely on, tested once: the database as shipped, no way out, a strict template engine."""

from __future__ import annotations

import socket
import warnings

import pytest
from django.db import connection
from django.template import Context, Template


@pytest.mark.sqlite
def test_sqlite_is_a_wal_file_that_is_synced(transactional_db):
    with connection.cursor() as cursor:
        said = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert said == ["wal", 2, 1]
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.postgres
def test_postgresql_is_of_the_version_that_we_name(db):
    assert connection.pg_version // 10_000 == 18


def test_another_machine_cannot_be_reached():
    with socket.socket() as other, pytest.raises(ConnectionRefusedError, match="a test wanted to reach"):
        other.connect(("192.0.2.1", 80))


def test_an_undefined_variable_in_a_template_fails():
    with pytest.raises(pytest.fail.Exception, match="Undefined template variable"):
        Template("{{ nobody.knows }}").render(Context())


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning):
        warnings.warn("so", stacklevel=1)


def test_a_phone_sees_the_server_of_the_test(live_server, page, axe):
    page.goto(f"{live_server}/no-such-page")
    assert page.viewport_size == {"width": 360, "height": 740}
    assert page.evaluate("navigator.language") == "zh-CN"


def test_a_desk_is_wide(wide_page, axe):
    wide_page.set_content('<html lang="en"><title>t</title><main><h1>h</h1></main></html>')
    assert wide_page.evaluate("innerWidth") == 1280
    axe(wide_page)
    wide_page.set_content('<html lang="en"><title>t</title><main><h1>h</h1><img src="data:,"></main></html>')
    with pytest.raises(AssertionError, match="image-alt"):
        axe(wide_page)
