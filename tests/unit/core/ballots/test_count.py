"""One round counted: what a paper says, quorum and majority of which whole, and equal votes that elect nobody."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.ballots.count import CountError, Need, Of, Outcome, Result, Rule, Tally, count, ranked, result
from chengnuo.core.ballots.shares import parse

HALF, THIRD = parse("> 1/2"), parse(">= 1/3")
LAW = Rule(HALF, Need(HALF, Of.CAST))
names = "abcd"
papers = st.lists(st.frozensets(st.sampled_from(names)), max_size=40)


def box(*said: str) -> list[frozenset[str]]:
    """`ab` marks a and b, the empty text nobody."""
    return [frozenset(each) for each in said]


def said(*papers_: str, seats: int = 1, rule: Rule = LAW, roll: int = 12, standing: str = "abc") -> Result:
    return result(count([box(*papers_)], standing, seats), rule, seats=seats, roll=roll)


def test_each_paper_has_one_class():
    tally = count([box("a", "", "b"), box("ab", "a")], "abc", 1)
    assert tally == Tally({"a": 2, "b": 1, "c": 0}, blank=1, spoiled=1, cast=5)
    assert tally.good == 4


def test_fewer_marks_than_seats_are_good_and_more_are_not():
    tally = count([box("a", "ab", "abc")], "abc", 2)
    assert (tally.votes, tally.spoiled) == ({"a": 2, "b": 1, "c": 0}, 1)


def test_nobody_is_counted_who_does_not_stand():
    with pytest.raises(CountError, match="does not stand"):
        count([box("z")], "abc", 1)


@pytest.mark.parametrize(
    ("votes", "blank", "spoiled", "cast"),
    [({"a": 3}, 0, 0, 2), ({"a": 1}, 0, 0, 2), ({"a": -1}, 0, 0, 0), ({"a": 0}, -1, 0, 0), ({"a": 0}, 2, 1, 2)],
)
def test_sums_that_cannot_be_are_refused(votes, blank, spoiled, cast):
    with pytest.raises(CountError, match="do not make up"):
        Tally(votes, blank, spoiled, cast)


def test_a_tally_cannot_be_changed():
    tally = count([box("a")], "abc", 1)
    with pytest.raises(TypeError):
        tally.votes["b"] = 9


TWELVE = [
    # sentence, papers, what comes of it
    ("seven of twelve elect", ["a"] * 7 + ["b"] * 5, Result(Outcome.ELECTED, ("a",), (), 0)),
    ("six of twelve are no more than half", ["a"] * 6 + ["b"] * 6, Result(Outcome.SHORTFALL, (), (), 1)),
    ("six who vote are no quorum", ["a"] * 6, Result(Outcome.NO_QUORUM, (), (), 1)),
    ("a blank paper has voted", ["a"] * 4 + [""] * 3, Result(Outcome.ELECTED, ("a",), (), 0)),
    ("and counts against a majority", ["a"] * 5 + [""] * 5, Result(Outcome.SHORTFALL, (), (), 1)),
    ("a spoiled one too", ["a"] * 5 + ["ab"] * 5, Result(Outcome.SHORTFALL, (), (), 1)),
    ("nobody is elected without a vote", [""] * 12, Result(Outcome.SHORTFALL, (), (), 1)),
]


@pytest.mark.parametrize(("papers_", "comes"), [row[1:] for row in TWELVE], ids=[row[0] for row in TWELVE])
def test_by_the_law_of_villages(papers_, comes):
    assert said(*papers_) == comes


@pytest.mark.parametrize(("of", "is_elected"), [(Of.ROLL, False), (Of.CAST, False), (Of.GOOD, True)])
def test_the_whole_is_the_one_that_the_rule_states(of, is_elected):
    """Five for a, four for b, one spoiled, of twelve."""
    found = said(*["a"] * 5, *["b"] * 4, "ab", rule=Rule(HALF, Need(HALF, of)))
    assert (found.outcome is Outcome.ELECTED) is is_elected


def test_equal_votes_elect_nobody_whatever_their_names():
    found = said(*["a"] * 4, *["b"] * 4, *["c"] * 2, rule=Rule(HALF, Need(THIRD, Of.CAST)))
    assert found == Result(Outcome.TIE, (), ("a", "b"), 1)


def test_who_is_above_a_tie_is_elected_and_the_others_stand_again():
    found = said(*["ab"] * 4, *["ac"] * 4, seats=2, rule=Rule(None, Need(THIRD, Of.CAST)))
    assert found == Result(Outcome.TIE, ("a",), ("b", "c"), 1)


def test_a_tie_that_takes_no_seat_from_anybody_is_none():
    assert said(*["ab"] * 7, seats=2) == Result(Outcome.ELECTED, ("a", "b"), (), 0)


def test_without_a_share_the_most_votes_elect_and_none_do_not():
    most = Rule(None, None)
    assert said("a", "b", "b", rule=most).elected == ("b",)
    assert said("", "", rule=most) == Result(Outcome.SHORTFALL, (), (), 1)
    assert said(rule=most) == Result(Outcome.SHORTFALL, (), (), 1)


def test_more_papers_than_people_are_no_election():
    with pytest.raises(CountError, match="more papers than people"):
        said("a", "a", roll=1)


@given(papers, st.integers(1, 3))
def test_every_paper_is_counted_once(some, seats):
    tally = count([some], names, seats)
    marked = [paper for paper in some if 0 < len(paper) <= seats]
    assert tally.cast == len(some) == len(marked) + tally.blank + tally.spoiled
    assert sum(tally.votes.values()) == sum(map(len, marked))


@given(papers, st.integers(1, 3), st.randoms(use_true_random=False), st.integers(1, 4))
def test_neither_order_nor_box_changes_a_count(some, seats, chance: Random, boxes):
    mixed = list(some)
    chance.shuffle(mixed)
    assert count([mixed[n::boxes] for n in range(boxes)], names, seats) == count([some], names, seats)


@given(papers, st.integers(1, 3))
def test_names_decide_nothing(some, seats):
    """Everybody is called otherwise: the same people are elected."""
    other = dict(zip(names, "zyxw", strict=True))
    renamed = [frozenset(other[name] for name in paper) for paper in some]
    one = result(count([some], names, seats), LAW, seats=seats, roll=40)
    two = result(count([renamed], other.values(), seats), LAW, seats=seats, roll=40)
    assert {other[name] for name in one.elected} == set(two.elected)
    assert (one.outcome, {other[name] for name in one.tied}) == (two.outcome, set(two.tied))


@given(papers, st.integers(1, 3))
def test_seats_elected_and_left_are_all_seats_and_nobody_with_more_votes_was_passed_over(some, seats):
    tally = count([some], names, seats)
    found = result(tally, LAW, seats=seats, roll=40)
    assert len(found.elected) + found.left == seats
    assert not found.tied or len(found.tied) > found.left > 0
    others = [name for name in names if name not in found.elected]
    assert all(
        tally.votes[a] > tally.votes[b] for a in found.elected for b in others if tally.votes[b] * 2 > tally.cast
    )
    assert [tally.votes[name] for name in ranked(tally)] == sorted(tally.votes.values(), reverse=True)
