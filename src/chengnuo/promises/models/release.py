from __future__ import annotations

from django.db import models

from chengnuo.foundation.ids import new_id
from chengnuo.people.models import Place


class Release(models.Model):
    """Figures frozen for the public: of a place, for a finished period, passed through the small-cell gate once.

    A release is never computed again. Rolling figures could be differenced day by day; frozen ones cannot.
    `period` is 2026-03, 2026-Q1 or 2026. `figures` is {threshold, withheld: n, rows: [{kind, key, name, counts…}]} as
    `promises.figures` writes and reads it; a withheld count is null.
    """

    kind = "release"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="releases")
    period = models.CharField(max_length=10)
    begins = models.DateField()
    ends = models.DateField()
    figures = models.JSONField()
    published_at = models.DateTimeField()

    class Privacy:
        holds = "nothing"
        purpose = "what was kept, late and broken, in public"
        basis = "Regulations on open government information, art. 20"
        retention = "for ever"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "period"], name="one_release_a_place_and_period")]

    def __str__(self) -> str:
        return f"{self.place} {self.period}"
