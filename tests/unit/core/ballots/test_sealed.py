"""Ballots on a screen: all equally long, and counts that come back are taken only if everything fits."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.core.ballots import sealed
from chengnuo.core.ballots.sealed import Counts, Misshapen, Odd, Sealing, digest_of_all, odd, plain

CALL = Sealing("e1", 1, ("a", "b", "c"), seats=1, least=3, box="00" * 32, signs="11" * 32)
CHANCE = bytes(range(16))
BALLOTS = [bytes([number]) * sealed.SEALED_LENGTH for number in range(6)]
GOOD = Counts(CALL.digest.hex(), digest_of_all(BALLOTS), 6, {"length": 1}, {"a": 2, "b": 1, "c": 0}, 1, 1, "signed")


def wrong(counts: Counts, call: Sealing = CALL, ballots=BALLOTS) -> set[Odd]:
    return set(odd(counts, call, ballots, lambda text, signature: text == counts.text() and signature == "signed"))


@given(st.integers(1, 64), st.data())
def test_every_ballot_is_equally_long_and_each_says_something_else(size, data):
    names = tuple(f"n{number}" for number in range(size))
    call = replace(CALL, candidates=names)
    one, other = (data.draw(st.frozensets(st.sampled_from(names))) for _ in range(2))
    assert len(plain(call, one, CHANCE)) == len(plain(call, other, CHANCE)) == sealed.LENGTH
    assert (plain(call, one, CHANCE) == plain(call, other, CHANCE)) == (one == other)


@pytest.mark.parametrize(
    "change", [{"round": 2}, {"election": "e2"}, {"candidates": ("b", "a", "c")}, {"seats": 2}, {"least": 2}, {"box": "22" * 32}]
)  # fmt: skip
def test_a_ballot_is_of_its_call_alone(change):
    assert plain(replace(CALL, **change), frozenset("a"), CHANCE) != plain(CALL, frozenset("a"), CHANCE)


def test_what_cannot_be_a_ballot_is_not_sealed():
    for marks, chance in ((frozenset("z"), CHANCE), (frozenset("a"), CHANCE[1:])):
        with pytest.raises(Misshapen):
            plain(CALL, marks, chance)


@pytest.mark.parametrize("names", [(), ("a", "a"), tuple(map(str, range(65))), ("名",)])
def test_what_cannot_be_a_call_is_none(names):
    with pytest.raises(Misshapen):
        replace(CALL, candidates=names)


def test_counts_that_fit_are_taken():
    assert wrong(GOOD) == set()
    assert wrong(GOOD, ballots=BALLOTS[::-1]) == set()
    assert GOOD.tally().cast == GOOD.opened == 5


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"signature": "forged"}, Odd.NOT_SIGNED),
        ({"of": "00" * 32}, Odd.OTHER_CALL),
        ({"ballots": "00" * 32}, Odd.OTHER_BALLOTS),
        ({"votes": {"a": 2, "b": 1, "z": 0}}, Odd.OTHER_CANDIDATES),
        ({"votes": {"a": 3, "b": 1, "c": 0}}, Odd.DOES_NOT_ADD_UP),
        ({"blank": 0}, Odd.DOES_NOT_ADD_UP),
        ({"refused": {"length": 0}}, Odd.DOES_NOT_ADD_UP),
    ],
)
def test_counts_that_do_not_fit_are_named(change, what):
    assert what in wrong(replace(GOOD, **change))


def test_another_set_of_ballots_is_seen():
    assert wrong(GOOD, ballots=BALLOTS[:-1]) == {Odd.OTHER_BALLOTS}
    assert wrong(GOOD, ballots=[*BALLOTS[:-1], b"x" * sealed.SEALED_LENGTH]) == {Odd.OTHER_BALLOTS}


def test_too_few_are_not_taken():
    few = replace(CALL, least=6)
    assert wrong(replace(GOOD, of=few.digest.hex()), few) == {Odd.TOO_FEW}


FILE = json.loads(GOOD.text()) | {"signature": "signed"}


def test_a_file_of_counts_is_read():
    assert Counts.read(FILE) == GOOD


@pytest.mark.parametrize(
    "change",
    [{"schema": "x"}, {"more": 1}, {"handed_in": -1}, {"handed_in": True}, {"blank": 1.0}, {"votes": ["a"]}, {"votes": {"a": "1"}},
     {"refused": {"名": 1}}, {"signature": None}, {"of": 1}, {"handed_in": 10**30}],
)  # fmt: skip
def test_what_is_no_file_of_counts_is_refused(change):
    with pytest.raises(Misshapen):
        Counts.read(FILE | change)
    with pytest.raises(Misshapen):
        Counts.read({name: value for name, value in FILE.items() if name != "blank"})
