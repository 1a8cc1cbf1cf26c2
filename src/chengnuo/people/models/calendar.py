from __future__ import annotations

from django.db import models


class AnnouncedDay(models.Model):
    """A day that differs from the week: a holiday, or a make-up workday, entered when a year or a place announces it.

    What the State Council announced before a version of the product appeared stands in `policies`; this table holds the rest.
    """

    day = models.DateField(unique=True)
    is_workday = models.BooleanField()
    source = models.CharField(max_length=200)

    class Privacy:
        holds = "nothing"
        purpose = "the working-day calendar"
        basis = "State Council notices"
        retention = "for ever"

    def __str__(self) -> str:
        return f"{self.day} {'+' if self.is_workday else '-'}"
