from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.fields import Text3Field
from chengnuo.foundation.ids import new_id
from chengnuo.people.models.offices import Office
from chengnuo.people.roles import Role


class Post(models.Model):
    """A position at an office. Cases and duties are held by posts, so they outlive the people who fill them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="posts")
    key = models.CharField(max_length=80, unique=True)
    title = Text3Field()
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    is_reception = models.BooleanField(default=False)
    is_head = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "the positions of an office"
        basis = "public"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office"], condition=Q(is_reception=True, closed_on=None), name="one_reception_an_office"
            ),
            models.UniqueConstraint(
                fields=["office"], condition=Q(is_head=True, closed_on=None), name="one_head_an_office"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)
