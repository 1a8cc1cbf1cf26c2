from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.ids import new_id
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Office, Post
from chengnuo.promises.models.duty import Duty


class Escalation(models.Model):
    """One level told of a duty; dated by the instant it was due, whenever the worker woke up.

    Level 1 is the head of the office, 2 the office above, and so on; level 0 is the office above told at once because a
    resident says that a case called done is not resolved. `asked` is the duty of whoever was told to answer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="levels")
    level = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked = models.OneToOneField(Duty, models.PROTECT, related_name="asked_by")
    answer = SealedField(label="promises.escalation.answer", null=True)
    answered_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "what an office above answered, sealed"
        purpose = "who was told that a duty is late"
        basis = "Measures, time-limited completion"
        retention = "the answer as the case; who was told and when for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "level"], name="one_escalation_a_level"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer__isnull=True) | Q(answered_at__isnull=False, answer__isnull=False),
                name="answer_has_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.level}"
