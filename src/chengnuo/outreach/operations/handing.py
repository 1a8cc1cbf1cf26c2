"""One letter in the hands of its contact: taken along, and what became of it. Five outcomes, no words, two attempts at most."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import Move
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.outreach.internal.refusing import count, note, on_their_way, whom
from chengnuo.outreach.lifecycle import LETTER, OPEN_LETTERS
from chengnuo.outreach.models import Letter, Outcome
from chengnuo.policies.loader import parameters


class TooSoon(Refused):
    code = "tried-too-soon"
    sentence = N_("Nobody was found the last time, and that was not long enough ago to try again.")
    remedy = N_("The letter is offered once more when it is time. Was it handed over or posted? Say that.")


MOVES: dict[str, Move] = {Outcome.GIVEN: LETTER.deliver, Outcome.POSTED: LETTER.deliver}


def carry(*, letter: UUID, by: Actor, at: datetime, key: UUID) -> Letter:
    """It is printed and taken along: the next one may be looked at. It stays owed."""
    with act("letter.carry/1", by=by, at=at, key=key, said={"letter": letter}) as a:
        return a.move(a.take(Letter, letter), LETTER.carry)


def record(*, letter: UUID, outcome: str, by: Actor, at: datetime, key: UUID) -> Letter:
    """What became of it. Whoever was not met is tried once more some days later, and then never again.

    Raises NotHere, TooSoon, MoveRefused, TooManySaid.
    """
    with act("letter.record/1", by=by, at=at, key=key, said={"letter": letter, "outcome": outcome}) as a:
        if outcome not in Outcome.values:
            raise NotHere
        if outcome == Outcome.NO_CONTACT:
            return _declined(a, letter)
        found = a.take(Letter, letter)
        tried, on = found.contacts + 1, local_date(at)
        if outcome == Outcome.NOT_FOUND and found.again_from and on < found.again_from:
            raise TooSoon
        if outcome == Outcome.NOT_FOUND and tried < parameters().whole("outreach.attempts", on):
            again = on + timedelta(days=parameters().whole("outreach.again_after", on))
            return a.move(found, LETTER.try_again, outcome=outcome, contacts=tried, again_from=again)
        move = MOVES.get(outcome, LETTER.end)
        return a.move(found, move, outcome=outcome, contacts=tried, person=None, award=None, ended_on=on)


def _declined(a: Act, letter: UUID) -> Letter:
    """With whatever else is on its way to the same person, in as many statements as for one."""
    a.permit()
    mine = Letter.objects.filter(gate.scope(a.by, a.action), pk=letter, status__in=OPEN_LETTERS).first()
    if mine is None:
        raise NotHere
    resident = whom(mine)
    count(a, resident)
    held = list(on_their_way(resident).select_for_update())
    found = next((each for each in held if each.pk == letter), None)
    if found is None:
        raise NotHere
    said = {"outcome": Outcome.NO_CONTACT, "contacts": found.contacts + 1, "person": None, "award": None}
    a.move_all(held, LETTER.decline, **said, ended_on=local_date(a.at))
    note(a, resident)
    return found
