"""No more letters, in one step and without a reason: at a counter, or with the code on a letter, without an account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.core.identity import eighteen
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.refused import Refused
from chengnuo.outreach.internal.refusing import keep, whom
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
        found = Letter.objects.filter(code_index=code_index(code)).first()
        resident = whom(found) if found else b""
        if not resident:  # on no letter; or on one so old that nothing leads to its person any more
            raise NoSuchLetter
        keep(a, resident)


def at_counter(*, identity: str, by: Actor, at: datetime, key: UUID) -> None:
    """Whether the number was known, and whether a letter was on its way, the officer does not learn. Raises NoNumber."""
    with act("no_contact.at_counter/1", by=by, at=at, key=key, said={"identity": identity}) as a:
        a.permit()
        number = eighteen("".join(identity.split()))
        if not number:
            raise NoNumber
        keep(a, index_of(number))
