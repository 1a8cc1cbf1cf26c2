"""Papers add up, or what is wrong is named; more than were issued void the round."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.ballots.papers import Box, Fault, Papers, Way, Wrong, faults

BOOTH, MOBILE, POST = (
    Box(Way.BOOTH, 6),
    Box(Way.MOBILE, 3, is_mixed=True, supervisors=3),
    Box(Way.ENVELOPE, 2, is_mixed=True),
)
GOOD = Papers(took=13, issued=14, spoiled=1, unreturned=2, boxes=(BOOTH, MOBILE, POST))


def wrong(papers: Papers, **more) -> dict[Wrong, tuple[int, int]]:
    return {each.wrong: (each.expected, each.found) for each in faults(papers, least_supervisors=3, **more)}


def test_papers_that_add_up_have_no_fault():
    assert wrong(GOOD, counted=11) == {}
    assert (GOOD.returned, GOOD.waiting) == (11, 0)


@pytest.mark.parametrize("way", [Way.MOBILE, Way.ENVELOPE])
def test_what_could_still_be_told_from_the_rest_is_not_returned(way):
    apart = replace(GOOD, boxes=(BOOTH, MOBILE, Box(way, 2, supervisors=3)))
    assert (apart.returned, apart.waiting) == (9, 2)
    assert wrong(apart) == {Wrong.NOT_MIXED: (0, 2)}


def test_an_empty_box_needs_no_mixing_and_no_company():
    assert wrong(replace(GOOD, boxes=(BOOTH, MOBILE, POST, Box(Way.MOBILE, 0)))) == {}


def test_a_mobile_box_goes_with_three():
    few = replace(GOOD, boxes=(BOOTH, replace(MOBILE, supervisors=2), POST))
    assert wrong(few) == {Wrong.FEW_SUPERVISORS: (3, 2)}
    # set aside unopened, its papers are among those that did not come back
    assert wrong(replace(GOOD, boxes=(BOOTH, POST), unreturned=5)) == {}


def test_who_took_one_is_issued_one():
    assert wrong(replace(GOOD, took=12)) == {Wrong.NOT_ONE_EACH: (12, 13)}


def test_a_count_of_other_papers_is_named():
    assert wrong(GOOD, counted=10) == {Wrong.COUNTED_OTHERWISE: (11, 10)}
    assert wrong(GOOD, counted=0) == {Wrong.COUNTED_OTHERWISE: (11, 0)}


def test_a_paper_less_is_no_void():
    found = faults(replace(GOOD, unreturned=1), least_supervisors=3)
    assert found == (Fault(Wrong.DOES_NOT_ADD_UP, 14, 13),)
    assert not found[0].voids


@pytest.mark.parametrize("is_mixed", [True, False])
def test_more_than_were_issued_void_it_before_they_are_mixed_too(is_mixed):
    stuffed = replace(GOOD, boxes=(Box(Way.BOOTH, 10), Box(Way.ENVELOPE, 5, is_mixed=is_mixed)))
    first = faults(stuffed, least_supervisors=3)[0]
    assert first == Fault(Wrong.MORE_THAN_ISSUED, 14, 15)
    assert first.voids


def test_papers_are_counted_from_nought():
    with pytest.raises(ValueError, match="from 0"):
        replace(GOOD, unreturned=-1)
    with pytest.raises(ValueError, match="from 0"):
        replace(GOOD, boxes=(Box(Way.BOOTH, -1),))


boxes = st.builds(Box, st.sampled_from(Way), st.integers(0, 9), st.booleans(), st.integers(0, 4))
small = st.integers(0, 20)


@given(st.lists(boxes, max_size=4), small, small, small)
def test_what_is_named_is_so_and_what_is_so_is_named(some, spoiled, unreturned, issued):
    papers = Papers(max(issued - spoiled, 0), issued, spoiled, unreturned, tuple(some))
    found = faults(papers, least_supervisors=3)
    came = sum(box.papers for box in some)
    named = {each.wrong for each in found}
    assert (Wrong.MORE_THAN_ISSUED in named) == (came > issued) == any(each.voids for each in found)
    assert (Wrong.DOES_NOT_ADD_UP in named) == (came + spoiled + unreturned != issued)
    assert (Wrong.NOT_MIXED in named) == any(b.papers and not b.is_mixed and b.way is not Way.BOOTH for b in some)
    assert papers.returned + papers.waiting == came


@given(st.lists(boxes, max_size=4), small, small)
def test_a_paper_that_slips_in_or_out_anywhere_is_seen(some, spoiled, unreturned):
    mixed = tuple(replace(box, is_mixed=True, supervisors=3) for box in some) or (BOOTH,)
    returned = sum(box.papers for box in mixed)
    whole = Papers(returned + unreturned, returned + unreturned + spoiled, spoiled, unreturned, mixed)
    assert not wrong(whole, counted=returned)
    more = replace(mixed[0], papers=mixed[0].papers + 1)
    for changed in ({"boxes": (more, *mixed[1:])}, {"spoiled": spoiled + 1}, {"unreturned": unreturned + 1},
                    {"issued": whole.issued + 1}, {"took": whole.took + 1}):  # fmt: skip
        assert wrong(replace(whole, **changed), counted=returned)
