"""How a meeting stands, in words: each state and each standing has its own, the same for the public, the desk and the papers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from chengnuo.core.ballots import Standing
from chengnuo.foundation.plain import public
from chengnuo.meetings import queries
from chengnuo.meetings.lifecycle import MEETING, RESOLUTION
from chengnuo.meetings.models import Resolution
from chengnuo.policies.meetings import meetings as kinds
from chengnuo.web.meetings import words
from chengnuo.web.meetings.desk import ANSWER, DEEDS
from tests.factories import county, meetings

LANGUAGES = ("zh-hans", "zh-hant", "en")
NUMBER = "BCDFGHJKLMNP"
# the text of 2018 was in force
THEN = datetime(2025, 6, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        (words.STATUS, {each.value for each in MEETING.statuses}),
        (words.RESOLUTION, {each.value for each in RESOLUTION.statuses}),
        (words.STANDING, set(Standing)),
    ],
    ids=["meeting", "resolution", "standing"],
)
def test_every_state_has_words_of_its_own(said, keys):
    assert set(said) == keys
    for language in LANGUAGES:
        with translation.override(language):
            assert len({str(word.text) for word in said.values()}) == len(said)


def test_every_deed_is_a_move_and_what_cannot_be_taken_back_is_grave():
    assert {kind.moves[0] if kind.moves else name for name, kind in DEEDS.items()} < {move.name for move in MEETING}
    assert [name for name, kind in DEEDS.items() if kind.grave] == ["close", "call_off"]
    assert set(ANSWER) < {move.name for move in RESOLUTION}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", kinds().kinds.values(), ids=lambda kind: kind.key)
def test_it_is_called_by_its_kind_and_its_number(kind, language):
    with translation.override(language):
        name = words.meeting_name(kind.name, NUMBER)
        assert name.startswith(str(kind.name))
    assert "BCDF GHJK LMNP" in name


def test_every_measure_has_a_name_in_three_languages():
    for measure in kinds().measures:
        said = set()
        for language in LANGUAGES:
            with translation.override(language):
                said.add(words.measure_name(measure))
        assert len(said) >= 2, measure


@pytest.mark.django_db
@pytest.mark.usefixtures("monday")
class TestAMeeting:
    def test_its_square_leads_to_its_own_page_and_tells_nothing_else(self):
        meeting = meetings.called()
        assert words.address_of(meeting).endswith(f"/meetings/{meeting.number}/")

    def test_its_day_is_the_county_s(self):
        assert words.when(meetings.called()) == "2026-03-14 10:00"

    def test_what_everybody_may_know_of_it_names_nobody_and_leaves_out_what_is_not_there(self):
        called = {row.label: row.value for row in words.facts_of(meetings.called())}
        assert "Came" not in called
        assert "Asked for by" not in called
        assert called["Agenda"] == "1. 报告收支\n2. 卫生费"
        held = {row.label: row.value for row in words.facts_of(meetings.held(demanded_by="adults", demanded=90))}
        assert held["Came"] == "people of 18 and over: 180\nrepresentatives of households: 214"
        assert held["Asked for by"] == "people of 18 and over: 90; from 82 of 812 on it has to be called"
        public([[label, value] for label, value in held.items() if label != "When"])

    def test_a_condition_says_what_was_counted_what_is_needed_and_whether_its_text_is_confirmed(self):
        meeting = meetings.held(present={"adults": 406, "households": 214})
        rows = words.conditions_of(queries.standing_of(meeting))
        assert [(row.asks, row.counted) for row in rows] == [
            ("Days between the call and the meeting", "12; at least 10"),
            ("Enough people came: people of 18 and over", "406; at least 407 of 812"),
            ("Enough people came: representatives of households", "214; at least 201 of 301"),
        ]
        assert [row.word for row in rows] == [words.MET, words.SPARED, words.MET]
        assert all("not confirmed" in row.text for row in rows)
        meetings.confirmed()
        sure = words.conditions_of(queries.standing_of(meeting))
        assert [row.word for row in sure] == [words.MET, words.SPARED, words.MET]
        assert not [row.text for row in sure if "not confirmed" in row.text]
        fails = words.conditions_of(queries.standing_of(meetings.held(present={"adults": 406, "households": 200})))
        assert [row.word for row in fails] == [words.MET, words.UNMET, words.UNMET]

    def test_what_was_decided_says_whether_it_was_adopted_and_whether_it_can_be_used(self):
        meeting = meetings.held()
        for ayes in (107, 108):
            meetings.resolved(meeting, ayes=ayes, asks=meetings.ASKED)
        said = words.decided(meeting, queries.standing_of(meeting), at_desk=False)
        assert [each.word for each in said] == [words.REJECTED, words.RESOLUTION["resolved"]]
        assert said[1].votes == "108 for, 20 against, 0 abstaining"
        assert said[1].asked.endswith("answers by 2026-04-11")
        assert {each.href for each in said} == {""}
        assert all(each.href for each in words.decided(meeting, queries.standing_of(meeting), at_desk=True))
        void = meetings.held(at=THEN, present={"adults": 1, "households": 1})
        meetings.resolved(void, ayes=1, noes=0)
        assert [each.word for each in words.decided(void, queries.standing_of(void), at_desk=False)] == [words.UNUSABLE]

    def test_what_asks_nobody_leads_nowhere(self):
        meeting = meetings.held()
        decided = meetings.resolved(meeting)
        assert words.asked_of(Resolution.objects.get(pk=decided.pk)) == ""
        assert [each.href for each in words.decided(meeting, queries.standing_of(meeting), at_desk=True)] == [""]
        nothing = meetings.held(at=county.MONDAY)
        assert words.decided(nothing, queries.standing_of(nothing), at_desk=True) == ()
