"""An election round by round: what comes next follows from what was; nothing is taken back; a recount by another way agrees."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengnuo.core.ballots.count import CountError, Need, Of, Outcome, Rule, Tally, count
from chengnuo.core.ballots.rounds import Call, Election, Kind, Rules
from chengnuo.core.ballots.shares import parse
from tests.factories.elections import Case, recount, told

HALF, THIRD = parse("> 1/2"), parse(">= 1/3")
LAW = Rules(
    first=Rule(HALF, Need(HALF, Of.CAST)),
    run_off=Rule(HALF, None),
    further=Rule(None, Need(THIRD, Of.CAST)),
    extra=1,
    most=4,
)


def election(candidates="abc", seats=1, roll=12, rules=LAW) -> Election:
    return Election.of(tuple(candidates), seats=seats, roll=roll, rules=rules)


def held(now: Election, *papers: str) -> Election:
    return now.held(count([[frozenset(each) for each in papers]], now.next.candidates, now.next.seats))


def test_who_is_elected_ends_it():
    done = held(election(), *["a"] * 7)
    assert (done.next, done.elected, done.vacant) == (None, ("a",), 0)
    with pytest.raises(CountError, match="No other round"):
        done.held(done.rounds[0].tally)


def test_without_a_quorum_the_round_is_held_again_as_it_was():
    again = held(election(), *["a"] * 6)
    assert again.next == Call(Kind.AGAIN, ("a", "b", "c"), 1, LAW.first)


def test_a_shortfall_leads_to_a_further_round_of_the_first_under_the_lower_share():
    further = held(election(), *["a"] * 5, *["b"] * 4, *["c"] * 3)
    assert further.next == Call(Kind.FURTHER, ("a", "b"), 1, LAW.further)
    assert held(further, *["a"] * 4, *["b"] * 3, *[""] * 5).elected == ("a",)


def test_whoever_is_equal_to_the_last_of_them_stands_too():
    assert held(election(), *["a"] * 6, *["b"] * 3, *["c"] * 3).next.candidates == ("a", "b", "c")


def test_a_tie_and_a_run_off_among_the_tied():
    """Twelve families: six to six, again six to six, and then somebody has thought about it."""
    first = held(election(), *["a"] * 6, *["b"] * 6)
    assert first.next == Call(Kind.FURTHER, ("a", "b"), 1, LAW.further)
    tied = held(first, *["a"] * 6, *["b"] * 6)
    assert tied.next == Call(Kind.RUN_OFF, ("a", "b"), 1, LAW.run_off)
    done = held(tied, *["a"] * 5, *["b"] * 7)
    assert (done.elected, [each.result.outcome for each in done.rounds]) == (
        ("b",),
        [Outcome.SHORTFALL, Outcome.TIE, Outcome.ELECTED],
    )


def test_who_was_elected_stands_no_more_and_the_others_fill_what_is_left():
    now = held(election("abcd", seats=2), *["ab"] * 4, *["ac"] * 4, *["d"] * 2)
    assert now.elected == ("a",)
    assert now.next == Call(Kind.FURTHER, ("b", "c"), 1, LAW.further)


def test_a_seat_for_which_nobody_is_left_stays_free():
    short = held(election("a", seats=2), *["a"] * 7)
    assert (short.next, short.vacant) == (None, 1)


def test_the_rules_say_how_often():
    now = election()
    for _ in range(LAW.most):
        now = held(now, "a")
    assert (now.next, now.vacant) == (None, 1)


def test_a_round_of_others_is_refused():
    further = held(election(), *["a"] * 5, *["b"] * 4, *["c"] * 3)
    with pytest.raises(CountError, match="Others stood"):
        further.held(Tally({"a": 1, "c": 0}, 0, 0, 1))


@pytest.mark.parametrize("wrong", [{"candidates": ""}, {"candidates": "aa"}, {"seats": 0}, {"roll": 0}])
def test_what_is_no_election_is_refused(wrong):
    with pytest.raises(CountError):
        election(**wrong)


@pytest.mark.parametrize("wrong", [{"extra": -1}, {"most": 0}])
def test_rules_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="one round at least"):
        Rules(LAW.first, LAW.run_off, LAW.further, **({"extra": 1, "most": 1} | wrong))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9))
def test_a_recount_by_another_way_agrees(seed):
    case = Case.of(seed)
    assert told(case.played()) == recount(case)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**9))
def test_what_comes_next_follows_from_the_history_alone_and_nothing_in_it_changes(seed):
    done = Case.of(seed).played()
    again = Election(done.rules, done.roll, done.begins)
    for number, each in enumerate(done.rounds):
        assert again.next == each.call
        before = again.rounds
        again = again.held(each.tally)
        assert again.rounds[:number] == before
    assert again == done
    assert len(set(done.elected)) == len(done.elected) == done.begins.seats - done.vacant
    assert len(done.rounds) <= done.rules.most
