"""The roll: one vote each, objections in their days, frozen with its size; nothing in it could say that one votes for another."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.ballots.roll import FrozenRoll, Objection, Roll, RollDays, RollError, Why

DAYS = RollDays(posted=20, objections=10, answers=5)
DAY = date(2026, 12, 1)
POSTED = date(2026, 11, 10)
LAST = date(2026, 11, 21)
numbers = st.sampled_from("abcdefgh")


def roll(*voters: str) -> Roll:
    return Roll.of(voters or ("a", "b", "c"), posted=POSTED, day=DAY, days=DAYS)


def refused(key, act, *arguments, **named):
    with pytest.raises(RollError) as no:
        act(*arguments, **named)
    assert no.value.key == key


def test_who_stands_in_it_twice_has_no_two_votes():
    refused("twice", roll, "a", "b", "a")


@pytest.mark.parametrize(("posted", "is_late"), [(date(2026, 11, 11), False), (date(2026, 11, 12), True)])
def test_it_is_posted_twenty_days_before(posted, is_late):
    if is_late:
        refused("posted-late", Roll.of, ["a"], posted=posted, day=DAY, days=DAYS)
    else:
        assert Roll.of(["a"], posted=posted, day=DAY, days=DAYS).voters == {"a"}


def test_the_days_of_a_rule_stand_in_order():
    for wrong in ((5, 10, 1), (20, 5, 10), (20, 10, -1)):
        with pytest.raises(ValueError, match="posted first"):
            RollDays(*wrong)


def test_its_last_days_are_counted_back_from_the_election():
    assert roll().last_day_of_objections == LAST
    assert roll().last_day_of_answers == date(2026, 11, 26)


@pytest.mark.parametrize("on", [POSTED - timedelta(1), LAST + timedelta(1)])
def test_an_objection_outside_its_days_is_refused(on):
    refused("outside-the-period", roll().objected, "d", Why.MISSING, on)


@pytest.mark.parametrize("on", [POSTED, LAST])
def test_both_ends_of_the_days_are_within(on):
    assert roll().objected("d", Why.MISSING, on).objections == (Objection("d", Why.MISSING, on),)


@pytest.mark.parametrize(("voter", "why"), [("a", Why.MISSING), ("d", Why.NOT_ENTITLED)])
def test_an_objection_to_what_the_roll_says_already_says_nothing(voter, why):
    refused("says-nothing", roll().objected, voter, why, LAST)


def test_one_objection_a_person_is_enough():
    refused("already-objected", roll().objected("d", Why.MISSING, LAST).objected, "d", Why.MISSING, LAST)


@pytest.mark.parametrize(
    ("voter", "why", "upheld", "then"),
    [("d", Why.MISSING, True, "abcd"), ("d", Why.MISSING, False, "abc"), ("a", Why.NOT_ENTITLED, True, "bc"),
     ("a", Why.NOT_ENTITLED, False, "abc")],
)  # fmt: skip
def test_only_an_upheld_objection_changes_it(voter, why, upheld, then):
    answered = roll().objected(voter, why, POSTED).answered(voter, LAST, upheld=upheld)
    assert answered.voters == set(then)
    refused("nothing-to-answer", answered.answered, voter, LAST, upheld=True)


def test_nothing_is_answered_before_it_was_raised_and_late_answers_count():
    objected = roll().objected("d", Why.MISSING, LAST)
    refused("nothing-to-answer", objected.answered, "d", POSTED, upheld=True)
    refused("nothing-to-answer", objected.answered, "a", LAST, upheld=True)
    assert "d" in objected.answered("d", DAY, upheld=True).voters


def test_it_is_frozen_when_objections_are_over_and_answered():
    refused("still-open", roll().frozen, LAST)
    refused("too-late", roll().frozen, DAY + timedelta(1))
    refused("unanswered", roll().objected("d", Why.MISSING, LAST).frozen, LAST + timedelta(1))
    emptied = roll("a").objected("a", Why.NOT_ENTITLED, LAST).answered("a", LAST, upheld=True)
    refused("nobody", emptied.frozen, DAY)
    assert roll().frozen(LAST + timedelta(1)) == FrozenRoll(frozenset("abc"))


@given(st.sets(numbers, min_size=1), st.lists(numbers, max_size=30))
def test_however_often_somebody_asks_each_takes_one_paper(voters, asking):
    frozen = FrozenRoll(frozenset(voters))
    given_out, refusals = 0, []
    for voter in asking:
        try:
            frozen = frozen.taken(voter)
            given_out += 1
        except RollError as no:
            refusals.append((no.key, voter in voters))
    assert given_out == len(frozen.took) <= frozen.size == len(voters)
    assert frozen.took == set(asking) & voters
    assert set(refusals) <= {("took-already", True), ("not-on-the-roll", False)}


@given(st.lists(st.tuples(numbers, st.sampled_from(Why), st.booleans()), max_size=8))
def test_the_frozen_roll_is_the_posted_one_with_what_was_upheld(story):
    now, expected = roll(), set("abc")
    for voter, why, upheld in story:
        try:
            now = now.objected(voter, why, POSTED).answered(voter, LAST, upheld=upheld)
        except RollError:
            continue
        if upheld:
            (expected.add if why is Why.MISSING else expected.remove)(voter)
    assert now.voters == expected
    if expected:
        assert now.frozen(DAY).size == len(expected)


def test_no_proxy_can_be_said():
    """Who takes a paper is one person on the roll, and nothing beside it: neither for whom, nor by whom, nor what."""
    assert [field.name for field in dataclasses.fields(FrozenRoll)] == ["voters", "took"]
    assert [field.name for field in dataclasses.fields(Objection)] == ["voter", "why", "raised", "upheld"]
    assert FrozenRoll.taken.__annotations__ == {"voter": "str", "return": "Self"}
