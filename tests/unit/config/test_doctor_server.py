"""The doctor on a real server: each thing the guide asks for is told when it is missing, and the demo hears nothing of it."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from chengnuo.config import doctor
from chengnuo.config.doctor import server
from chengnuo.config.management.commands import work
from chengnuo.config.worker import note_round
from chengnuo.foundation import clock
from chengnuo.foundation.models import ClockMark
from tests.factories import county
from tests.factories.county import MONDAY

SECOND = timedelta(seconds=1)


@pytest.fixture
def guide(settings, tmp_path):
    """Everything as the guide has it."""
    var = tmp_path / "var"
    var.mkdir(mode=0o700)
    settings.DEMO, settings.BEHIND_PROXY, settings.VAR, settings.BACKUPS = False, True, var, tmp_path / "backups"
    settings.ALLOWED_HOSTS = ["promises.example.org", "127.0.0.1"]
    settings.PUBLIC_ADDRESS = "https://promises.example.org"
    settings.SECRET_KEY, settings.METRICS_TOKEN = "s" * 64, "m" * 48
    return settings


def told(look):
    return [str(finding) for finding in look(MONDAY)]


def test_nothing_is_found_where_the_guide_was_followed(guide):
    assert told(server.settings_beside_the_guide) == told(server.open_folder) == []


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("ALLOWED_HOSTS", ["*"], "under any name"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "localhost"], "names no host"),
        ("ALLOWED_HOSTS", ["promises.example.org"], "does not name 127.0.0.1"),
        ("PUBLIC_ADDRESS", "http://promises.example.org", "no https address"),
        ("PUBLIC_ADDRESS", "https://another.example.org", "no https address"),
        ("BEHIND_PROXY", False, "without end"),
        ("SECRET_KEY", "short", "fewer than 50"),
        ("METRICS_TOKEN", "", "nobody can watch"),
        ("METRICS_TOKEN", "guess-me", "to be guessed"),
    ],
)
def test_a_setting_that_is_not_as_the_guide_has_it_is_told(guide, setting, value, words):
    setattr(guide, setting, value)
    # without a host, the address is none of it either
    found = next(each for each in told(server.settings_beside_the_guide) if words in each)
    assert "\n  " in found
    assert "guess-me" not in found


def test_a_folder_that_others_may_look_into_is_told(guide):
    Path(guide.VAR).chmod(0o750)
    (found,) = told(server.open_folder)
    assert f"chmod 700 {guide.VAR}" in found


def test_keys_in_the_project_and_backups_beside_them_are_told(guide):
    guide.ROOT, guide.BACKUPS = guide.VAR.parent, guide.VAR / "backups"
    project, backups = told(server.open_folder)
    assert "lies in the project's folder" in project
    assert "lost with it" in backups


def test_who_has_a_post_and_no_second_factor_is_counted(db, guide):
    account = county.account_of(f"{county.VILLAGE}.desk")
    (before,) = told(server.lacking_second_factors)
    Authenticator.objects.create(user=account, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert told(server.lacking_second_factors) == [before], "codes for an emergency are none"
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    assert told(server.lacking_second_factors) != [before]
    account.is_active = False
    account.save()
    assert len(told(server.lacking_second_factors)) <= 1


def test_a_database_that_notices_no_damage_is_told(db):
    said = " ".join(told(server.weak_database))
    if connection.vendor == "sqlite":
        assert said == ""
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_checksums")
        on = cursor.fetchone()[0] == "on"
    assert ("data_checksums is off" in said) is not on
    assert "older than" not in said


@pytest.mark.parametrize(("answer", "findings"), [("no", 1), ("yes", 0), ("", 0)])
def test_a_clock_that_nobody_sets_is_told(tmp_path, monkeypatch, answer, findings):
    program = tmp_path / "timedatectl"
    program.write_text(f"#!/bin/sh\necho {answer}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert len(told(server.unset_clock)) == findings


def test_where_nobody_knows_of_the_clock_nothing_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert told(server.unset_clock) == []


@pytest.mark.parametrize(("ago", "findings"), [(server.TWO_MINUTES, 0), (server.TWO_MINUTES + SECOND, 1)])
def test_a_worker_that_sleeps_is_told(db, ago, findings):
    ClockMark.objects.update_or_create(pk=ClockMark.ONLY, defaults={"seen": MONDAY, "worked_at": MONDAY - ago})
    found = told(server.sleeping_worker)
    assert len(found) == findings
    assert all("since 2026-03-02 01:57 UTC" in each and "./run manage work" in each for each in found)


def test_a_worker_that_never_worked_is_told(db):
    assert "no round yet" in told(server.sleeping_worker)[0]


def test_a_round_is_written_down_twice_a_minute_at_most(db):
    note_round(MONDAY)
    assert not ClockMark.objects.exists(), "who notes the time makes the row"
    ClockMark.objects.create(seen=MONDAY)
    for after, noted in ((0, 0), (29, 0), (30, 30), (59, 30), (-3600, -3600)):
        note_round(MONDAY + after * SECOND)
        assert ClockMark.objects.get().worked_at == MONDAY + noted * SECOND


def test_the_worker_itself_writes_it_down(db, monkeypatch):
    # a test's transaction lives on its connection
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work, "round_of_chores", lambda _now: 7)
    with clock.frozen(MONDAY):
        ClockMark.objects.create(seen=MONDAY)
        assert work._round() == 7
        assert told(server.sleeping_worker) == []


def test_the_demo_hears_nothing_of_it(db, settings, monkeypatch):
    monkeypatch.setattr(doctor, "FIRST", ())
    monkeypatch.setattr(doctor, "LATER", ())
    monkeypatch.setattr(doctor, "SERVED", (lambda _at: iter([doctor.Finding("wrong", "mend")]),))
    assert list(doctor.examine(lambda: MONDAY)) == []
    settings.DEMO = False
    assert len(list(doctor.examine(lambda: MONDAY))) == 1
