from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.ids import new_id
from chengnuo.promises.models.duty import Duty


class Pause(models.Model):
    """A named reason for which a duty's clock stood still, by whom, and for how long at most."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=20)
    author = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    ends_at_latest = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "the post that paused"
        purpose = "why a clock stood still"
        basis = "Administrative Licensing Law art. 45, as a model"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(resumed_at=None), name="one_open_pause_a_duty")
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.began_at:%Y-%m-%d}"
