"""Whether two entries are one person: an officer decides each pair, and whoever erred takes it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import Refused
from chengnuo.people import queries as people
from chengnuo.people.models import Office
from chengnuo.registers.lifecycle import PAIR, SAME
from chengnuo.registers.models import Pair


class NotOfThePair(Refused):
    code = "not-of-the-pair"
    sentence = N_("It is not said which of the two entries counts from now on.")
    remedy = N_("Choose the one with the right number.")


class GaveWay(Refused):
    code = "gave-way"
    sentence = N_("The entry that is to count has itself given way to another one.")
    remedy = N_("Choose the other entry; or first take back the decision by which this one gave way.")


def join(*, pair: UUID, keeps: str, by: Actor, at: datetime, key: UUID) -> Pair:
    """One person: the entry `keeps` counts, the other one no longer. Nothing of it is thrown away. Raises MoveRefused, NotOfThePair, GaveWay."""
    with act("pair.join/1", by=by, at=at, key=key, said={"pair": pair, "keeps": keeps}) as a:
        found = a.take(Pair, pair)
        if PAIR.join.objection(found.status, found, at) is not None:
            return a.move(found, PAIR.join)  # raises, with the reason
        others = {str(found.first): found.second, str(found.second): found.first}
        if keeps not in others:
            raise NotOfThePair
        # one decision after another: of people joined in a ring nobody would count any more
        list(Office.objects.select_for_update(no_key=True).filter(pk=found.office_id).values_list("pk"))
        if Pair.objects.filter(status=SAME, gives_way=keeps).exists():
            raise GaveWay
        return a.move(found, PAIR.join, gives_way=others[keeps], decided_by_id=people.post_at(found.office_id, by))


def part(*, pair: UUID, by: Actor, at: datetime, key: UUID) -> Pair:
    """Two people."""
    with act("pair.part/1", by=by, at=at, key=key, said={"pair": pair}) as a:
        found = a.take(Pair, pair)
        return a.move(found, PAIR.part, decided_by_id=people.post_at(found.office_id, by))


def undo(*, pair: UUID, by: Actor, at: datetime, key: UUID) -> Pair:
    """Takes a decision back: both count, and it is decided anew."""
    with act("pair.undo/1", by=by, at=at, key=key, said={"pair": pair}) as a:
        return a.move(a.take(Pair, pair), PAIR.undo, gives_way=None, decided_by_id=None)
