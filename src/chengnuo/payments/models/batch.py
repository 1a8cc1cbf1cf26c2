from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengnuo.core.instalments import Order
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.payments.lifecycle import BATCH
from chengnuo.payments.models.fund import Fund
from chengnuo.people.models import Office, Post
from chengnuo.policies.procedures import Procedure


class Batch(Noun):
    """The payments of one programme and year that go to the bank together.

    `office` proposes and checks it; `payer`, the finance office, approves, pays and reads what comes back. `available_fen` and
    `owed_fen` are what was there and what was owed when it was proposed; `order` is who comes first where they differ, as policy
    said on that day; `without_account` counts those whom it could not hold. `after` is the last award that was looked at while it is filled. `holder` is the head of the finance office,
    which owes the payment; `number` counts the batches of a fund.
    """

    kind = "batch"
    lifecycle = BATCH
    is_guarded = False
    about_office_id = village_id = township_id = None

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="batches")
    number = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="batches")
    payer = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    available_fen = models.BigIntegerField()
    owed_fen = models.BigIntegerField()
    order = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Order])
    after = models.UUIDField(null=True)
    payees = models.PositiveIntegerField(default=0)
    sum_fen = models.BigIntegerField(default=0)
    without_account = models.PositiveIntegerField(default=0)
    approvals = models.PositiveSmallIntegerField(default=0)
    approvals_needed = models.PositiveSmallIntegerField(default=1)
    proposed_at = models.DateTimeField()
    exported_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "that money is paid once, in full, and by more than one person's word"
        basis = "Accounting Law, art. 27, separation of duties"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fund", "number"], name="one_batch_a_fund_and_number"),
            models.CheckConstraint(condition=Q(sum_fen__lte=F("available_fen")), name="batch_is_within_its_fund"),
        ]
        indexes = [models.Index(fields=["office", "status"], name="batches_by_office")]

    def __str__(self) -> str:
        return f"{self.fund} / {self.number}"

    @property
    def bureau_id(self) -> object:
        return self.office_id

    def promise_of(self, _kind: str) -> str:
        return Procedure.PAYMENT_PAID_OUT

    def trace(self) -> Trace:
        return Trace(self.office_id)


class Part(models.TextChoices):
    """What somebody did to a batch."""

    PROPOSED = "proposed"
    CHECKED = "checked"
    APPROVED = "approved"
    EXPORTED = "exported"


class Signature(models.Model):
    """Who did which part of a batch. A person has one part of it, whatever posts they hold: the database itself refuses a second."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="signatures")
    part = models.CharField(max_length=10, choices=Part.choices)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    account = models.BigIntegerField()
    at = models.DateTimeField()

    class Privacy:
        holds = "which officer proposed, checked, approved or paid a batch"
        purpose = "that nobody pays by their own word alone"
        basis = "Accounting Law, art. 27, separation of duties"
        retention = "for ever"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "account"], name="one_part_a_person_and_batch")]

    def __str__(self) -> str:
        return f"{self.part} {self.batch_id}"
