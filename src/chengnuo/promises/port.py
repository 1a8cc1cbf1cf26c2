"""What promises answers for foundation: the duties that follow a move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from chengnuo.core.lifecycle import Move
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.models.noun import Noun
from chengnuo.foundation.outbox import Task
from chengnuo.promises.operations import duties
from chengnuo.promises.operations.duties import Owing


class DutyPort:
    """Bound to `foundation.ports.Duties`; works inside the act's own transaction."""

    def moved(self, *, move: Move, nouns: Sequence[Noun], by: Actor, at: datetime) -> None:
        subjects, owing = [noun.pk for noun in nouns], cast("Sequence[Owing]", nouns)
        if move.ends:
            duties.end(kinds=move.ends, subjects=subjects, at=at)
        if move.discharges:
            duties.discharge(kinds=move.discharges, subjects=subjects, at=at)
        if move.pauses:
            duties.pause_all(kinds=move.pauses, nouns=owing, by=by, at=at)
        if move.resumes:
            duties.resume(kinds=move.resumes, subjects=subjects, at=at)
        if move.opens:
            duties.open_all(kinds=move.opens, nouns=owing, at=at)


def announced(task: Task) -> None:
    """Hears of a notice of holidays: what runs through its year is computed again."""
    duties.announce(int(task.payload["year"]))
