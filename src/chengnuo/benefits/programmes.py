"""The programmes that are claimed: what is stated for one of them, and why nothing may follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from chengnuo.core.messages import N_
from chengnuo.core.rules import Programme
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.policies.programmes import programmes

Facts = Mapping[str, Any]


class NotAStatement(Refused):
    code = "not-a-statement"
    sentence = N_("What was stated for this claim cannot be read, or is about somebody else.")
    remedy = N_("Answer the questions of this programme again, for one person.")


class NoLawYet(Refused):
    code = "no-law-yet"
    sentence = N_("The law of that year is not held here.")
    remedy = N_("Claim for a year in which the programme is in force.")


def programme_of(key: str) -> type[Programme]:
    """Raises NotHere."""
    return NotHere.unless(_by_key().get(key))


@cache
def _by_key() -> Mapping[str, type[Programme]]:
    return {each.words.key: each for each in programmes()}
