"""Chance that is the same on every machine, for every order and in any pieces: each draw is reckoned from the seed, the question
and the number of whoever it is about, in whole numbers (SplitMix64). No generator has to be carried along.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Truths = NDArray[np.bool_]
Bits = NDArray[np.uint64]

STEP, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
HALF = np.uint64(32)
PER_MILLE = 1000
MEMBERS = 8


class Draws:
    """For subjects by their numbers (0 or more), one draw a subject and question."""

    def __init__(self, seed: int, numbers: Whole) -> None:
        self._seed, self.numbers = seed, numbers
        self._spread: Bits = numbers.astype(np.uint64) * np.uint64(STEP)

    def below(self, question: str, limit: int | Whole) -> Whole:
        """From 0 to less than `limit`, which is 1 to 2**31."""
        ends = np.uint64(limit) if isinstance(limit, int) else limit.astype(np.uint64)
        found = (self._bits(question) >> HALF) * ends
        return (found >> HALF).view(np.int64)

    def between(self, question: str, low: int | Whole, high: int | Whole) -> Whole:
        """From `low` to `high`, both counted."""
        return self.below(question, high - low + 1) + low

    def chance(self, question: str, per_mille: int | Whole) -> Truths:
        """True for so many of a thousand."""
        return self.below(question, PER_MILLE) < per_mille

    def one_of(self, question: str, weights: Sequence[int]) -> Whole:
        """The place of one of the weights, each as often as it weighs."""
        ends = np.cumsum(np.asarray(weights, dtype=np.int64))
        return np.searchsorted(ends, self.below(question, int(ends[-1])), side="right").astype(np.int64)

    def of(self, rows: Whole, member: Whole) -> Draws:
        """For members of these subjects, each subject at `rows`, with at most eight members."""
        return Draws(self._seed, self.numbers[rows] * MEMBERS + member)

    def twice(self) -> Draws:
        """For wives, and after them for their husbands, who are two members later."""
        return Draws(self._seed, np.concatenate([self.numbers, self.numbers + 2]))

    def _bits(self, question: str) -> Bits:
        name = hashlib.blake2b(f"{self._seed} {question}".encode(), digest_size=8).digest()
        bits = self._spread + np.uint64(int.from_bytes(name, "little"))
        bits ^= bits >> np.uint64(30)
        bits *= np.uint64(FIRST)
        bits ^= bits >> np.uint64(27)
        bits *= np.uint64(SECOND)
        bits ^= bits >> np.uint64(31)
        return bits
