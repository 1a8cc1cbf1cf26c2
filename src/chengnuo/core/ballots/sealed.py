"""Ballots on a screen: what is sealed, always equally long, and whether the counts that trustees bring back fit what they were given.

Nothing here seals, opens or signs. The key is with trustees, off the server; `tools/open_ballots.py` reads these bytes and writes these
counts, and a test keeps the two alike. Layout of a ballot: mark (16 bytes), digest of what is voted on (32), chance (16), one byte of 0
or 1 a candidate in the order of the call, 0 to the end (64). No law provides for it: 村民委员会组织法 (2018) knows paper only. A group
may choose it for its own affairs; it is confidential, and not secret by proof.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from chengnuo.core.ballots.count import CountError, Paper, Tally
from chengnuo.core.log import canonical

MARK = b"chengnuo.ballot\1"
DIGEST, CHANCE, MOST_CANDIDATES = 32, 16, 64
LENGTH = len(MARK) + DIGEST + CHANCE + MOST_CANDIDATES
SEAL = 48  # what a sealed box adds: an ephemeral public key of 32 bytes, a tag of 16
SEALED_LENGTH = LENGTH + SEAL  # of every one, so that its length tells nothing
MANY = 1_000_000  # no election has so many
COUNTS = "chengnuo.counts/1"
SAID = ("of", "ballots", "handed_in", "refused", "votes", "blank", "spoiled")


class Misshapen(ValueError):
    """What cannot be sealed as a ballot; the message says why."""


@dataclass(frozen=True)
class Sealing:
    """What is voted on, and under which key. `box`, `signs`: the trustees' public keys, hexadecimal; `least`: fewer are not opened."""

    election: str
    round: int
    candidates: tuple[str, ...]
    seats: int
    least: int
    box: str
    signs: str

    def __post_init__(self) -> None:
        known = set(self.candidates)
        if not (0 < len(known) == len(self.candidates) <= MOST_CANDIDATES and "".join(known).isascii()):
            raise Misshapen(
                f"From 1 to {MOST_CANDIDATES} candidates stand, each once, by a number or another plain mark."
            )

    def call(self) -> dict[str, Any]:
        """What the trustees are given, and what the digest is taken of."""
        said = {name: value for name, value in vars(self).items() if name != "candidates"}
        return {"schema": "chengnuo.call/1", "candidates": list(self.candidates), **said}

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(canonical(self.call())).digest()


def plain(sealing: Sealing, paper: Paper, chance: bytes) -> bytes:
    """What a browser or a desk seals. Too many marks are sealed as well: who spoils a ballot does so unseen. Raises Misshapen."""
    if len(chance) != CHANCE:
        raise Misshapen(f"Chance is {CHANCE} bytes.")
    if not paper <= set(sealing.candidates):
        raise Misshapen("A ballot marks somebody who does not stand.")
    marks = bytes(name in paper for name in sealing.candidates)
    return MARK + sealing.digest + chance + marks.ljust(MOST_CANDIDATES, b"\0")


def digest_of_all(sealed: Iterable[bytes]) -> str:
    """Of so many sealed ballots whatever their order: what members compare with the sheet before the trustees open them."""
    each = sorted(hashlib.sha256(ballot).digest() for ballot in sealed)
    return hashlib.sha256(b"".join(each)).hexdigest()


@dataclass(frozen=True)
class Counts:
    """What the trustees' tool prints. `of`: digest of the call; `ballots`: of all that were handed in; `refused`: how many, by reason."""

    of: str
    ballots: str
    handed_in: int
    refused: dict[str, int]
    votes: dict[str, int]
    blank: int
    spoiled: int
    signature: str

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Counts:
        """Raises Misshapen when it is no file of counts."""
        if said.get("schema") != COUNTS or set(said) != {"schema", "signature", *SAID}:
            raise Misshapen("This is no file of counts.")
        refused, votes = said["refused"], said["votes"]
        if not (isinstance(refused, dict) and isinstance(votes, dict) and "".join([*refused, *votes]).isascii()):
            raise Misshapen("This is no file of counts.")
        numbers = (said["handed_in"], said["blank"], said["spoiled"], *refused.values(), *votes.values())
        texts = (said["of"], said["ballots"], said["signature"])
        if not all(type(each) is int and 0 <= each < MANY for each in numbers) or {*map(type, texts)} != {str}:
            raise Misshapen("This is no file of counts.")
        return cls(**{name: said[name] for name in said if name != "schema"})

    def text(self) -> bytes:
        """What the signature is made of."""
        return canonical({"schema": COUNTS, **{name: getattr(self, name) for name in SAID}})

    @property
    def opened(self) -> int:
        return self.handed_in - sum(self.refused.values())

    def tally(self) -> Tally:
        """Raises CountError where the sums cannot be."""
        return Tally(self.votes, self.blank, self.spoiled, self.opened)


class Odd(StrEnum):
    """What does not fit in counts that came back."""

    NOT_SIGNED = "not-signed"
    OTHER_CALL = "other-call"
    OTHER_BALLOTS = "other-ballots"
    OTHER_CANDIDATES = "other-candidates"
    TOO_FEW = "too-few"
    DOES_NOT_ADD_UP = "does-not-add-up"


def odd(counts: Counts, sealing: Sealing, sealed: list[bytes], signed: Callable[[bytes, str], bool]) -> tuple[Odd, ...]:
    """Everything that does not fit; nothing where the counts may be taken. `signed`: whether the trustees signed such a text so."""
    asked = [
        (not signed(counts.text(), counts.signature), Odd.NOT_SIGNED),
        (counts.of != sealing.digest.hex(), Odd.OTHER_CALL),
        (counts.ballots != digest_of_all(sealed) or counts.handed_in != len(sealed), Odd.OTHER_BALLOTS),
        (set(counts.votes) != set(sealing.candidates), Odd.OTHER_CANDIDATES),
        (counts.opened < sealing.least, Odd.TOO_FEW),
        (not _adds_up(counts, sealing.seats), Odd.DOES_NOT_ADD_UP),
    ]
    return tuple(what for is_so, what in asked if is_so)


def _adds_up(counts: Counts, seats: int) -> bool:
    try:
        tally = counts.tally()
    except CountError:
        return False
    return sum(tally.votes.values()) <= seats * (tally.good - tally.blank)
