from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.ids import new_id
from chengnuo.people.models import Account


class Feed(models.Model):
    """The private address at which an officer's calendar reads what lies in their hands. One at a time for an account.

    The address is shown once and stands in no table: `digest` finds it. What it shows follows from the posts held on the day
    on which it is read.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="feeds")
    digest = models.BinaryField(max_length=32, unique=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "which officer has a calendar read their deadlines; a keyed digest of its address"
        purpose = "deadlines stand where an officer looks anyway"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "90 days after it ends"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(ended_at=None), name="one_feed_an_account")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.opened_at:%Y-%m-%d}"
