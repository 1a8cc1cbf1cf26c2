from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from chengnuo.foundation.ids import new_id
from chengnuo.people.models.posts import Post


class Holding(models.Model):
    """Who holds a post from a day on, until another day or until now."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="holdings")
    begins = models.DateField()
    ends = models.DateField(null=True)

    class Privacy:
        holds = "which officer held which post when"
        purpose = "to name the responsible officer"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as long as the acts of the post are kept"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(ends=None), name="one_holder_a_post"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("begins")), name="holding_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.post}"
