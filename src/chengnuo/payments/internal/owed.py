"""Which awards are owed what of a programme and year, and what the ledger is told when a determination has changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from chengnuo.benefits.models import Award, Due, Ending
from chengnuo.payments.internal.ledger import Standing, standing
from chengnuo.payments.lifecycle import UNDER_WAY, PaymentStatus
from chengnuo.payments.models import BankAccount, Book, Fund, Line, Payment

STUCK = (*(status.value for status in UNDER_WAY), PaymentStatus.FAILED.value)


def determined(year: int) -> Subquery:
    """What an award comes to in a year, as it was determined last."""
    last = Due.objects.filter(award=OuterRef("pk"), year=year).order_by("-number")
    return Subquery(last.values("fen")[:1])


def awards_of(programme: str, year: int) -> QuerySet[Award]:
    """The awards with a sum of that year, as `fen`. Nothing is proposed for a payee who died: what was due goes to the heirs by
    a person's decision.
    """
    found = Award.objects.filter(programme=programme).annotate(fen=determined(year))
    return found.filter(fen__gt=0).exclude(ended_for=Ending.DEATH)


def payable(awards: QuerySet[Award], year: int) -> QuerySet[Award]:
    """Those with an account, of whose year no payment is under way, or failed and not mended yet."""
    stuck = Payment.objects.filter(award=OuterRef("pk"), year=year, status__in=STUCK)
    return awards.filter(~Exists(stuck), Exists(BankAccount.objects.filter(award=OuterRef("pk"))))


def without_account(awards: QuerySet[Award]) -> int:
    """How many of them nobody can pay yet."""
    return awards.filter(~Exists(BankAccount.objects.filter(award=OuterRef("pk")))).count()


def total(awards: QuerySet[Award], year: int) -> int:
    """What is owed to all of them together, in fen."""
    gone = Line.objects.filter(award__in=awards.values("pk"), year=year)
    out = gone.filter(credit=Book.FUND).aggregate(fen=Sum("fen"))["fen"] or 0
    back = gone.filter(debit=Book.FUND).aggregate(fen=Sum("fen"))["fen"] or 0
    return int(awards.aggregate(all=Sum("fen"))["all"] or 0) - int(out) + int(back)


def new_dues(awards: Sequence[Award], year: int, booked: Mapping[UUID, Standing]) -> list[Line]:
    """The lines by which the ledger learns what was determined. What was paid already is never owed less: that there was too much is
    for a person to look at.
    """
    found = []
    for award in awards:
        known, fen = booked[award.pk], int(award.fen)  # type: ignore[attr-defined]  # annotated by awards_of
        more = max(fen, known.sent + known.paid) - known.due
        books = {"credit": Book.DUE, "debit": Book.GRANTED} if more > 0 else {"credit": Book.GRANTED, "debit": Book.DUE}
        if more:
            found.append(Line(**books, fen=abs(more), programme=award.programme, year=year, award=award.pk))
    return found


def still(payments: Sequence[Payment], fund: Fund) -> list[Payment]:
    """Those that are owed as they were proposed: their payee lives, and was not determined to get less since."""
    pks = [each.award_id for each in payments]
    owed = dict(awards_of(fund.programme, fund.year).filter(pk__in=pks).values_list("pk", determined(fund.year)))
    booked = standing(pks, fund.year)
    gone = {pk: each.sent + each.paid for pk, each in booked.items()}
    return [each for each in payments if gone[each.award_id] + each.fen <= owed.get(each.award_id, 0)]


def accounts_of(awards: Collection[UUID]) -> Mapping[UUID, BankAccount]:
    """The account in force of each, where there is one; one query."""
    return {row.award_id: row for row in _in_order(awards)}


def account_ids(awards: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Their ids alone: what is sealed in it is not needed to propose a payment."""
    return dict(_in_order(awards).values_list("award_id", "pk"))


def _in_order(awards: Collection[UUID]) -> QuerySet[BankAccount]:
    return BankAccount.objects.filter(Q(award__in=awards)).order_by("award", "number")
