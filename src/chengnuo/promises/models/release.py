from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.people.models import Place
from chengnuo.promises.lifecycle import RELEASE, ReleaseStatus


class Release(Noun):
    """Figures frozen for the public: of a place, for a finished period, passed through the small-cell gate once.

    It is owed from the instant at which its period is over, so that one that is missing is seen to be late, and it is never
    computed again: rolling figures could be differenced day by day; frozen ones cannot.
    `period` is 2026-03, 2026-Q1 or 2026. `figures` is {threshold, withheld: n, rows: [{kind, key, name, counts…}]} as
    `promises.figures` writes and reads it; a withheld count is null.
    """

    kind = "release"
    lifecycle = RELEASE

    place = models.ForeignKey(Place, models.PROTECT, related_name="releases")
    period = models.CharField(max_length=10)
    begins = models.DateField()
    ends = models.DateField()
    figures = models.JSONField(default=dict)
    published_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "what was kept, late and broken, in public"
        basis = "Regulations on open government information, art. 20"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "period"], name="one_release_a_place_and_period"),
            models.CheckConstraint(
                condition=Q(status=ReleaseStatus.OWED.value, published_at=None)
                | Q(status=ReleaseStatus.PUBLISHED.value, published_at__isnull=False),
                name="published_release_has_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.period}"

    @property
    def frozen_at(self) -> datetime:
        """When its figures were frozen. Raises ValueError while they are awaited."""
        if self.published_at is None:
            raise ValueError(f"The figures of {self.period} are not published yet.")
        return self.published_at

    def trace(self) -> Trace:
        return Trace(office=None)
