"""The doctor on what must not be lost: room, old keys, and a backup that was put back last night."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.config.doctor import keeping
from chengnuo.foundation import space
from chengnuo.foundation.space import Brake
from chengnuo.keeping import recipients
from chengnuo.keeping.models import Drill
from tests.factories import county

pytestmark = pytest.mark.django_db
NOW, HOUR = county.MONDAY, timedelta(hours=1)


def told(look):
    return [str(finding) for finding in look(NOW)]


@pytest.fixture
def kept(settings, tmp_path):
    """A folder for backups and a key to seal them to."""
    settings.BACKUPS, settings.BACKUP_KEY = tmp_path / "backups", tmp_path / "backup.pub"
    recipients.keep(settings.BACKUP_KEY, recipients.make()[1])


@pytest.mark.parametrize(("demo", "findings"), [(True, 0), (False, 1)])
def test_only_a_real_county_is_told_that_it_makes_no_backup(settings, demo, findings):
    settings.BACKUPS, settings.DEMO = None, demo
    said = told(keeping.no_backup)
    assert len(said) == findings
    assert all("CHENGNUO_BACKUPS names no folder" in each for each in said)


@pytest.mark.parametrize(("hours", "is_told"), [(1, False), (47, False), (49, True)])
def test_a_backup_put_back_within_two_days_is_enough(kept, hours, is_told):
    Drill.objects.create(at=NOW - hours * HOUR, worked=True)
    assert bool(told(keeping.no_backup)) is is_told


def test_it_says_since_when_and_quotes_the_last_attempt(kept):
    Drill.objects.create(at=NOW - 60 * HOUR, worked=True)
    Drill.objects.create(at=NOW - HOUR, worked=False, said="The stick is full.")
    (said,) = told(keeping.no_backup)
    assert "since 2026-02-27 14:00 UTC. The last attempt said: The stick is full." in said


def test_one_that_never_worked_and_a_key_that_is_not_there_are_told(kept, settings):
    settings.BACKUP_KEY.unlink()
    key, never = told(keeping.no_backup)
    assert "./run backup-key" in key
    assert "No backup was made and put back yet." in never


@pytest.mark.parametrize("brake", Brake)
def test_each_brake_has_its_own_words_and_full_room_none(brake):
    with space.said(space.limit(brake) - 0.1):
        (said,) = told(keeping.little_room)
    assert keeping.STOPS[brake] in said
    with space.said(space.limit(Brake.ALARM)):
        assert told(keeping.little_room) == []


def test_a_ring_of_one_key_has_nothing_to_tell_and_one_that_is_not_there_neither(settings, tmp_path):
    assert told(keeping.old_keys) == []
    settings.KEY_RING = tmp_path / "nowhere.json"
    assert told(keeping.old_keys) == []
