"""How much more was paid of an award and year than is due by now, and not asked back yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from chengnuo.benefits import queries as benefits
from chengnuo.payments.internal.ledger import in_book
from chengnuo.payments.lifecycle import R_DROPPED
from chengnuo.payments.models import Book, Line, Recovery


def overpaid(award: UUID, year: int) -> int:
    """In fen; what is with the bank is not paid yet."""
    return by_year(award).get(year, 0)


def by_year(award: UUID, years: Iterable[benefits.Year] | None = None) -> dict[int, int]:
    """The years with something above nothing; what was waived is not asked back again. `years`: where they were read already."""
    asked: dict[int, int] = {}
    for row in Recovery.objects.filter(award=award).exclude(status=R_DROPPED):
        asked[row.year] = asked.get(row.year, 0) + row.open_fen
    sums: Any = Line.objects.filter(award=award).order_by().values_list("year").annotate(paid=in_book(Book.PAID))
    paid = {year: fen or 0 for year, fen in sums}
    dues = benefits.years(award) if years is None else years
    found = {each.year: paid.get(each.year, 0) - each.fen - asked.get(each.year, 0) for each in dues}
    return {year: fen for year, fen in found.items() if fen > 0}


def still_over(recovery: Recovery) -> int:
    """In fen, as much of what it asks back as is still paid above what is due by now; a rise in the due makes it less, down to 0.

    What others ask back of the same year is not counted twice.
    """
    others = Recovery.objects.filter(award=recovery.award_id, year=recovery.year).exclude(pk=recovery.pk)
    asked = sum(row.open_fen for row in others.exclude(status=R_DROPPED))
    sums = Line.objects.filter(award=recovery.award_id, year=recovery.year).aggregate(paid=in_book(Book.PAID))
    due = next((each.fen for each in benefits.years(recovery.award_id) if each.year == recovery.year), 0)
    return min(recovery.open_fen, max((sums["paid"] or 0) - due - asked, 0))
