"""What was paid above what is due is asked back by people: one proposes, another decides, the person is told and may object.

Nothing here is done by time or by a list, and nothing is ever taken from later money: what comes back is booked for itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from chengnuo.benefits.models import Award
from chengnuo.channels.operations import telling
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.ids import random_id
from chengnuo.foundation.models.outbox import Errand
from chengnuo.foundation.plain import plain
from chengnuo.foundation.refused import NotAllowed, Refused
from chengnuo.payments.internal import ledger
from chengnuo.payments.internal.overpaid import overpaid, still_over
from chengnuo.payments.lifecycle import RECOVERY
from chengnuo.payments.models import Book, Line, Recovery, Why
from chengnuo.payments.operations.funds import NoFinanceOffice
from chengnuo.people import queries as people
from chengnuo.policies.bank_files import bank_files
from chengnuo.policies.loader import parameters

# after which acts the person hears that something stands on their page
TOLD = ("recovery.decide/1", "recovery.keep/1", "recovery.waive/1")
MOST_MONTHS = 60


class NotOverpaid(Refused):
    code = "not-overpaid"
    sentence = N_("Not so much was paid above what is due.")
    remedy = N_("Look at the page of the award: it says what was paid and what is due, year by year.")


class NothingOpen(Refused):
    code = "nothing-open"
    sentence = N_("By what is due now, nothing was paid too much.")
    remedy = N_("Nothing is asked back: drop it, or waive it with this as the reason.")


class ReasonsNeeded(Refused):
    code = "recovery-needs-reasons"
    sentence = N_("Whoever is asked to pay back is told why.")
    remedy = N_("Write the reasons in plain words; the person reads them.")


class TooManyMonths(Refused):
    code = "too-many-months"
    sentence = N_("It is paid back at once or over 60 months at most.")
    remedy = N_("Write a number from 1 to 60; or waive it, with reasons.")


class MoreThanOpen(Refused):
    code = "more-than-open"
    sentence = N_("So much is not open any more.")
    remedy = N_("Write what has come; what is above it belongs to the person, and goes back.")


def propose(
    *, award: UUID, year: int, fen: int, why: str, reasons: str, by: Actor, at: datetime, key: UUID
) -> Recovery:
    """A named officer proposes that money is asked back. Raises NotOverpaid, ReasonsNeeded, NoFinanceOffice."""
    if not reasons.strip():
        raise ReasonsNeeded
    said = {"award": award, "year": year, "fen": fen, "why": why, "reasons": reasons}
    with act("recovery.propose/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Award, award, action="award.ask_back")
        payer = people.open_office(bank_files().payer)
        if payer is None:
            raise NoFinanceOffice
        if by.account is None:
            raise NotAllowed
        if not 0 < fen <= overpaid(found.pk, year):
            raise NotOverpaid
        made = Recovery(
            pk=random_id(),
            award=found,
            year=year,
            fen=fen,
            why=Why(why),
            reasons=plain(reasons),
            office_id=found.office_id,
            payer=payer,
            holder=people.head(found.office_id),
            proposed_by=by.account,
        )
        return a.make(made, RECOVERY.propose)


def decide(*, recovery: UUID, instalments: int, by: Actor, at: datetime, key: UUID) -> Recovery:
    """Another officer decides; the person is told the same day, and may object from then on. Raises TooManyMonths, NothingOpen."""
    today = local_date(at)
    until = today + timedelta(days=parameters().whole("payments.recovery_objection", today))
    with act("recovery.decide/1", by=by, at=at, key=key, said={"recovery": recovery, "instalments": instalments}) as a:
        found = a.take(Recovery, recovery)
        told = {"told_on": today, "object_by": until, "instalments": _months(instalments)} | _as_is_due(found)
        return a.move(found, RECOVERY.decide, decided_by=by.account, **told)


def drop(*, recovery: UUID, by: Actor, at: datetime, key: UUID) -> Recovery:
    """It is not asked back; the person never hears of it."""
    with act("recovery.drop/1", by=by, at=at, key=key, said={"recovery": recovery}) as a:
        return a.move(a.take(Recovery, recovery), RECOVERY.drop)


def object_to(*, recovery: UUID, words: str, by: Actor, at: datetime, key: UUID) -> Recovery:
    """The person objects, in their own words: nothing is asked of them until it is answered. Raises MoveRefused after the day."""
    with act("recovery.object/1", by=by, at=at, key=key, said={"recovery": recovery, "words": words}) as a:
        found = a.move(a.take(Recovery, recovery), RECOVERY.object)
        found.objection = words
        found.save(update_fields=["objection"])
        return found


def keep(*, recovery: UUID, answer: str, instalments: int, by: Actor, at: datetime, key: UUID) -> Recovery:
    """The objection is answered, and it is still asked back, perhaps over more months. Raises ReasonsNeeded, TooManyMonths,
    NothingOpen.
    """
    return _answered(recovery, "keep", answer, by=by, at=at, key=key, instalments=_months(instalments))


def waive(*, recovery: UUID, answer: str, by: Actor, at: datetime, key: UUID) -> Recovery:
    """What is still open is not asked back any more, with reasons. Raises ReasonsNeeded."""
    return _answered(recovery, "waive", answer, by=by, at=at, key=key)


def receive(*, recovery: UUID, fen: int, by: Actor, at: datetime, key: UUID) -> Recovery:
    """The finance office has some of it: booked back by an entry of its own, so that due and paid are equal again.

    Raises MoreThanOpen, MoveRefused.
    """
    with act("recovery.receive/1", by=by, at=at, key=key, said={"recovery": recovery, "fen": fen}) as a:
        found = a.take(Recovery, recovery)
        if not 0 < fen <= found.open_fen:
            raise MoreThanOpen
        now = _as_is_due(found)
        if fen > now["fen"] - found.back_fen:
            raise MoreThanOpen
        back = found.back_fen + fen
        a.move(found, RECOVERY.settle if back == now["fen"] else RECOVERY.receive, back_fen=back, **now)
        of = {"fen": fen, "programme": found.award.programme, "year": found.year, "award": found.award_id}
        lines = [
            Line(credit=Book.PAID, debit=Book.FUND, **of),
            Line(credit=Book.GRANTED, debit=Book.DUE, **of),
        ]
        ledger.book(a, found.pk, lines)
        return found


def told(errand: Errand, at: datetime) -> None:
    """Hears of a decision: one neutral message, or a closed letter."""
    row = Recovery.objects.filter(pk=UUID(errand.payload["id"])).values_list("award__claim__case", flat=True).first()
    if errand.payload["kind"] == Recovery.kind and row is not None:
        telling.tell(row, at=at)


def _answered(
    recovery: UUID, name: str, answer: str, *, by: Actor, at: datetime, key: UUID, **evidence: object
) -> Recovery:
    if not answer.strip():
        raise ReasonsNeeded
    said = {"recovery": recovery, "answer": answer} | evidence
    with act(f"recovery.{name}/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Recovery, recovery)
        a.move(found, getattr(RECOVERY, name), **evidence | (_as_is_due(found) if name == "keep" else {}))
        found.answer = plain(answer)
        found.save(update_fields=["answer"])
        return found


def _as_is_due(recovery: Recovery) -> dict[str, int]:
    """The sum that it may still be about, with the award locked: what is due may have risen since it was proposed. Raises NothingOpen."""
    Award.objects.select_for_update(of=("self",)).get(pk=recovery.award_id)
    still = still_over(recovery)
    if not still and recovery.open_fen:
        raise NothingOpen
    return {"fen": recovery.back_fen + still}


def _months(instalments: int) -> int:
    """Raises TooManyMonths."""
    if not 1 <= instalments <= MOST_MONTHS:
        raise TooManyMonths
    return instalments
