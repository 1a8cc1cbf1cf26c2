from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.ids import new_id
from chengnuo.people.models import Post


class Confirmation(models.Model):
    """That the county's lawyer found a row of law as it stands here: which parameter, from which day, at which place, what it says, in which text. Another value has to be confirmed anew.

    Nothing is computed anew: how a meeting stands is read, and a row that is confirmed counts from the first page that asks.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    parameter = models.CharField(max_length=80)
    begins = models.DateField()
    place = models.CharField(max_length=12, blank=True)
    value = models.CharField(max_length=20)
    source = models.CharField(max_length=200)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Privacy:
        holds = "nothing"
        purpose = "a rule that nobody has confirmed warns instead of voiding what people decided"
        basis = "public"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parameter", "begins", "place", "value"], name="one_confirmation_a_row_of_law"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="confirmation_names_its_text"),
        ]

    def __str__(self) -> str:
        return f"{self.parameter} {self.begins}"
