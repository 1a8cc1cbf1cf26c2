"""The doctor on what everything stands on: each fault is made once, found, and told with what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from chengnuo.config import doctor
from chengnuo.config.doctor import ground
from chengnuo.foundation import clock, keys
from chengnuo.foundation.models import ClockMark
from chengnuo.web.management.commands import prepare
from tests.factories.county import MONDAY

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _strict_templates_are_the_tests_own(settings):
    """pytest-django sets an object where Django's check wants a word."""
    settings.SILENCED_SYSTEM_CHECKS = ["templates.E002"]


@pytest.fixture
def var(settings, tmp_path):
    """A folder of this test alone, with everything in it that a start leaves there."""
    settings.VAR = tmp_path
    settings.KEY_RING = tmp_path / "keys.json"
    settings.STATIC_ROOT = tmp_path / "static"
    keys.create(settings.KEY_RING)
    return tmp_path


def told(look, *at):
    return [str(finding) for finding in look(*at)]


def test_nothing_is_found_where_nothing_is_wrong(db, var):
    assert told(ground.settings_refused) == []
    assert told(ground.database_refuses) == []
    assert told(ground.tables_behind) == []
    assert told(ground.key_ring, MONDAY) == []
    assert told(ground.signing_key, MONDAY) == []
    assert told(ground.clock_behind, MONDAY) == []


@pytest.mark.sqlite
def test_a_setting_with_which_acts_get_lost_is_found(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"]["OPTIONS"], "transaction_mode", "DEFERRED")
    (found,) = told(ground.settings_refused)
    assert "transaction_mode must be IMMEDIATE" in found
    assert "foundation.E003" in found


def test_the_hint_of_a_check_is_handed_on_and_a_warning_is_no_trouble(monkeypatch):
    said = [checks.Error("it is wrong", hint="Do this.", id="x.E1"), checks.Warning("hm", id="x.W1")]
    monkeypatch.setattr(ground.checks, "run_checks", lambda: said)
    assert told(ground.settings_refused) == ["A setting is wrong: it is wrong (x.E1)\n  Do this."]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (OperationalError("no route to it"), "The database does not answer: no route to it"),
        (DatabaseError("broken"), "The database does not answer: broken"),
        (ImproperlyConfigured("it could lose what it confirmed"), "it could lose what it confirmed"),
    ],
)
def test_a_database_that_does_not_answer_or_is_unsafe_is_told(monkeypatch, trouble, words):
    def refuse():
        raise trouble

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    (found,) = told(ground.database_refuses)
    assert words in found
    assert "\n  " in found


def undone(app: str) -> str:
    """Forgets that the newest change of an application's tables was made; answers its name."""
    ((_, newest),) = MigrationLoader(connection).graph.leaf_nodes(app)
    MigrationRecorder(connection).record_unapplied(app, newest)
    return newest


def test_changes_of_tables_that_were_not_made_are_named(db):
    newest = undone("cases")
    (found,) = told(ground.tables_behind)
    assert "1 changes" in found
    assert f"cases.{newest}" in found
    assert "./run manage migrate" in found


def test_a_missing_key_ring_is_told(var):
    (var / "keys.json").unlink()
    (found,) = told(ground.key_ring, MONDAY)
    assert "is missing" in found
    assert "opens nothing old" in found


def test_a_key_ring_that_others_may_read_is_told_with_the_command(var):
    (var / "keys.json").chmod(0o644)
    (found,) = told(ground.key_ring, MONDAY)
    assert f"chmod 600 {var / 'keys.json'}" in found


def test_a_damaged_key_ring_is_told_without_a_word_of_it(var):
    (var / "keys.json").write_text('{"sealing": "c2VjcmV0"}')
    (var / "keys.json").chmod(0o600)
    (found,) = told(ground.key_ring, MONDAY)
    assert "is damaged" in found
    assert "c2VjcmV0" not in found


def test_a_signing_key_that_others_may_read_is_told(var):
    kept = var / "secret_key"
    kept.write_text("x")
    kept.chmod(0o640)
    (found,) = told(ground.signing_key, MONDAY)
    assert f"chmod 600 {kept}" in found
    kept.chmod(0o600)
    assert told(ground.signing_key, MONDAY) == []


@pytest.mark.parametrize(("behind", "findings"), [(MINUTE, 0), (2 * MINUTE, 0), (3 * MINUTE, 1)])
def test_a_clock_behind_what_was_seen_is_told(db, behind, findings):
    ClockMark.objects.create(seen=MONDAY + behind)
    found = told(ground.clock_behind, MONDAY)
    assert len(found) == findings
    assert all("2026-03-02 02:03" in each and "accept_clock" in each for each in found)


def test_accepting_the_clock_mends_it(db, capsys):
    ClockMark.objects.create(seen=clock.now() + timedelta(days=3))
    assert told(ground.clock_behind, clock.now())
    call_command("accept_clock")
    assert told(ground.clock_behind, clock.now()) == []
    assert "from now on" in capsys.readouterr().out


def test_files_for_browsers_of_another_version_are_told(var):
    assert "./run manage prepare" in told(ground.static_files, MONDAY)[0]
    (var / "static").mkdir()
    (var / "static.seen").write_text("another version")
    assert told(ground.static_files, MONDAY)
    (var / "static.seen").write_text(prepare._mark())
    assert told(ground.static_files, MONDAY) == []


def test_where_the_tables_are_missing_nothing_else_is_asked(db, monkeypatch):
    undone("cases")

    def never():
        raise AssertionError("the time was asked for, and it stands in the database")

    assert len(list(doctor.examine(never))) == 1


def test_the_command_ends_with_1_and_tells_each_with_its_remedy(db, monkeypatch, capsys):
    finding = doctor.Finding("This is wrong.", "Do that.")
    monkeypatch.setattr(doctor, "LATER", (lambda _at: iter([finding, finding]),))
    with pytest.raises(SystemExit) as ended:
        call_command("doctor")
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert said.count("This is wrong.\n  Do that.") == 2
    assert "To mend: 2." in said


def test_the_command_is_content_where_nothing_is_wrong(db, monkeypatch, capsys):
    monkeypatch.setattr(doctor, "LATER", ())
    call_command("doctor")
    assert "in order" in capsys.readouterr().out
