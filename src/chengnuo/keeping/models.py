from __future__ import annotations

from django.db import models


class Drill(models.Model):
    """A backup that was made and put back into a scratch place, to see whether it could be. `said` is what went wrong, or "".

    The rows of failed ones stay: that a night was lost is not to be forgotten in the morning.
    """

    at = models.DateTimeField()
    worked = models.BooleanField()
    said = models.CharField(max_length=500, blank=True)
    archive = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    files = models.IntegerField(default=0)
    backed_up_in = models.DurationField(null=True)
    put_back_in = models.DurationField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "a backup that cannot be put back is noticed the next morning"
        basis = "Cybersecurity Law, art. 21; PIPL art. 51"
        retention = "365 days"

    class Meta:
        indexes = [models.Index(fields=["-at"], name="drills_by_time")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.worked}"
