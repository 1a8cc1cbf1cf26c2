"""What the guards of a case say at their edges, and the small tables of states, each written out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.cases import lifecycle
from chengnuo.cases.lifecycle import CASE, NEW_CODE, PRESSED, STEP

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SOME = uuid4()

GUARDS = [
    ("nothing_asked_before", {"asked_at": None}, True),
    ("nothing_asked_before", {"asked_at": AT}, False),
    ("list_still_in_time", {"complete_by": AT + SECOND}, True),
    ("list_still_in_time", {"complete_by": AT}, True),
    ("list_still_in_time", {"complete_by": AT - SECOND}, False),
    ("list_is_spent", {"asked_at": None, "complete_by": AT}, False),
    ("list_is_spent", {"asked_at": AT, "complete_by": AT}, True),
    ("list_is_spent", {"asked_at": None, "complete_by": AT - SECOND}, True),
    ("nobody_offered", {"offered_to_id": None}, True),
    ("nobody_offered", {"offered_to_id": SOME}, False),
    ("somebody_offered", {"offered_to_id": None}, False),
    ("somebody_offered", {"offered_to_id": SOME}, True),
    ("no_open_steps", {"open_steps": 0}, True),
    ("no_open_steps", {"open_steps": 1}, False),
    ("below_the_county", {"township_id": SOME}, True),
    ("below_the_county", {"township_id": None}, False),
    ("list_was_sent", {"asked_at": AT}, True),
    ("list_was_sent", {"asked_at": None}, False),
    ("answer_time_is_over", {"answer_by": None}, False),
    ("answer_time_is_over", {"answer_by": AT + SECOND}, False),
    ("answer_time_is_over", {"answer_by": AT}, True),
]


@pytest.mark.parametrize(("name", "case", "holds"), GUARDS)
def test_a_guard_holds_or_not(name, case, holds):
    assert getattr(lifecycle, name).holds(SimpleNamespace(**case), AT) is holds


def test_every_guard_of_a_case_stands_in_the_table_both_ways():
    asked = {guard.name for move in CASE for guard in move.guards}
    for holds in (True, False):
        assert {name for name, _case, each in GUARDS if each is holds} == asked


def test_no_two_guards_say_the_same():
    said = {guard.name: guard.otherwise for move in CASE for guard in move.guards}
    assert len(set(said.values())) == len(said)


@given(
    asked=st.none() | st.just(AT),
    by=st.integers(-3, 3).map(lambda n: AT + n * SECOND),
    now=st.integers(-3, 3).map(lambda n: AT + n * SECOND),
)
def test_a_list_goes_out_in_exactly_one_of_two_ways(asked, by, now):
    """Either it pauses the clock, or it is a broken promise: never both, and an office can always ask."""
    case = SimpleNamespace(asked_at=asked, complete_by=by)
    open_ways = [move.name for move in (CASE.ask_once, CASE.ask_late) if move.objection("received", case, now) is None]
    assert len(open_ways) == 1
    assert (open_ways == ["ask_once"]) == (asked is None and now <= by)


@given(offered=st.none() | st.uuids(), open_steps=st.integers(0, 3), status=st.sampled_from(["received", "waiting"]))
def test_no_case_ends_at_the_office_s_word_while_anybody_was_asked_for_something(offered, open_steps, status):
    case = SimpleNamespace(offered_to_id=offered, open_steps=open_steps)
    for move in (CASE.finish, CASE.refuse):
        objection = move.objection(status, case, AT)
        assert (objection is None) == (offered is None and open_steps == 0)
        if offered:
            assert objection.code == "nobody_offered", "the first that stands in the way is named"


@given(status=st.sampled_from(CASE.open), offered=st.none() | st.uuids(), steps=st.integers(0, 3))
def test_a_family_may_always_take_its_request_back_while_it_is_under_way(status, offered, steps):
    """No guard stands before it: no officer can keep a family in."""
    case = SimpleNamespace(offered_to_id=offered, open_steps=steps)
    assert (CASE.withdraw.objection(status, case, AT) is None) == (status in lifecycle.UNDER_WAY.of)


# table: status, and which moves leave it for which other one
TABLES = {
    NEW_CODE: {
        "": {"ask": "asked"},
        "asked": {"confirm": "confirmed", "drop": "dropped"},
        "confirmed": {"hand_out": "printed", "drop": "dropped"},
        "printed": {},
        "dropped": {},
    },
    STEP: {
        "": {"ask": "asked"},
        "asked": {
            "answer": "answered",
            "cannot": "not_possible",
            "hand_back": "handed_back",
            "take_back": "taken_back",
            "drop": "dropped",
        },
        "answered": {},
        "not_possible": {},
        "handed_back": {},
        "taken_back": {},
        "dropped": {},
    },
    PRESSED: {"": {"note": "noted"}, "noted": {"look_into": "looked_into"}, "looked_into": {}},
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_a_small_table_of_states(table):
    assert {*TABLES[table]} == {"", *table.statuses}
    for status, moves in TABLES[table].items():
        found = {move.name: move.target(status) for move in table.open_to(status, None, AT)}
        assert found == moves, status
        assert (status in table.open) == bool(status and moves)


@pytest.mark.parametrize("end", [move for move in STEP if move.name != "ask"], ids=lambda move: move.name)
def test_however_a_step_ends_nothing_is_owed_in_it_any_more(end):
    assert end.ends + end.discharges == ("step",)


def test_only_an_office_that_answered_has_kept_its_word():
    assert {move.name for move in STEP if move.ends} == {"answer", "cannot"}


def test_a_rating_leaves_no_mark_and_comes_after_the_end():
    assert CASE.rate.passage.sources == set(CASE.ends) - {"withdrawn"}
    assert not CASE.rate.passage.target
    assert (CASE.rate.opens, CASE.rate.ends, CASE.rate.discharges) == ((), (), ())


@given(move=st.sampled_from(list(CASE)))
def test_a_clock_that_is_paused_is_the_clock_that_is_resumed(move):
    clocks = {CASE.ask_once: CASE.supply, CASE.pause: CASE.resume}
    assert bool(move.pauses) == (move in clocks)
    if move in clocks:
        assert move.pauses == clocks[move].resumes
        assert clocks[move].passage.sources == {move.passage.target}, "whatever stops has one way to go on"
