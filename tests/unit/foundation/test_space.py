"""A disk that fills up: files stop first, then long work, then every write; reading goes on, and nothing need be started anew."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from chengnuo.cases.models import Case
from chengnuo.config import worker
from chengnuo.config.doctor import keeping as looks
from chengnuo.config.worker import Chore, round_of_chores
from chengnuo.demo.stage import Stage
from chengnuo.foundation import files, keys, space
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.refs import Ref
from chengnuo.foundation.space import Brake, NoRoomToWrite
from tests.factories import county, log

AT = county.MONDAY


def test_what_is_measured_is_what_the_disk_says(settings, tmp_path):
    settings.VAR = tmp_path / "not" / "yet"
    disk = os.statvfs(tmp_path)
    assert space.measure.free() == pytest.approx(100 * disk.f_bavail / disk.f_blocks, abs=0.5)
    with space.said(7.0):
        assert space.measure.free() == 7.0
    assert space.measure.free() != 7.0


@pytest.mark.parametrize(
    ("free", "stopped"),
    [(15, 0), (14.9, 1), (10, 1), (9.9, 2), (5, 2), (4.9, 3), (2, 3), (1.9, 4), (0, 4)],
)
def test_the_brakes_come_one_after_another(free, stopped):
    with space.said(free):
        assert sum(not space.allows(brake) for brake in Brake) == stopped


def test_the_shares_are_a_setting(settings):
    settings.FREE_SPACE = (50.0, 40.0, 30.0, 20.0)
    with space.said(25):
        assert not space.allows(Brake.BATCHES)
        space.need_room()


def test_below_two_percent_no_act_is_carried_out_and_none_is_lost(db, monday):
    with space.said(2):
        log.request(AT)
    with space.said(1.9), pytest.raises(NoRoomToWrite):
        log.request(AT)
    assert Case.objects.count() == 1
    log.request(AT)
    assert Case.objects.count() == 2


def test_a_form_gets_a_page_that_says_what_to_do_and_reading_goes_on(client, db, monday):
    begins = reverse("family:complain")
    with space.said(1):
        assert client.get(reverse("public:home")).status_code == 200
        assert client.get(begins, follow=True).status_code == 200
        answer = client.post(begins, {"anything": "typed"})
    assert answer.status_code == 503
    assert answer["Retry-After"] == "3600"
    said = answer.content.decode()
    assert "no room left" in said
    assert "paper counts the same" in said
    with space.said(2):
        assert client.post(begins, {}).status_code != 503


def test_programs_are_told_in_their_own_form(client, db, monday):
    with space.said(1):
        answer = client.post("/api/v1/requests", {}, content_type="application/json")
    assert answer["Content-Type"].startswith("application/problem+json")


def test_below_ten_percent_no_file_is_taken(db, monday, settings, tmp_path):
    settings.VAR = tmp_path

    def keep():
        with files.kept(b"x", owner=Ref("case", uuid4()), media_type="image/jpeg", at=AT) as file:
            file.save(force_insert=True)

    with space.said(9.9), pytest.raises(files.NoRoom):
        keep()
    assert not StoredFile.objects.exists()
    with space.said(10):
        keep()
    assert StoredFile.objects.count() == 1


def test_below_five_percent_long_work_stops_and_is_said_once(db, caplog):
    done = []
    chores = (
        Chore("long", lambda _now: done.append("long") or 1, brake=Brake.BATCHES),
        Chore("short", lambda _now: done.append("short") or 1),
        Chore("makes room", lambda _now: done.append("room") or 1, brake=None),
    )
    for free in (5, 4, 4, 1, 1, 50):
        with space.said(free):
            round_of_chores(AT, chores)
    assert done.count("long") == 2
    assert done.count("short") == 4
    assert done.count("room") == 6
    lines = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert [line.split(" ", 2)[2] for line in lines] == [
        "'long' stops: the disk is nearly full", "'short' stops: the disk is nearly full",
        "'long' goes on", "'short' goes on",
    ]  # fmt: skip


def test_every_long_chore_has_the_brake_of_batches():
    long = {chore.name for chore in worker.CHORES if chore.brake is Brake.BATCHES}
    assert long == {
        "back up and try it",
        "check records",
        "freeze coverage",
        "freeze figures",
        "go on paying",
        "go on reviewing",
        "reach out",
        "take in tables",
    }


def test_the_demos_past_waits_too(db):
    def story():
        yield AT
        pytest.fail("it was played")

    stage = Stage()
    stage.add(story())
    with space.said(4.9), pytest.raises(NoRoomToWrite):
        stage.play(until=AT)


@pytest.mark.parametrize(
    ("free", "words"),
    [(14.9, "soon no files"), (9, "no files are taken."), (4, "long work stop"), (1, "nothing is accepted")],
)
def test_the_doctor_says_what_stops(free, words):
    with space.said(free):
        (found,) = looks.little_room(AT)
    assert words in found.wrong
    with space.said(15):
        assert not list(looks.little_room(AT))


def test_a_command_says_it_in_words(db, settings, tmp_path):
    ring = Path(settings.KEY_RING).read_bytes()
    settings.KEY_RING = tmp_path / "keys.json"
    keys.put(settings.KEY_RING, ring)
    with space.said(1), pytest.raises(CommandError, match="no room left"):
        call_command("rotate_keys", "--log")
