from __future__ import annotations

from django.db import models

from chengnuo.foundation.ids import new_id


class Coverage(models.Model):
    """How far people were reached in a quarter, by township: counted once, without small counts, and never again.

    `figures`: the published table, a count that is left out as null.
    """

    kind = "coverage"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    period = models.CharField(max_length=10, unique=True)
    ends = models.DateField()
    figures = models.JSONField()
    frozen_at = models.DateTimeField()

    class Privacy:
        holds = "nothing"
        purpose = "whether offices tell, decide and pay everywhere alike"
        basis = "Regulations on open government information, art. 20"
        retention = "for ever"

    def __str__(self) -> str:
        return self.period
