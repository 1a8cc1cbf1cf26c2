from __future__ import annotations

from django.db import models


class Look(models.Model):
    """An officer's look at sealed words: who, at which row, why; once a day each, so that leafing is seen and not drowned."""

    account = models.BigIntegerField()
    label = models.CharField(max_length=60)
    row = models.CharField(max_length=36)
    reason = models.CharField(max_length=60)
    day = models.DateField()

    class Privacy:
        holds = "which officer opened which sealed words"
        purpose = "to find those who look without need"
        basis = "PIPL art. 51"
        retention = "three years"

    class Meta:
        indexes = [
            models.Index(fields=["day", "account"], name="looks_by_day"),
            models.Index(fields=["row"], name="looks_at_a_row"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account", "row", "label", "reason", "day"], name="one_look_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.label} {self.day}"
