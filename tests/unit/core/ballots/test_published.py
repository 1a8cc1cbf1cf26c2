"""What is shown of a round: whoever knows their own paper and everything shown cannot tell how another voted."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.ballots.count import Need, Of, Outcome, Rule, count, result
from chengnuo.core.ballots.published import Shown, To, shown, tells
from chengnuo.core.ballots.rounds import Call, Kind, Round
from chengnuo.core.ballots.shares import parse

HALF = parse("> 1/2")
LAW = Rule(HALF, Need(HALF, Of.CAST))
LEAST = 5
CLASSES = ("a", "b", "", "ab")  # for one, for the other, blank, spoiled


def held(*papers: str, roll: int = 12, candidates: str = "ab") -> Round:
    tally = count([[frozenset(each) for each in papers]], candidates, 1)
    return Round(Call(Kind.FIRST, tuple(candidates), 1, LAW), tally, result(tally, LAW, seats=1, roll=roll))


MIXED = held(*["a"] * 7, *["b"] * 5)


def test_members_see_the_sums_and_nobody_else_does():
    assert shown(MIXED, to=To.MEMBERS, least=LEAST).sums == MIXED.tally
    assert shown(MIXED, to=To.ALL, least=LEAST) == Shown(Outcome.ELECTED, ("a",), True, True, None)


@pytest.mark.parametrize(
    ("papers", "has_quorum", "has_majority"),
    [(["a"] * 6, False, False), (["a"] * 6 + ["b"] * 6, True, False), (["a"] * 7 + ["b"] * 3, True, True)],
)
def test_everybody_sees_whether_it_was_enough(papers, has_quorum, has_majority):
    for to in To:
        found = shown(held(*papers), to=to, least=LEAST)
        assert (found.has_quorum, found.has_majority) == (has_quorum, has_majority)


@pytest.mark.parametrize("papers", [["a"] * 12, ["a"] * 11 + ["b"], [""] * 11 + ["b"], ["ab"] * 12, ["a"] * 11 + [""]])
def test_what_nearly_all_have_in_common_is_shown_to_nobody(papers):
    assert shown(held(*papers), to=To.MEMBERS, least=LEAST).sums is None


def test_two_who_differ_keep_each_other_covered():
    assert shown(held(*["a"] * 10, "b", "b"), to=To.MEMBERS, least=LEAST).sums is not None


@pytest.mark.parametrize(("cast", "is_shown"), [(LEAST - 1, False), (LEAST, True)])
def test_a_few_papers_are_too_few(cast, is_shown):
    papers = ["a", "b"] * cast
    assert (shown(held(*papers[:cast]), to=To.MEMBERS, least=LEAST).sums is not None) is is_shown


def test_the_elected_are_in_no_order_of_votes():
    tally = count([[frozenset("ab")] * 4 + [frozenset("b")] * 3], "abc", 2)
    each = Round(Call(Kind.FIRST, ("a", "b", "c"), 2, LAW), tally, result(tally, LAW, seats=2, roll=7))
    assert each.result.elected == ("b", "a")
    assert shown(each, to=To.ALL, least=LEAST).elected == ("a", "b")


def others_are_known(papers: tuple[str, ...], own: str) -> bool:
    """Whether somebody with this paper knows from the sums what all others put in: every way to hand out the rest is the same."""
    rest = list(papers)
    rest.remove(own)
    return len(set(rest)) < 2


def test_no_sum_tells_anybody_anything_and_none_is_held_back_for_nothing():
    """Every election of up to nine people, in the eyes of each of them."""
    for cast in range(1, 10):
        for papers in combinations_with_replacement(CLASSES, cast):
            known = any(others_are_known(papers, own) for own in set(papers))
            assert tells(held(*papers).tally, least=0) == known, papers


@given(st.lists(st.sampled_from(CLASSES), max_size=12), st.integers(0, 12))
def test_a_higher_threshold_never_shows_more(papers, least):
    tally = held(*papers).tally
    assert tells(tally, least=least) <= tells(tally, least=least + 1)
