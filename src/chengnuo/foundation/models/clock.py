from __future__ import annotations

from datetime import timedelta

from django.db import models


class ClockMark(models.Model):
    """The latest time that this installation has seen, and how far the demo's calendar stands from the real one. One row.

    `worked_at`: when the worker last ended a round of its chores.
    """

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    seen = models.DateTimeField()
    offset = models.DurationField(default=timedelta)
    worked_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "a clock set back is noticed, so that no deadline revives"
        basis = "Cybersecurity Law, art. 21"
        retention = "for ever"

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_clock")]

    def __str__(self) -> str:
        return f"{self.seen:%Y-%m-%d %H:%M}"
