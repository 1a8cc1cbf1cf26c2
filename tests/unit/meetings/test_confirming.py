"""A row of law is confirmed once, where it counts; from then on it decides, also for whoever has asked within the minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chengnuo.core.ballots import Standing
from chengnuo.foundation.models import LogEntry
from chengnuo.foundation.plain import NotForThePublic
from chengnuo.foundation.refused import NotAllowed, NotHere
from chengnuo.meetings import queries
from chengnuo.meetings.models import Confirmation
from chengnuo.meetings.operations import confirming
from chengnuo.policies.loader import parameters
from tests.factories import cases, county, meetings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY = timedelta(days=1)
QUORUM = "meetings.villagers_assembly_quorum_households"
BEGINS, HERE, ELSEWHERE = date(2026, 1, 1), "420526", "4201"
TEXT = "村民委员会组织法（2025年修订）第二十四条"
TOO_FEW = {"adults": 300, "households": 160}


def confirm(parameter=QUORUM, begins=BEGINS, place="", source=TEXT, post=cases.BUREAU_HEAD, **more):
    said = {"parameter": parameter, "begins": begins, "place": place, "source": source}
    return meetings.does(confirming.confirm, post=post, **said, **more)


@pytest.fixture
def local(monkeypatch):
    """`local(place, value)`: the text of a place on the quorum of households, doubted as well."""

    def adds(place, value="> 1/2"):
        known = parameters()
        rows = known.history(QUORUM)
        row = replace(rows[-1], place=place, value=value)
        values = {**known._values, QUORUM: (*rows, row)}
        monkeypatch.setattr(known, "_values", values)

    return adds


def decides(meeting) -> str:
    """Where the text of the quorum of households counts that decides for this meeting."""
    (quorum,) = [each for each in queries.standing_of(meeting).conditions if each.key == "quorum"]
    return next(each.law.place for each in quorum.measures if each.key == "households")


def is_confirmed(meeting) -> bool:
    (quorum,) = [each for each in queries.standing_of(meeting).conditions if each.key == "quorum"]
    return next(each.is_confirmed for each in quorum.measures if each.key == "households")


def test_it_keeps_what_was_confirmed_by_whom_and_from_which_text():
    made = confirm()
    assert (made.value, made.source, made.by.key, made.at) == (">= 2/3", TEXT, cases.BUREAU_HEAD, county.MONDAY)
    assert LogEntry.objects.filter(ref_kind="confirmation", ref_id=str(made.pk)).count() == 1
    assert queries.confirmations() == {(QUORUM, BEGINS, ""): made}


def test_whoever_asked_within_the_minute_hears_of_it_at_once():
    meeting = meetings.held()
    assert queries.confirmed() == frozenset()
    assert not is_confirmed(meeting)
    confirm()
    assert queries.confirmed() == {(QUORUM, BEGINS, "", ">= 2/3")}
    assert is_confirmed(meeting)


def test_between_two_confirmations_the_rows_are_asked_for_once(django_assert_num_queries):
    confirm()
    with django_assert_num_queries(1):
        assert queries.confirmed() == queries.confirmed()


def test_what_was_refused_confirms_nothing():
    for refusal, wrong in (
        (NotHere, {"parameter": "meetings.nothing"}),
        (NotHere, {"begins": date(2018, 12, 29)}),
        (NotHere, {"place": HERE}),
        (confirming.NoText, {"source": "　"}),
        (NotForThePublic, {"source": "请打13800138000"}),
        (NotAllowed, {"post": cases.HEAD}),
        (NotAllowed, {"post": "health-bureau.auditor"}),
    ):
        with pytest.raises(refusal):
            confirm(**wrong)
    assert not Confirmation.objects.exists()
    assert not queries.confirmed()


def test_what_is_not_doubted_needs_nobody():
    assert all(row.doubt for row in queries.doubted().values())
    assert (QUORUM, BEGINS, "") in queries.doubted()
    assert (QUORUM, date(2018, 12, 29), "") not in queries.doubted()
    assert {name.partition(".")[0] for name, _begins, _place in queries.doubted()} == {"meetings"}


def test_a_row_of_the_place_decides_here_and_is_confirmed_apart(local):
    local(HERE)
    meeting = meetings.held(present=TOO_FEW)
    assert decides(meeting) == HERE
    assert {place for name, _begins, place in queries.doubted() if name == QUORUM} == {"", HERE}
    confirm()
    assert not is_confirmed(meeting), "the national row was confirmed, and another one decides here"
    confirm(place=HERE)
    assert is_confirmed(meeting)
    assert Confirmation.objects.count() == 2
    with pytest.raises(confirming.AlreadyConfirmed):
        confirm(place=HERE)


def test_a_row_of_another_place_decides_nothing_here(local):
    local(ELSEWHERE, "> 9/10")
    meeting = meetings.held()
    confirm(place=ELSEWHERE)
    assert (decides(meeting), is_confirmed(meeting)) == ("", False)


def test_it_counts_for_meetings_of_the_past_and_not_for_those_before_the_text():
    old = meetings.held(present=TOO_FEW, at=county.MONDAY - 50 * DAY)
    assert queries.standing_of(old).standing == Standing.WARNED
    meetings.confirmed()
    assert queries.standing_of(old).standing == Standing.INVALID
    before = meetings.held(present={"adults": 407, "households": 0}, at=county.MONDAY - 300 * DAY)
    assert queries.standing_of(before).standing == Standing.VALID
