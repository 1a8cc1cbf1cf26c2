from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.benefits.models import Award
from chengnuo.foundation.models.noun import SENSITIVE, Noun, Trace
from chengnuo.payments.lifecycle import PAYMENT, UNDER_WAY, PaymentStatus
from chengnuo.payments.models.account import BankAccount
from chengnuo.payments.models.batch import Batch
from chengnuo.people.models import Office, Post
from chengnuo.policies.procedures import Procedure


class Payment(Noun):
    """What one award is paid for one year in one batch. Its id is made of the batch and the award: filling twice makes it once, and
    the bank writes it into the file that comes back.

    `account` is the one that stood when it was proposed: who approves, approves that one. `reason`: why the bank did not book it.
    """

    kind = "payment"
    lifecycle = PAYMENT
    is_guarded = True
    about_office_id = village_id = township_id = None

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="payments")
    award = models.ForeignKey(Award, models.PROTECT, related_name="payments")
    year = models.PositiveSmallIntegerField()
    fen = models.BigIntegerField()
    account = models.ForeignKey(BankAccount, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    paid_on = models.DateField(null=True)
    reason = models.CharField(max_length=10, blank=True)

    class Privacy:
        holds = "the sum that a beneficiary is paid, when, and why the bank did not book it"
        purpose = "to pay what was granted, in full, and to show that it was"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the award"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "award"], name="one_payment_a_batch_and_award"),
            models.UniqueConstraint(
                fields=["award", "year"],
                condition=Q(status__in=[status.value for status in UNDER_WAY]),
                name="one_payment_under_way",
            ),
            models.CheckConstraint(condition=Q(fen__gt=0), name="payment_is_above_nothing"),
            models.CheckConstraint(
                condition=~Q(status=PaymentStatus.PAID.value) | Q(paid_on__isnull=False), name="paid_payment_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(status=PaymentStatus.FAILED.value) | ~Q(reason=""), name="failed_payment_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["batch", "status", "id"], name="payments_by_batch")]

    def __str__(self) -> str:
        return f"{self.year} {self.fen}"

    @property
    def bureau_id(self) -> object:
        return self.office_id

    def promise_of(self, _kind: str) -> str:
        return Procedure.PAYMENT_MENDED

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE)
