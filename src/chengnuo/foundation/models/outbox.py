from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.ids import new_id


class Errand(models.Model):
    """One thing that is still to be done after an act, by one handler; the truth of it, whatever becomes of workers.

    Open until `done_at` or `dead_at` is set. While `leased_until` lies ahead, the worker named in `lease_by` has it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    topic = models.CharField(max_length=60)
    handler = models.CharField(max_length=100)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=100, blank=True)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "ids of rows, no words of a person"
        purpose = "what follows from an act is done once, even after a power cut"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "30 days after it is done"

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(done_at=None) | Q(dead_at=None), name="errand_ends_once")]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(done_at=None, dead_at=None), name="errands_to_do")
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.handler}"
