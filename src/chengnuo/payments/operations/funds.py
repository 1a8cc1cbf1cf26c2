"""Money on its way to those who wait for it: promised by a level, come to the county, passed on so that it can be paid."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Award
from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor, system
from chengnuo.foundation.acts import Act, act
from chengnuo.foundation.refused import AlreadyReceived, MoveRefused, NotHere, Refused
from chengnuo.payments.internal import ledger
from chengnuo.payments.internal.summing import outlook, paid_by
from chengnuo.payments.lifecycle import FUND, PLANNED, WAITING
from chengnuo.payments.models import Book, Fund, Level, Line, Payment
from chengnuo.people import queries as people
from chengnuo.policies.bank_files import bank_files
from chengnuo.policies.loader import parameters

# of no level more is taken out of these than it has put in
OF_A_LEVEL = (Book.PROMISED, Book.TREASURY)


class NoFinanceOffice(Refused):
    code = "no-finance-office"
    sentence = N_("No office here pays money out.")
    remedy = N_("Tell the administrator: the file of the bank's layouts names the key of the finance office.")


class NoSum(Refused):
    code = "no-sum"
    sentence = N_("A sum of money is above nothing.")
    remedy = N_("Write how much it is, in yuan.")


class MoreThanPromised(Refused):
    code = "more-than-promised"
    sentence = N_("More has come than this level has promised so far.")
    remedy = N_("Write down first what was promised, with its document; then what has come.")


class TakenBackAlready(Refused):
    code = "taken-back-already"
    sentence = N_("This was booked back already, or is itself such a booking.")
    remedy = N_("Write down what is right as a new booking.")


class GoneOn(Refused):
    code = "gone-on"
    sentence = N_("This money has gone on since: it cannot be booked back here.")
    remedy = N_("Book back first what was done with it.")


class NotAhead(Refused):
    code = "not-ahead"
    sentence = N_("The day on which the money is there is today or later.")
    remedy = N_("Write the day that was said to you; those who wait are told it.")


class NothingToPassOn(Refused):
    code = "nothing-to-pass-on"
    sentence = N_("No more than what has reached the county can be passed on.")
    remedy = N_("Look at the page of the fund: it says what has come and was passed on.")


def set_up(*, programme: str, year: int, by: Actor, at: datetime, key: UUID) -> Fund:
    """The fund of a programme and year, at the finance office. Raises NoFinanceOffice."""
    with act("fund.set_up/1", by=by, at=at, key=key, said={"programme": programme, "year": year}) as a:
        a.permit()
        return _set_up(a, programme, year)


def appropriate(*, fund: UUID, level: str, fen: int, by: Actor, at: datetime, key: UUID) -> Fund:
    """A level has promised a sum. Raises NoSum."""
    said = {"fund": fund, "level": level, "fen": _sum(fen)}
    with act("fund.appropriate/1", by=by, at=at, key=key, said=said) as a:
        found = a.move(a.take(Fund, fund), FUND.appropriate)
        ledger.book(a, fund, [_line(found, Book.SOURCE, Book.PROMISED, fen, Level(level))])
        return found


def arrive(*, fund: UUID, level: str, fen: int, by: Actor, at: datetime, key: UUID) -> Fund:
    """What a level promised, or a part of it, has reached the county: from here on the finance office owes that it is passed on.

    Raises NoSum, MoreThanPromised.
    """
    said = {"fund": fund, "level": level, "fen": _sum(fen)}
    with act("fund.arrive/1", by=by, at=at, key=key, said=said) as a:
        found = a.take(Fund, fund)
        if fen > ledger.balance(Book.PROMISED, lines_of(found).filter(level=level)):
            raise MoreThanPromised
        a.move(found, FUND.arrive_more if found.status == WAITING else FUND.arrive)
        ledger.book(a, fund, [_line(found, Book.PROMISED, Book.TREASURY, fen, Level(level))])
        return found


def pass_on(*, fund: UUID, by: Actor, at: datetime, key: UUID) -> Fund:
    """Everything that has come is passed on, so that it can be paid. Raises NothingToPassOn."""
    with act("fund.pass_on/1", by=by, at=at, key=key, said={"fund": fund}) as a:
        found = a.take(Fund, fund)
        levels = {level: ledger.balance(Book.TREASURY, lines_of(found).filter(level=level)) for level in Level}
        if not any(levels.values()):
            raise NothingToPassOn
        a.move(found, FUND.pass_on)
        lines = [_line(found, Book.TREASURY, Book.FUND, fen, level) for level, fen in levels.items() if fen]
        ledger.book(a, fund, lines)
        return found


def take_back(*, fund: UUID, entry: UUID, by: Actor, at: datetime, key: UUID) -> Fund:
    """Books back what was written down wrongly of a fund: the entry stays, and another one says the opposite.

    Raises NotHere, TakenBackAlready, GoneOn.
    """
    with act("fund.take_back/1", by=by, at=at, key=key, said={"fund": fund, "entry": entry}) as a:
        found = a.move(a.take(Fund, fund), FUND.take_back)
        lines = list(Line.objects.filter(entry=entry, entry__about=fund).select_related("reversed_by"))
        if not lines:
            raise NotHere
        if any(line.reverses_id or hasattr(line, "reversed_by") for line in lines):
            raise TakenBackAlready
        ledger.book(a, fund, ledger.back(lines))
        if available(found) < 0 or any(_is_short(found, line.level) for line in lines):
            raise GoneOn
        return _waits(a, found)


def cover(*, fund: UUID, expected_on: date, by: Actor, at: datetime, key: UUID) -> Fund:
    """The finance office answers for what will be missing: on which day the money is there. Those who wait are told it.

    Raises NotAhead.
    """
    if expected_on < local_date(at):
        raise NotAhead
    with act("fund.cover/1", by=by, at=at, key=key, said={"fund": fund, "expected_on": expected_on}) as a:
        return a.move(a.take(Fund, fund), FUND.cover, warned_at=None, expected_on=expected_on)


def look_ahead(*, at: datetime) -> int:
    """What time does: each programme with awards in force has its fund of the year, and what will be missing is warned of before it is
    due, once until it is answered. Returns how many warnings that were.
    """
    today = local_date(at)
    _set_up_missing(today.year, at)
    warned = today + timedelta(days=parameters().whole("payments.warned_before", today))
    waiting = Fund.objects.filter(year__lte=today.year, warned_at=None).exclude(expected_on__gte=today)
    return sum(_warn(fund, at) for fund in waiting if paid_by(fund.year) <= warned)


def _set_up_missing(year: int, at: datetime) -> None:
    there = Fund.objects.filter(year=year).values("programme")
    awards = Award.objects.filter(status=IN_FORCE, begins__lte=year).exclude(programme__in=there)
    for programme in awards.order_by("programme").values_list("programme", flat=True).distinct():
        with suppress(AlreadyReceived, NoFinanceOffice):
            _begin(programme, year, at)


def _begin(programme: str, year: int, at: datetime) -> None:
    said = {"programme": programme, "year": year}
    key = uuid5(NAMESPACE_URL, f"fund {programme} {year}")
    with act("fund.begin/1", by=system(), at=at, key=key, said=said) as a:
        _set_up(a, programme, year)


def _set_up(a: Act, programme: str, year: int) -> Fund:
    payer = people.open_office(bank_files().payer)
    if payer is None:
        raise NoFinanceOffice
    head = people.head(payer.pk)
    return a.make(Fund(programme=programme, year=year, office_id=head.office_id, holder=head), FUND.set_up)


def _warn(fund: Fund, at: datetime) -> int:
    """Only where something is missing: a fund that is whole is looked at again the next day."""
    if not outlook(fund.programme, fund.year).short:
        return 0
    key = uuid5(fund.pk, f"warn {fund.version}")
    with suppress(AlreadyReceived, MoveRefused), act("fund.warn/1", by=system(), at=at, key=key, said={}) as a:
        a.move(a.take(Fund, fund.pk), FUND.warn, warned_at=at)
        return 1
    return 0


def lines_of(fund: Fund) -> ledger.Lines:
    """Everything that is booked of a fund, the payments out of it too."""
    return Line.objects.filter(programme=fund.programme, year=fund.year)


def available(fund: Fund) -> int:
    """What was passed on and is neither paid out nor stands in a batch that may still be paid."""
    planned = Payment.objects.filter(batch__fund=fund, status=PLANNED).values_list("fen", flat=True)
    return ledger.balance(Book.FUND, lines_of(fund)) - sum(planned)


def _is_short(fund: Fund, level: str) -> bool:
    of_it = lines_of(fund).filter(level=level)
    return any(ledger.balance(name, of_it) < 0 for name in OF_A_LEVEL)


def _waits(a: Act, fund: Fund) -> Fund:
    """Owes that money is passed on where some waits by now, and no longer where none does."""
    has_come = ledger.balance(Book.TREASURY, lines_of(fund)) > 0
    if has_come == (fund.status == WAITING):
        return fund
    return a.move(fund, FUND.arrive if has_come else FUND.empty)


def _line(fund: Fund, credit: Book, debit: Book, fen: int, level: Level) -> Line:
    return Line(credit=credit, debit=debit, fen=fen, programme=fund.programme, year=fund.year, level=level)


def _sum(fen: int) -> int:
    """Raises NoSum."""
    if fen <= 0:
        raise NoSum
    return fen
