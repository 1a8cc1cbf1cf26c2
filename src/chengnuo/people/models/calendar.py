from __future__ import annotations

from django.db import models

from chengnuo.foundation.ids import new_id


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


class AnnouncedYear(models.Model):
    """A year whose whole notice was entered: only then are its deadlines no longer provisional."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=200)

    class Privacy:
        holds = "nothing"
        purpose = "the working-day calendar"
        basis = "State Council notices"
        retention = "for ever"

    def __str__(self) -> str:
        return str(self.year)


class CalendarChange(models.Model):
    """One change of the calendar: what stood before and what stands after, by day and by year, so that the last can be undone.

    `days` by date: [is_workday, source], or null where nothing was entered; `years` by year: the source, or null.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    source = models.CharField(max_length=200)
    before = models.JSONField()
    after = models.JSONField()

    class Privacy:
        holds = "nothing"
        purpose = "the last change of the working-day calendar can be undone"
        basis = "State Council notices"
        retention = "for ever"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.source}"
