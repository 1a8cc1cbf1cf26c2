"""The worker's nights: what rests after a failure, what a brake or the demo's past keeps for later, and in which order a round goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chengnuo.config import worker
from chengnuo.config.worker import CHORES, REST, Chore, Nightly, round_of_chores
from chengnuo.foundation import space
from chengnuo.foundation.log import sequencer
from chengnuo.foundation.models import LogEntry, LogHead
from chengnuo.foundation.space import Brake
from chengnuo.people.models import Cell
from tests.factories import county, log

COUNTY = ZoneInfo("Asia/Shanghai")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATE = datetime(2026, 6, 1, 23, 30, tzinfo=COUNTY)
MIDNIGHT = datetime(2026, 6, 2, tzinfo=COUNTY)


@pytest.fixture
def filled(db):
    """The demo's past lies behind."""
    Cell.objects.update(demo_year_at=county.MONDAY)


@pytest.fixture(autouse=True)
def _nothing_stopped(monkeypatch):
    monkeypatch.setattr(worker, "_stopped", set())


class Work:
    """A chore that fails as often as it is told, and notes when it was tried."""

    def __init__(self, fails=0):
        self.fails, self.tried = fails, []

    def __call__(self, now):
        self.tried.append(now)
        if len(self.tried) <= self.fails:
            raise ZeroDivisionError
        return 1


def tried(nightly, *instants):
    """What came of each: a number, or the failure."""
    for at in instants:
        try:
            yield nightly(at)
        except ZeroDivisionError:
            yield "failed"


def test_a_night_begins_at_midnight_in_the_county_and_not_a_moment_sooner():
    work = Work()
    moment = timedelta(microseconds=1)
    found = list(tried(Nightly(work), MIDNIGHT - moment, MIDNIGHT - moment, MIDNIGHT, MIDNIGHT + DAY - moment))
    assert found == [1, 0, 1, 0]
    assert work.tried == [MIDNIGHT - moment, MIDNIGHT]


def test_a_failure_before_midnight_rests_beyond_it_and_the_new_day_is_done_once():
    work = Work(fails=1)
    instants = (LATE, MIDNIGHT, LATE + REST - MINUTE, LATE + REST, LATE + 2 * HOUR, MIDNIGHT + DAY - MINUTE)
    assert list(tried(Nightly(work), *instants)) == ["failed", 0, 0, 1, 0, 0]


def test_a_second_failure_begins_a_rest_of_its_own_and_a_good_night_forgets_both():
    nightly = Nightly(Work(fails=2))
    instants = (MIDNIGHT, MIDNIGHT + HOUR, MIDNIGHT + 2 * HOUR - MINUTE, MIDNIGHT + 2 * HOUR)
    assert list(tried(nightly, *instants)) == ["failed", "failed", 0, 1]
    assert (nightly.done_on, nightly.failed_at) == (MIDNIGHT.date(), None)


def test_what_fails_night_after_night_is_tried_once_an_hour_and_never_given_up():
    work = Work(fails=1000)
    list(tried(Nightly(work), *(MIDNIGHT + each * 10 * MINUTE for each in range(6 * 48))))
    assert [at - MIDNIGHT for at in work.tried] == [hours * HOUR for hours in range(48)]


def test_a_night_that_found_nothing_to_do_is_done_and_two_chores_rest_apart():
    nothing, fails = [], Work(fails=1)
    quiet, loud = Nightly(lambda now: nothing.append(now) or 0), Nightly(fails)
    for at in (MIDNIGHT, MIDNIGHT + MINUTE):
        assert list(tried(quiet, at)) == [0]
        list(tried(loud, at))
    assert (len(nothing), len(fails.tried)) == (1, 1)
    assert loud.done_on is None


def test_a_clock_set_back_a_day_does_the_former_day_and_then_todays_again():
    work = Work()
    assert list(tried(Nightly(work), MIDNIGHT, MIDNIGHT - DAY, MIDNIGHT - DAY + HOUR, MIDNIGHT)) == [1, 1, 0, 1]


def test_a_night_that_was_braked_is_made_up_for_as_soon_as_there_is_room(filled, caplog):
    work = Work()
    chores = (Chore("long", Nightly(work), brake=Brake.BATCHES),)
    limit = space.limit(Brake.BATCHES)
    for free, done in ((limit - 0.1, 0), (limit - 0.1, 0), (limit, 1), (limit, 0)):
        with space.said(free):
            assert round_of_chores(MIDNIGHT, chores) == done
    assert len(work.tried) == 1, "a brake is no failure: it need not rest"
    assert [each.getMessage().partition("' ")[2] for each in caplog.records] == [
        "stops: the disk is nearly full",
        "goes on",
    ]


def test_a_braked_chore_that_stops_again_says_so_again(filled, caplog):
    chores = (Chore("writes", lambda _now: 1), Chore("makes room", lambda _now: 1, brake=None))
    limit = space.limit(Brake.WRITES)
    found = []
    for free in (limit - 0.1, limit, limit - 0.1, limit - 0.1):
        with space.said(free):
            found.append(round_of_chores(MIDNIGHT, chores))
    assert found == [1, 2, 1, 1]
    assert caplog.text.count("stops: the disk is nearly full") == 2
    assert caplog.text.count("goes on") == 1
    assert "makes room" not in caplog.text


def test_a_night_of_the_demos_past_is_not_used_up_by_waiting(db):
    work = Work()
    chores = (Chore("waits", Nightly(work), waits=True), Chore("always", lambda _now: 5))
    assert round_of_chores(MIDNIGHT, chores) == 5
    Cell.objects.update(demo_year_at=MIDNIGHT)
    assert [round_of_chores(MIDNIGHT, chores), round_of_chores(MIDNIGHT, chores)] == [6, 5]
    assert work.tried == [MIDNIGHT]


def test_a_nightly_chore_that_fails_in_a_round_is_logged_once_an_hour(filled, caplog):
    chores = (Chore("fails", Nightly(Work(fails=9))), Chore("works", lambda _now: 1))
    assert [round_of_chores(MIDNIGHT + each * MINUTE, chores) for each in range(0, 120, 20)] == [1] * 6
    assert caplog.text.count("the chore 'fails' failed") == 2


def test_whether_the_year_is_filled_is_asked_once_a_round_and_again_where_it_could_not_be_told(db, monkeypatch):
    answers = [ZeroDivisionError(), False]

    def told():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(worker, "year_is_being_filled", told)
    first, second, third = Work(), Work(), Work()
    chores = tuple(Chore(str(at), each, waits=True) for at, each in enumerate((first, second, third)))
    assert round_of_chores(MIDNIGHT, chores) == 2
    assert (first.tried, answers) == ([], []), "what could not be told does nothing that waits"


# the order of a round


BEFORE = [
    ("end notices", "go on after notices"),
    ("go on after notices", "drain the outbox"),
    ("owe figures", "freeze figures"),
    ("reach out", "freeze coverage"),
    ("drain the outbox", "send messages"),
    ("remind families", "send messages"),
    ("send messages", "ask about messages"),
    ("take in tables", "end old tables"),
    ("take in tables", "check records"),
    ("number the log", "sign heads"),
    ("sign heads", "back up and try it"),
    ("back up and try it", "sweep"),
]


@pytest.mark.parametrize(("first", "then"), BEFORE)
def test_what_makes_work_goes_before_what_does_it(first, then):
    names = [chore.name for chore in CHORES]
    assert names.index(first) < names.index(then)
    assert len(set(names)) == len(names), "by its name a chore is known to have stopped"


def test_whatever_makes_room_goes_on_to_the_last_and_nothing_else_does():
    assert [chore.name for chore in CHORES if chore.brake is None] == ["sweep"]
    assert len({id(chore.does) for chore in CHORES}) == len(CHORES), "no two share a night"


def test_what_was_handed_in_is_numbered_and_signed_in_one_round_even_of_a_demo_that_lives_its_past(db):
    log.request(county.MONDAY)
    round_of_chores(county.MONDAY + HOUR, CHORES)
    assert not LogEntry.objects.filter(seq=None).exists()
    assert LogHead.objects.latest("size").size == sequencer.size() > 0
