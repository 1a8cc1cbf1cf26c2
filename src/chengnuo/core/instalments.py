"""What each is paid when only part of the money has arrived. Pure sums in fen; what is handed out is never more than there is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Order(StrEnum):
    """In which order a policy wants people to be paid."""

    EQUAL_SHARES = "equal_shares"
    BY_WAITING = "by_waiting"


def shares(owed: Sequence[int], *, available: int, total: int, paid_out: int, order: Order) -> list[int]:
    """What each of `owed` gets, in their order; they may be a part of all.

    `total`: what is owed to all; `paid_out`: what those before them got of `available`. Equal shares are rounded down to whole fen.
    """
    left, given = available - paid_out, []
    for each in owed:
        share = each * available // total if order is Order.EQUAL_SHARES and total > available else each
        given.append(max(0, min(share, each, left)))
        left -= given[-1]
    return given
