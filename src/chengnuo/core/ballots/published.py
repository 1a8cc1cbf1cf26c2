"""What may be said of a round: whether there was a quorum and a majority and who is elected, to all; sums, to members, if none tells a vote.

Where nearly all papers say the same, each of them is known; and of a few papers each is guessed. 村民委员会组织法 (2018), art. 15, has
the result announced at once where the papers are counted; which sums outsiders are told is not confirmed, so they are told none.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.core.ballots.count import Outcome, Tally
from chengnuo.core.ballots.rounds import Round


class To(StrEnum):
    """To whom it is shown."""

    MEMBERS = "members"
    ALL = "all"


@dataclass(frozen=True)
class Shown:
    """`sums`: None where they would tell how somebody voted, or are not for whom it is shown to."""

    outcome: Outcome
    elected: tuple[str, ...]
    has_quorum: bool
    has_majority: bool
    sums: Tally | None


def shown(held: Round, *, to: To, least: int) -> Shown:
    """`least`: with fewer papers no sum is shown, to nobody."""
    found = held.result
    has_quorum = found.outcome is not Outcome.NO_QUORUM
    has_majority = has_quorum and found.outcome is not Outcome.SHORTFALL
    sums = held.tally if to is To.MEMBERS and not tells(held.tally, least=least) else None
    return Shown(found.outcome, tuple(sorted(found.elected)), has_quorum, has_majority, sums)


def tells(tally: Tally, *, least: int) -> bool:
    """Whether the sums tell somebody how another voted.

    Also where one paper alone differs: whoever put it in knows all others.
    """
    alike = max(tally.blank, tally.spoiled, *tally.votes.values())
    return tally.cast < least or alike >= tally.cast - 1
