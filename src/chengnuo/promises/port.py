"""What promises answers for foundation: the duties that follow a move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from chengnuo.core.lifecycle import Move
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.models.noun import Noun
from chengnuo.foundation.models.outbox import Errand
from chengnuo.promises import queries
from chengnuo.promises.operations import clocks, duties
from chengnuo.promises.operations.clocks import Pausing
from chengnuo.promises.operations.duties import Owing


class DutyPort:
    """Bound to `foundation.ports.Duties`; works inside the act's own transaction."""

    def moved(self, *, move: Move, nouns: Sequence[Noun], by: Actor, at: datetime) -> None:
        subjects = [noun.pk for noun in nouns]
        if move.ends:
            duties.end(kinds=move.ends, subjects=subjects, at=at)
        if move.discharges:
            duties.discharge(kinds=move.discharges, subjects=subjects, at=at)
        if move.breaks:
            duties.break_off(kinds=move.breaks, subjects=subjects, at=at)
        if move.pauses:
            clocks.pause_all(kinds=move.pauses, nouns=cast("Sequence[Pausing]", nouns), by=by, at=at)
        if move.resumes:
            clocks.resume(kinds=move.resumes, subjects=subjects, at=at)
        if move.opens:
            duties.open_all(kinds=move.opens, nouns=cast("Sequence[Owing]", nouns), at=at)


def announced(errand: Errand, at: datetime) -> None:
    """Hears of a notice of holidays: what runs through its year is computed again, an errand for each so many duties."""
    if more := clocks.announce(*queries.reach(errand), at=at):
        outbox.put(queries.GOES_ON, errand.payload | {"after": str(more)}, at)
