from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengnuo.foundation.ids import new_id
from chengnuo.people.models.account import Account


class FactorReset(models.Model):
    """The second factor of somebody who lost telephone, keys and recovery codes, taken away so that they set up another.

    The administrator of accounts asks, the head of an office where the person holds a post confirms: who knows the face. It is
    good for a day. `told_at` is when the owner of the account was told of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="factor_resets")
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "that an officer lost the second factor, and which two others let them set up another"
        purpose = "nobody opens somebody else's account alone"
        basis = "Cybersecurity Law, art. 21; PIPL art. 51"
        retention = "three years"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("account"))
                & (Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")) & ~Q(confirmed_by=F("account"))),
                name="factor_reset_by_two_others",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="factor_reset_confirmed_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.asked_at:%Y-%m-%d}"
