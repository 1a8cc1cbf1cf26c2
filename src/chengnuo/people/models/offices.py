from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.fields import Text3Field
from chengnuo.foundation.ids import new_id
from chengnuo.people.models.places import Level, Place


class Office(models.Model):
    """An institution that makes promises: a village committee, a township office, a county bureau, the outside body.

    `above` is where what it breaks goes; only the outside body has nobody above it. `hours` are its own, such as 08:30–11:30,
    14:00–17:30; without them it keeps the county's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60, unique=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    name = Text3Field()
    place = models.ForeignKey(Place, models.PROTECT, related_name="offices")
    above = models.ForeignKey("self", models.PROTECT, null=True, related_name="below")
    telephone = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=60, blank=True)
    closed_on = models.DateField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "who owes what"
        basis = "public"
        retention = "for ever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(above__isnull=False) | Q(level=Level.CITY), name="every_office_has_one_above"
            )
        ]

    def __str__(self) -> str:
        return str(self.name)
