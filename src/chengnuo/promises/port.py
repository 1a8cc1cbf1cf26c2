"""What promises answers for foundation: the duties that follow a move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from chengnuo.core.lifecycle import Move
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.models.noun import Noun
from chengnuo.promises.operations import duties
from chengnuo.promises.operations.duties import Owing


class DutyPort:
    """Bound to `foundation.ports.Duties`; works inside the act's own transaction."""

    def moved(self, *, move: Move, nouns: Sequence[Noun], by: Actor, at: datetime) -> None:
        if move.ends:
            duties.end(kinds=move.ends, subjects=[noun.pk for noun in nouns], at=at)
        if move.discharges:
            duties.discharge(kinds=move.discharges, subjects=[noun.pk for noun in nouns], at=at)
        for noun in cast("Sequence[Owing]", nouns):
            if move.pauses:
                duties.pause(kinds=move.pauses, noun=noun, by=by, at=at)
            if move.resumes:
                duties.resume(kinds=move.resumes, subject=noun.pk, at=at)
            for kind in move.opens:
                duties.open_duty(kind=kind, noun=noun, at=at)
