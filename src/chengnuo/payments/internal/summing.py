"""Sums up the outlook of programmes and years, from the ledger and from what was awarded."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery, Sum

from chengnuo.benefits.lifecycle import IN_FORCE
from chengnuo.benefits.models import Award, Due, Ending
from chengnuo.payments.internal import ledger
from chengnuo.payments.models import Book, Line
from chengnuo.payments.outlook import Outlook
from chengnuo.policies.loader import parameters

DECEMBER = 12
Sums = Mapping[tuple[str, int], Outlook]


def outlook(programme: str, year: int) -> Outlook:
    """Two queries."""
    return outlooks([(programme, year)])[programme, year]


def outlooks(funds: Collection[tuple[str, int]]) -> Sums:
    """Of several programmes and years: a query for the books, and one for each year."""
    booked = _booked({year for _programme, year in funds})
    wanted = {year: needed(year) for _programme, year in funds}
    return {
        (programme, year): _outlook(booked.get((programme, year), {}), wanted[year].get(programme, 0), year)
        for programme, year in funds
    }


def standing_of(programme: str, years: Collection[int]) -> Mapping[int, Outlook]:
    """What has come of a programme's money in these years, without what is needed of it: one query, however many they are."""
    booked = _booked(years)
    return {year: _outlook(booked.get((programme, year), {}), 0, year) for year in years}


def _booked(years: Collection[int]) -> Mapping[tuple[str, int], Mapping[str, int | None]]:
    books = {name.value: ledger.in_book(name) for name in Book}
    rows: Any = Line.objects.filter(year__in=set(years)).order_by().values("programme", "year").annotate(**books)
    return {(row["programme"], row["year"]): row for row in rows}


def _outlook(booked: Mapping[str, int | None], wanted: int, year: int) -> Outlook:
    return Outlook(
        needed=wanted,
        promised=booked.get(Book.PROMISED) or 0,
        arrived=booked.get(Book.TREASURY) or 0,
        ready=booked.get(Book.FUND) or 0,
        sent=booked.get(Book.SENT) or 0,
        paid=booked.get(Book.PAID) or 0,
        paid_by=paid_by(year),
    )


def needed(year: int) -> Mapping[str, int]:
    """By programme, the year's sum of every award; of one that is in force and was not determined for this year yet, that of the year
    before it.
    """
    last = Due.objects.filter(award=OuterRef("pk"), year__lte=year).order_by("-year", "-number")
    of_the_year = Due.objects.filter(award=OuterRef("pk"), year=year)
    counted = Q(status=IN_FORCE, begins__lte=year) | Q(Exists(of_the_year))
    awards = Award.objects.filter(counted).exclude(ended_for=Ending.DEATH).order_by().values("programme")
    found = awards.annotate(fen=Sum(Subquery(last.values("fen")[:1])))
    return {row["programme"]: int(row["fen"] or 0) for row in found}


def paid_by(year: int) -> date:
    """The last day of the month by which policy says that a year's sum is paid, as the law stood when the year began."""
    month = min(DECEMBER, parameters().whole("payments.paid_within", date(year, 1, 1)))
    return date(year, month, monthrange(year, month)[1])
