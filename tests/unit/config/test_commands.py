"""The commands that start things: the worker's round, what is prepared before serving, and the demo's building."""

from __future__ import annotations

import io
import os
import signal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from chengnuo.config.management.commands import build_demo, work
from chengnuo.config.startup import WrongDatabase
from chengnuo.foundation import clock
from chengnuo.people.models import Cell
from chengnuo.web.management.commands import prepare
from tests.factories import county


def said_by(command: str, *arguments: str, **options: object) -> str:
    said = io.StringIO()
    call_command(command, *arguments, stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def hands():
    """The hands of this process for signals, put back as they were."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, hand in before.items():
        signal.signal(number, hand)


@pytest.fixture
def rounds(monkeypatch, hands):
    """A worker whose rounds do what is written here, and which notes how long it rests after each."""
    done, rested = [], []

    class Stop(work.Event):
        def wait(self, timeout=None):
            rested.append(timeout)
            return super().wait(0)

    monkeypatch.setattr(work, "Event", Stop)
    # a test's transaction lives on its connection
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    return done, rested


@pytest.mark.django_db
def test_one_round_says_how_much_was_done(rounds, monkeypatch):
    asked = []
    monkeypatch.setattr(work, "round_of_chores", lambda now: asked.append(now) or 7)
    with clock.frozen(county.MONDAY):
        assert said_by("work", "--once") == "7 done\n"
    assert asked == [county.MONDAY]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_breathes_after_work_rests_after_none_and_stops_when_told(rounds, monkeypatch, number):
    done, rested = rounds
    answers = [3, 0, 5]

    def chores(_now):
        done.append(len(done))
        if len(done) == len(answers):
            os.kill(os.getpid(), number)
        return answers[len(done) - 1]

    monkeypatch.setattr(work, "round_of_chores", chores)
    assert said_by("work") == ""
    assert rested == [work.BREATH_SECONDS, work.REST_SECONDS, work.BREATH_SECONDS]


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_asked_again_after_the_rest(rounds, monkeypatch, caplog):
    done, rested = rounds

    def chores(_now):
        done.append(1)
        if len(done) == 1:
            raise OperationalError("gone for a moment")
        signal.raise_signal(signal.SIGTERM)
        return 1

    monkeypatch.setattr(work, "round_of_chores", chores)
    said_by("work")
    assert rested == [work.REST_SECONDS, work.BREATH_SECONDS]
    assert "the database does not answer" in caplog.text


@pytest.mark.django_db
def test_any_other_fault_ends_it_so_that_it_is_started_anew(rounds, monkeypatch):
    def chores(_now):
        raise ZeroDivisionError

    monkeypatch.setattr(work, "round_of_chores", chores)
    with pytest.raises(ZeroDivisionError):
        said_by("work")


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [True, False])
def test_it_does_not_touch_a_database_of_the_other_kind(rounds, settings, monkeypatch, demo):
    Cell.objects.update(demo=not demo)
    settings.DEMO = demo
    monkeypatch.setattr(work, "round_of_chores", lambda _now: pytest.fail("it worked"))
    with pytest.raises(WrongDatabase):
        said_by("work", "--once")


@pytest.fixture
def static(settings, tmp_path):
    """A folder of static files and one where they are collected."""
    settings.VAR, settings.STATIC_ROOT = tmp_path / "var", tmp_path / "var" / "static"
    settings.STATICFILES_DIRS = [tmp_path / "files"]
    settings.VAR.mkdir()
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "one.css").write_text("a {}")
    return tmp_path / "files"


@pytest.fixture
def called(monkeypatch):
    """The commands that `prepare` calls; `collectstatic` alone is really run."""
    seen = []

    def call(name, **options):
        seen.append(name)
        if name == "collectstatic":
            call_command(name, **options)

    monkeypatch.setattr(prepare, "call_command", call)
    return seen


@pytest.mark.parametrize(("demo", "last"), [(True, ["build_demo"]), (False, [])])
def test_everything_is_prepared_in_order_and_the_demo_only_where_it_is_one(static, called, settings, demo, last):
    settings.DEMO = demo
    said_by("prepare")
    assert called == ["compile_words", "collectstatic", "migrate", *last]
    assert (Path(settings.STATIC_ROOT) / "one.css").exists()


def stay(_static: Path) -> None:
    pass


def change(static: Path) -> None:
    (static / "one.css").write_text("a { color: red }")


def add(static: Path) -> None:
    (static / "deep").mkdir()
    (static / "deep" / "two.css").write_text("b {}")


def remove(static: Path) -> None:
    (static / "one.css").unlink()


def lose_what_was_collected(static: Path) -> None:
    (static.parent / "var" / "static" / "one.css").unlink()
    (static.parent / "var" / "static").rename(static.parent / "var" / "elsewhere")


def lose_the_mark(static: Path) -> None:
    (static.parent / "var" / "static.seen").unlink()


def cut_the_mark(static: Path) -> None:
    (static.parent / "var" / "static.seen").write_text("")


@pytest.mark.parametrize(
    ("happens", "stale"),
    [(stay, False), (change, True), (add, True), (remove, True), (lose_what_was_collected, True), (lose_the_mark, True), (cut_the_mark, True)],
    ids=lambda value: getattr(value, "__name__", None),
)  # fmt: skip
def test_static_files_are_collected_again_only_after_a_change(static, called, happens, stale):
    assert prepare.static_is_stale()
    said_by("prepare")
    assert not prepare.static_is_stale()
    happens(static)
    assert prepare.static_is_stale() is stale
    called.clear()
    said_by("prepare")
    assert ("collectstatic" in called) is stale
    assert not prepare.static_is_stale()


def test_what_was_taken_out_of_our_files_is_no_longer_served(static, called, settings):
    said_by("prepare")
    (static / "one.css").rename(static / "two.css")
    said_by("prepare")
    collected = {file.name for file in Path(settings.STATIC_ROOT).iterdir()}
    assert "two.css" in collected
    assert "one.css" not in collected


def test_outside_the_demo_nothing_is_built(settings):
    settings.DEMO = False
    for arguments in ([], ["--year"]):
        with pytest.raises(CommandError, match="Only the demo is built"):
            said_by("build_demo", *arguments)


@pytest.mark.django_db
def test_a_county_that_stands_is_not_built_again():
    before = Cell.objects.values_list().get()
    assert said_by("build_demo") == ""
    assert Cell.objects.values_list().get() == before


@pytest.mark.django_db
def test_a_past_that_is_filled_in_is_not_filled_in_again(monkeypatch):
    Cell.objects.update(demo_year_at=county.MONDAY)
    monkeypatch.setattr(build_demo, "year", lambda *_, **__: pytest.fail("it was played again"))
    assert said_by("build_demo", "--year") == ""


@pytest.mark.django_db
def test_the_progress_is_said_now_and_then(monkeypatch):
    command = build_demo.Command(stdout=io.StringIO())
    for played in range(1, 2 * build_demo.EVERY + 1):
        command._progress(county.MONDAY, played)
    said = command.stdout._out.getvalue().splitlines()
    assert said == [f"  filling in the past: 2026-03-02, {steps} steps" for steps in (1000, 2000)]


def test_the_demos_dates_follow_one_another():
    assert build_demo.PUBLISHED < build_demo.YEAR_BEGINS < build_demo.STORIES_BEGIN < build_demo.NIGHT < build_demo.NOW
