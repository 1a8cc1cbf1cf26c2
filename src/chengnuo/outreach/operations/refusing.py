"""No more letters, or letters again, in one step and without a reason: at a counter, or with the code on a letter, without an account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.core.identity import eighteen
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import Refused
from chengnuo.outreach.internal.refusing import count, keep, lift, whom
from chengnuo.outreach.internal.writing import code_index
from chengnuo.outreach.models import Letter
from chengnuo.registers.queries import index_of


class NoSuchLetter(Refused):
    code = "no-such-letter"
    sentence = N_("This code is on no letter.")
    remedy = N_("Read the twelve digits on your letter once more, or say it at any counter.")


class NoNumber(Refused):
    code = "no-number"
    sentence = N_("This is no identity number: it has 18 characters, and the last one fits the others.")
    remedy = N_("Read it once more from the card.")


def by_code(*, code: str, by: Actor, at: datetime, key: UUID) -> None:
    """Whoever has the letter has its code. Raises NoSuchLetter."""
    with act("no_contact.by_code/1", by=by, at=at, key=key, said={"code": code}) as a:
        a.permit()
        keep(a, _with_code(code))


def at_counter(*, identity: str, by: Actor, at: datetime, key: UUID) -> None:
    """Whether the number was known, and whether a letter was on its way, the officer does not learn. Raises NoNumber, TooManySaid."""
    with act("no_contact.at_counter/1", by=by, at=at, key=key, said={"identity": identity}) as a:
        a.permit()
        resident = _with_number(identity)
        count(a, resident)
        keep(a, resident)


def again_by_code(*, code: str, by: Actor, at: datetime, key: UUID) -> None:
    """Takes it back with the same code. Raises NoSuchLetter."""
    with act("no_contact.again_by_code/1", by=by, at=at, key=key, said={"code": code}) as a:
        a.permit()
        lift(a, _with_code(code))


def again_at_counter(*, identity: str, by: Actor, at: datetime, key: UUID) -> None:
    """The same at a counter. The officer does not learn whether there was anything to take back. Raises NoNumber, TooManySaid."""
    with act("no_contact.again_at_counter/1", by=by, at=at, key=key, said={"identity": identity}) as a:
        a.permit()
        resident = _with_number(identity)
        count(a, resident)
        lift(a, resident)


def _with_code(code: str) -> bytes:
    found = Letter.objects.filter(code_index=code_index(code)).first()
    resident = whom(found) if found else b""
    if not resident:  # on no letter; or on one so old that nothing leads to its person any more
        raise NoSuchLetter
    return resident


def _with_number(identity: str) -> bytes:
    number = eighteen("".join(identity.split()))
    if not number:
        raise NoNumber
    return index_of(number)
