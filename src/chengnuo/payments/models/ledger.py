from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengnuo.foundation.ids import new_id


class Book(models.TextChoices):
    """Where money is, or is owed. SOURCE gives it, PROMISED is what it will give, TREASURY what has reached the county, FUND what
    was passed on to be paid, SENT what is with the bank, PAID what its payees have. GRANTED and DUE are what was awarded and is owed.
    """

    SOURCE = "source"
    PROMISED = "promised"
    TREASURY = "treasury"
    FUND = "fund"
    SENT = "sent"
    PAID = "paid"
    GRANTED = "granted"
    DUE = "due"


class Entry(models.Model):
    """One booking. It is never changed or deleted, which the database itself sees to: what was wrong is booked back by another one.

    `about`: the id of its fund or batch. `schema`: the act that made it; who did that stands in the log.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    schema = models.CharField(max_length=60)
    about = models.UUIDField(db_index=True)
    at = models.DateTimeField()

    class Privacy:
        holds = "nothing"
        purpose = "what happened to public money, for ever"
        basis = "Accounting Law, arts. 9 and 13"
        retention = "for ever"

    def __str__(self) -> str:
        return f"{self.schema} {self.at:%Y-%m-%d}"


class Line(models.Model):
    """A sum out of one book (`credit`) into another (`debit`): both sides are one row, so that no entry can be out of balance.

    `fen` is above 0. `award` and `payment` are ids without a reference: what they point to is erased one day, and the sum stays.
    `level` says whose money it is, where that is known. A line is booked back by one other line, once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines")
    credit = models.CharField(max_length=10, choices=Book.choices)
    debit = models.CharField(max_length=10, choices=Book.choices)
    fen = models.BigIntegerField()
    programme = models.SlugField(max_length=60)
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, blank=True)
    award = models.UUIDField(null=True)
    payment = models.UUIDField(null=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    class Privacy:
        holds = "nothing"
        purpose = "what happened to public money, for ever"
        basis = "Accounting Law, arts. 9 and 13"
        retention = "for ever"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="line_is_above_nothing"),
            models.CheckConstraint(condition=~Q(credit=F("debit")), name="line_has_two_books"),
            # whatever runs twice: a payment takes each of its ways once
            models.UniqueConstraint(
                fields=["payment", "credit", "debit"], condition=Q(payment__isnull=False), name="a_payment_moves_once"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "year"], name="lines_of_a_fund"),
            models.Index(fields=["award", "year"], condition=Q(award__isnull=False), name="lines_of_an_award"),
        ]

    def __str__(self) -> str:
        return f"{self.credit} → {self.debit} {self.fen}"
