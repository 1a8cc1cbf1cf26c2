"""Whole elections of small groups, each reckoned by hand on paper first: what comes next, what it asks, who has which seat in the end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chengnuo.core.ballots.count import CountError, Need, Of, Outcome, Rule, count
from chengnuo.core.ballots.papers import Box, Papers, Way, Wrong, faults
from chengnuo.core.ballots.published import To, shown, tells
from chengnuo.core.ballots.rounds import Election, Kind, Rules
from chengnuo.core.ballots.shares import parse

HALF, THIRD = parse("> 1/2"), parse(">= 1/3")
LAW = Rules(
    first=Rule(HALF, Need(HALF, Of.CAST)),
    run_off=Rule(HALF, None),
    further=Rule(None, Need(THIRD, Of.CAST)),
    extra=1,
    most=5,
)


def election(candidates: str, seats: int, roll: int, rules: Rules = LAW) -> Election:
    return Election.of(tuple(candidates), seats=seats, roll=roll, rules=rules)


def papers(said: str) -> list[frozenset[str]]:
    """`7ab 2- 1abc`: seven papers mark a and b, two are blank, one marks three."""
    made = []
    for word in said.split():
        marks = word.lstrip("0123456789")
        made += [frozenset(marks.strip("-"))] * int(word.removesuffix(marks))
    return made


def after(now: Election, *rounds: str) -> Election:
    for said in rounds:
        now = now.held(count([papers(said)], now.next.candidates, now.next.seats))
    return now


def told(now: Election) -> list[str]:
    """Each round: its kind, who stood, for how many seats, and what came of it."""
    return [
        f"{each.call.kind} {''.join(each.call.candidates)}/{each.call.seats} {each.result.outcome} {''.join(each.result.elected)}".rstrip()
        for each in now.rounds
    ]


def test_five_families_and_a_seat():
    """Three of five are more than half of the roll and of the papers: two votes of three papers are enough."""
    done = after(election("ab", 1, 5), "2a 1b")
    assert (told(done), done.next) == (["first ab/1 elected a"], None)


def test_half_of_the_roll_is_no_quorum_and_one_more_is():
    assert told(after(election("ab", 1, 6), "3a")) == ["first ab/1 no-quorum"]
    assert told(after(election("ab", 1, 6), "3a 1b")) == ["first ab/1 elected a"]


def test_blank_and_spoiled_papers_came_and_weigh_against_everybody():
    """Ten came: five votes are not more than half of them, though they are of the eight that say a name."""
    assert told(after(election("ab", 1, 12), "5a 3b 1- 1ab")) == ["first ab/1 shortfall"]
    good = replace(LAW, first=Rule(HALF, Need(HALF, Of.GOOD)))
    assert told(after(election("ab", 1, 12, good), "5a 3b 1- 1ab")) == ["first ab/1 elected a"]
    assert told(after(election("ab", 1, 12, good), "5a 3b 2- 0ab")) == ["first ab/1 shortfall"], "a blank paper is good"


def test_of_the_roll_is_another_whole():
    roll = replace(LAW, first=Rule(HALF, Need(HALF, Of.ROLL)))
    assert told(after(election("ab", 1, 12, roll), "6a 2b")) == ["first ab/1 shortfall"]
    assert told(after(election("ab", 1, 12, roll), "7a")) == ["first ab/1 elected a"]


def test_three_seats_filled_at_once():
    """a and b have 20 of 30, d 17; c with 12 and e with 9 have not more than half."""
    assert told(after(election("abcxz", 3, 30), "12abc 4abx 4axz 4bx 5xz 1-")) == ["first abcxz/3 elected abx"]


def test_three_seats_filled_in_three_rounds():
    """First a has 20 of 30 and b 16; c 12, d 12 and e 5 are not more than half. One seat is left, so two stand in the further round: c and d.
    Ten of thirty are a third, and both have fifteen: they stand again, and the most votes decide.
    """
    now = after(election("abcde", 3, 30), "12abc 4bad 4ad 4d 5e 1-", "15c 15d", "14c 16d")
    assert told(now) == ["first abcde/3 shortfall ab", "further cd/1 tie", "run-off cd/1 elected d"]
    assert (now.elected, now.vacant, now.next) == (("a", "b", "d"), 0, None)


def test_more_are_over_the_share_than_there_are_seats_and_the_most_votes_have_them():
    """Of ten: a and b have seven, c has six."""
    assert told(after(election("abc", 2, 10), "4ab 3ac 3bc")) == ["first abc/2 elected ab"]


def test_who_leads_is_elected_and_the_tie_is_about_what_is_left():
    """Of twelve: a has ten, b and c seven each."""
    now = after(election("abcd", 2, 12), "5ab 5ac 2bc", "7b 3c")
    assert told(now) == ["first abcd/2 tie a", "run-off bc/1 elected b"]
    assert (now.elected, now.vacant) == (("a", "b"), 0)


@pytest.mark.parametrize(
    ("extra", "standing"),
    [(0, "bc"), (1, "bcd"), (2, "bcde"), (9, "bcdef")],
)
def test_so_many_more_than_seats_stand_in_a_further_round(extra, standing):
    """Votes of b to f: 6, 5, 4, 3 and 0; two seats of three are left."""
    now = election("abcdef", 3, 20, replace(LAW, extra=extra))
    now = after(now, "6ab 5ac 4ad 3ae 2-")
    assert told(now) == ["first abcdef/3 shortfall a"]
    assert ("".join(now.next.candidates), now.next.seats, now.next.kind) == (standing, 2, Kind.FURTHER)


def test_a_third_is_reached_by_a_third():
    assert told(after(election("abc", 1, 12), "4a 4b 4c", "4a 3b 2c 3-"))[1] == "further abc/1 elected a"
    assert told(after(election("abc", 1, 13), "5a 4b 4c", "4a 3b 3c 3-"))[1] == "further abc/1 shortfall"


def test_a_run_off_without_a_quorum_is_held_again_as_a_run_off_of_the_same_two():
    now = after(election("abc", 1, 12), "6a 6b", "6a 6b", "3a 2b")
    assert told(now)[2] == "run-off ab/1 no-quorum"
    assert (now.next.kind, now.next.rule, now.next.candidates) == (Kind.AGAIN, LAW.run_off, ("a", "b"))
    assert told(after(now, "6a 1b"))[3] == "again ab/1 elected a"


def test_a_tie_of_three_for_two_seats_takes_the_three_along():
    now = after(election("abc", 2, 9), "3ab 3ac 3bc")
    assert told(now) == ["first abc/2 tie"]
    assert (now.next.candidates, now.next.seats) == (("a", "b", "c"), 2)
    assert after(now, "4ab 3ac 2b").elected == ("a", "b")


def test_nobody_is_elected_without_a_vote_whatever_the_rule():
    anyhow = replace(LAW, first=Rule(None, None))
    assert told(after(election("ab", 2, 5, anyhow), "3a")) == ["first ab/2 shortfall a"]
    assert told(after(election("ab", 1, 5, anyhow), "3-")) == ["first ab/1 shortfall"]
    assert told(after(election("ab", 1, 5, anyhow), "0-")) == ["first ab/1 shortfall"]


def test_the_last_round_that_the_rules_know_leaves_its_seat_free():
    twice = replace(LAW, most=2)
    now = after(election("abc", 1, 12, twice), "4a 4b 4c", "3a 3b 3c 3-")
    assert (now.next, now.vacant, now.elected) == (None, 1, ())
    with pytest.raises(CountError, match="No other round"):
        now.held(now.rounds[0].tally)


def test_more_papers_than_people_are_no_election():
    with pytest.raises(CountError, match="more papers"):
        after(election("ab", 1, 3), "3a 1b")


# the papers of a round, from the issue to the count


def test_a_day_with_a_booth_a_box_and_two_envelopes():
    """Twenty families: eighteen took a paper, one of them a second one for the first that was spoiled; one never came back."""
    day = Papers(
        took=18,
        issued=19,
        spoiled=1,
        unreturned=1,
        boxes=(Box(Way.BOOTH, 12), Box(Way.MOBILE, 3, True, 3), Box(Way.ENVELOPE, 2, True)),
    )
    assert (day.returned, faults(day, least_supervisors=3, counted=17)) == (17, ())
    assert [each.wrong for each in faults(day, least_supervisors=4, counted=17)] == [Wrong.FEW_SUPERVISORS]
    one_more = replace(day, boxes=(Box(Way.BOOTH, 15), *day.boxes[1:]))
    assert [each.wrong for each in faults(one_more, least_supervisors=3, counted=20)] == [
        Wrong.MORE_THAN_ISSUED,
        Wrong.DOES_NOT_ADD_UP,
    ]
    as_many = replace(day, boxes=(Box(Way.BOOTH, 14), *day.boxes[1:]))
    assert not any(each.voids for each in faults(as_many, least_supervisors=3)), "as many as were issued let it stand"


def test_what_is_wrong_comes_the_gravest_first():
    worst = Papers(1, 2, 0, 0, (Box(Way.MOBILE, 3, False, 1),))
    assert [each.wrong for each in faults(worst, least_supervisors=3, counted=2)] == list(Wrong)


def test_an_unmixed_box_is_counted_by_nobody():
    """Its papers add up, and none of them is returned: a count that has read them is of other papers."""
    day = Papers(4, 4, 0, 0, (Box(Way.BOOTH, 3), Box(Way.ENVELOPE, 1)))
    found = {each.wrong: (each.expected, each.found) for each in faults(day, least_supervisors=3, counted=4)}
    assert found == {Wrong.NOT_MIXED: (0, 1), Wrong.COUNTED_OTHERWISE: (3, 4)}


# what may be said of it


@pytest.mark.parametrize(
    ("said", "is_told"),
    [("12a", True), ("11a 1b", True), ("10a 2b", False), ("10a 1b 1-", False), ("11- 1a", True), ("6a 6b", False)],
)
def test_unanimous_but_for_one_is_said_without_numbers(said, is_told):
    held = after(election("ab", 1, 12), said).rounds[0]
    assert tells(held.tally, least=3) is is_told
    found = shown(held, to=To.MEMBERS, least=3)
    assert (found.sums is None) is is_told
    assert found.outcome is held.result.outcome


def test_with_two_seats_a_name_that_all_but_one_mark_tells_them_too():
    now = after(election("abc", 2, 10), "5ab 4ac 1bc")
    assert tells(now.rounds[0].tally, least=3)
    assert not tells(after(election("abc", 2, 10), "4ab 4ac 2bc").rounds[0].tally, least=3)


@pytest.mark.parametrize(
    ("said", "outcome", "has_quorum", "has_majority"),
    [("5a", Outcome.NO_QUORUM, False, False), ("4a 4b 4-", Outcome.SHORTFALL, True, False), ("8a 4b", Outcome.ELECTED, True, True)],
)  # fmt: skip
def test_outsiders_learn_what_came_of_it_and_no_sum(said, outcome, has_quorum, has_majority):
    found = shown(after(election("ab", 1, 12), said).rounds[0], to=To.ALL, least=3)
    assert (found.outcome, found.has_quorum, found.has_majority, found.sums) == (
        outcome,
        has_quorum,
        has_majority,
        None,
    )


def test_a_tie_has_its_majority_and_nobody_yet():
    found = shown(after(election("ab", 1, 12), "6a 6b", "6a 6b").rounds[1], to=To.ALL, least=3)
    assert (found.outcome, found.elected, found.has_majority) == (Outcome.TIE, (), True)
