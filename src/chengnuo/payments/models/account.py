from __future__ import annotations

from django.db import models

from chengnuo.benefits.models import Award
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Post


class BankAccount(models.Model):
    """Where the payee of an award is paid: the row of the highest `number` counts, and none is changed. It is the payee's own.

    `digits` open with their award alone: an account put before another award pays nobody. `digits_index` finds equal ones.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    award = models.ForeignKey(Award, models.PROTECT, related_name="accounts")
    number = models.PositiveSmallIntegerField(default=1)
    bank = models.CharField(max_length=60)
    digits = SealedField(label="payments.account.digits", owner="award_id")
    digits_index = models.BinaryField(max_length=32)
    fits_a_card = models.BooleanField()
    given_at = models.DateTimeField()
    given_to = models.ForeignKey(Post, models.PROTECT, related_name="+")

    class Privacy:
        holds = "a beneficiary's bank and account number, the number sealed"
        purpose = "to pay what was granted to the person themselves"
        basis = "PIPL art. 13(3), statutory duty; art. 28, financial accounts"
        retention = "as the award"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["award", "number"], name="one_account_a_number")]
        indexes = [models.Index(fields=["digits_index"], name="accounts_alike")]

    def __str__(self) -> str:
        return f"{self.bank} {self.number}"
