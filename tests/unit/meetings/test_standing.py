"""Whether a meeting was valid, by the text of its day; what nobody confirmed warns, and counts from its confirmation on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chengnuo.core.ballots import Standing
from chengnuo.foundation.refused import NotAllowed, NotHere, SignInAgain
from chengnuo.meetings import queries
from chengnuo.meetings.operations import confirming, holding
from tests.factories import cases, county, meetings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY = timedelta(days=1)
# the text of 2018 was in force
THEN = datetime(2025, 6, 3, 2, tzinfo=UTC)
TOO_FEW = {"adults": 406, "households": 200}


def failing(meeting) -> list[str]:
    return [each.key for each in queries.standing_of(meeting).conditions if not each.is_met]


@pytest.mark.parametrize(
    ("sort", "present", "stands", "fails"),
    [
        (meetings.ASSEMBLY, {"adults": 407, "households": 0}, Standing.VALID, []),
        (meetings.ASSEMBLY, {"adults": 0, "households": 201}, Standing.VALID, []),
        (meetings.ASSEMBLY, TOO_FEW, Standing.INVALID, ["quorum"]),
        (meetings.REPRESENTATIVES, {"members": 30}, Standing.VALID, []),
        (meetings.REPRESENTATIVES, {"members": 29}, Standing.INVALID, ["quorum"]),
    ],
)
def test_the_quorum_by_the_text_of_2018(sort, present, stands, fails):
    meeting = meetings.held(sort=sort, present=present, at=THEN)
    assert (queries.standing_of(meeting).standing, failing(meeting)) == (stands, fails)


def test_the_same_under_a_text_that_nobody_confirmed_warns_and_voids_nothing():
    meeting = meetings.held(present=TOO_FEW)
    found = queries.standing_of(meeting)
    assert (found.standing, found.is_usable, failing(meeting)) == (Standing.WARNED, True, ["quorum"])
    meetings.confirmed()
    assert queries.standing_of(meeting).standing == Standing.INVALID, "what is confirmed counts at once"


def test_what_was_met_is_confirmed_with_its_text():
    meeting = meetings.held()
    assert queries.standing_of(meeting).standing == Standing.UNCONFIRMED
    meetings.confirmed("meetings.villagers_assembly_quorum_households")
    assert queries.standing_of(meeting).standing == Standing.UNCONFIRMED, "the days of notice are not confirmed yet"
    meetings.confirmed("meetings.villagers_assembly_notice")
    assert queries.standing_of(meeting).standing == Standing.VALID


def test_too_short_a_notice_and_too_few_who_asked():
    short = meetings.held(at=THEN, begins_at=THEN + 9 * DAY)
    assert (queries.standing_of(short).standing, failing(short)) == (Standing.INVALID, ["notice"])
    asked = meetings.held(at=THEN, demanded_by="adults", demanded=81)
    assert (failing(asked), queries.demand_of(asked).is_met) == ([], False), "fewer may be heard as well"
    enough = meetings.held(at=THEN, demanded_by="adults", demanded=82)
    assert queries.demand_of(enough).is_met
    assert queries.standing_of(enough).standing == Standing.VALID


def test_a_body_that_is_not_composed_as_the_text_asks():
    roll = {"members": 45, "representatives": 35, "women": 14}
    meeting = meetings.held(sort=meetings.REPRESENTATIVES, present={"members": 45}, roll=roll, at=THEN)
    assert failing(meeting) == ["composition_representatives", "composition_women"]


def test_a_call_is_looked_at_before_anybody_comes():
    meeting = meetings.called(begins_at=THEN + 3 * DAY, at=THEN)
    assert (failing(meeting), queries.standing_of(meeting).standing) == (["notice"], Standing.INVALID)


@pytest.mark.parametrize(
    "present",
    [
        {"adults": 813, "households": 0},
        {"adults": -1, "households": 3},
        {"adults": 5},
        {"adults": 1, "households": 1, "women": 1},
    ],
)
def test_more_than_there_are_never_came(present):
    with pytest.raises(holding.MoreThanThereAre):
        meetings.held(present=present)


def test_only_a_head_of_a_county_office_confirms_and_freshly():
    name, begins, place = next(iter(queries.doubted()))
    said = {"parameter": name, "begins": begins, "place": place, "source": "第二十四条"}
    for post in (cases.HEAD, cases.TOWNSHIP_HEAD, cases.BUREAU_DESK):
        with pytest.raises(NotAllowed):
            meetings.does(confirming.confirm, post=post, **said)
    stale = county.officer(cases.BUREAU_HEAD, at=county.MONDAY - DAY)
    with pytest.raises(SignInAgain):
        meetings.does(confirming.confirm, by=stale, **said)
    with pytest.raises(confirming.NoText):
        meetings.does(confirming.confirm, post=cases.BUREAU_HEAD, **said | {"source": " "})
    with pytest.raises(NotHere):
        meetings.does(confirming.confirm, post=cases.BUREAU_HEAD, **said | {"parameter": "limits.missing_list"})
    meetings.does(confirming.confirm, post=cases.BUREAU_HEAD, **said)
    with pytest.raises(confirming.AlreadyConfirmed):
        meetings.does(confirming.confirm, post=cases.BUREAU_HEAD, **said)
