"""Booking: the only writer of entries and lines. Called inside the act of whatever happened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Sum, Value, When

from chengnuo.foundation.acts import Act
from chengnuo.payments.models import Book, Entry, Line

Lines = QuerySet[Line]
SAME = ("fen", "programme", "year", "level", "award", "payment")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is booked of one award and year: `due`, with the bank (`sent`), with the payee (`paid`)."""

    due: int = 0
    sent: int = 0
    paid: int = 0

    @property
    def outstanding(self) -> int:
        return self.due - self.sent - self.paid

    def left_of(self, fen: int) -> int:
        """What is outstanding once a year comes to so much; never less than nothing."""
        return max(0, int(fen) - self.sent - self.paid)


def book(a: Act, about: UUID, lines: Iterable[Line]) -> Entry | None:
    """One entry with its lines, two statements; None where there is nothing to book."""
    found = list(lines)
    if not found:
        return None
    entry = Entry.objects.create(schema=a.schema, about=about, at=a.at)
    for line in found:
        line.entry = entry
    Line.objects.bulk_create(found)
    return entry


def back(lines: Iterable[Line]) -> list[Line]:
    """The same sums the other way."""
    return [
        Line(**{name: getattr(line, name) for name in SAME}, credit=line.debit, debit=line.credit, reverses=line)
        for line in lines
    ]


def balance(name: Book, lines: Lines) -> int:
    """What these lines leave in a book: what came in, less what went out."""
    return int(lines.aggregate(fen=in_book(name))["fen"] or 0)


def balances(lines: Lines) -> Mapping[Book, int]:
    """Every book at once."""
    found = lines.aggregate(**{name.value: in_book(name) for name in Book})
    return {name: int(found[name.value] or 0) for name in Book}


def standing(awards: Collection[UUID], year: int) -> Mapping[UUID, Standing]:
    """By award; one query, however many. What is owed stands on the other side of its book."""
    names = {"due": (Book.DUE, -1), "sent": (Book.SENT, 1), "paid": (Book.PAID, 1)}
    rows = Line.objects.filter(award__in=awards, year=year).order_by().values_list("award")
    sums: Any = rows.annotate(**{name: in_book(which) * sign for name, (which, sign) in names.items()})
    found = {award: Standing(due=due or 0, sent=sent or 0, paid=paid or 0) for award, due, sent, paid in sums}
    return {award: found.get(award, Standing()) for award in awards}


def in_book(name: Book) -> Any:
    """The sum of one book, for rows of lines that are grouped."""
    signed = Case(When(debit=name, then=F("fen")), When(credit=name, then=-F("fen")), default=Value(0))
    return Sum(signed, filter=Q(debit=name) | Q(credit=name))
