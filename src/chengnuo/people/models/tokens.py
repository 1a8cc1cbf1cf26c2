from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.core.messages import N_
from chengnuo.foundation.ids import new_id
from chengnuo.people.models.account import Account
from chengnuo.people.models.offices import Office


class Scope(models.TextChoices):
    """What another system may do with its token. Whatever is public needs none."""

    ASK = "requests:ask", N_("hand in requests for families who called or came")
    FOLLOW = "requests:follow", N_("follow the requests that it handed in, and those whose receipt it was told")


class AccessToken(models.Model):
    """The right of another system, such as the county's hotline, to use the interface for programs until a day.

    The token itself is shown once and stands in no table: `digest` finds it, `ending` lets people tell tokens apart.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60)
    office = models.ForeignKey(Office, models.PROTECT, related_name="tokens")
    scopes = models.JSONField(default=list)
    digest = models.BinaryField(max_length=32, unique=True)
    ending = models.CharField(max_length=4)
    issued_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    ends = models.DateField()
    revoked_at = models.DateTimeField(null=True)

    class Privacy:
        holds = (
            "which other system may use the interface, on behalf of which office, and which administrator allowed it"
        )
        purpose = "requests that come by another system are answered for by an office"
        basis = "PIPL art. 13(3), statutory duty; art. 51, measures"
        retention = "as long as the requests are kept that it handed in"

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="token_has_a_name")]

    def __str__(self) -> str:
        return f"{self.name} …{self.ending}"
