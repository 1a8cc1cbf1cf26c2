"""The worker's chores: what follows from time alone. Each is safe to do twice, and none is needed for the truth of a page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from chengnuo.cases import queries as cases
from chengnuo.cases.operations.answer import lapse
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import system
from chengnuo.promises.operations.escalation import escalate_due

logger = logging.getLogger("chengnuo.worker")

Chore = Callable[[datetime], int]
NAME = "worker"


def escalate(now: datetime) -> int:
    """Tells the next level of what is late."""
    return escalate_due(at=now)


def close_silent(now: datetime) -> int:
    """Counts silence as silence where the time for an answer has run out."""
    silent = cases.waiting_for_a_word(now)
    if not silent:
        return 0
    key = uuid5(NAMESPACE_URL, "lapse " + " ".join(map(str, silent)))
    return lapse(cases=silent, by=system(), at=now, key=key)


def drain(now: datetime) -> int:
    """Does what acts have left to be done."""
    return outbox.drain(now, NAME).tried


CHORES: tuple[Chore, ...] = (escalate, close_silent, drain)


def round_of_chores(now: datetime) -> int:
    """Every chore once; one that fails is logged and does not keep the others from their work. Returns how much was done."""
    done = 0
    for chore in CHORES:
        try:
            done += chore(now)
        except Exception:
            logger.exception("the chore %s failed; it is tried again in the next round", chore.__name__)
    return done
