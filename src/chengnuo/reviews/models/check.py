from __future__ import annotations

from django.db import models

from chengnuo.foundation.ids import random_id
from chengnuo.foundation.models.noun import SENSITIVE, Noun, Trace
from chengnuo.people.models import Office, Post
from chengnuo.policies.procedures import Procedure
from chengnuo.reviews.lifecycle import CHECK
from chengnuo.reviews.models.review import Review


class Difference(models.TextChoices):
    """What is otherwise than it is held. Nothing about births, health or how a family lives can be found by a check."""

    NAME = "name"
    PLACE = "place"
    ALIVE = "alive"
    PAPER = "paper"


class Check(Noun):
    """One review that the random sample met: another officer than the first compares what is held with the register and the papers.

    It has nothing that could stop a payment: what differs is determined anew by a person, and until then everything goes on.
    """

    kind = "review_check"
    lifecycle = CHECK
    is_guarded = True
    about_office_id = village_id = township_id = None

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    review = models.OneToOneField(Review, models.PROTECT, related_name="check_of")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    visits = models.PositiveSmallIntegerField(default=0)
    appointed_on = models.DateField(null=True)
    difference = models.CharField(max_length=10, choices=Difference.choices, blank=True)

    class Privacy:
        holds = "that chance chose a beneficiary's review, and whether what is held was right"
        purpose = "true data, without anybody picking whom to look at"
        basis = "PIPL art. 13(3), statutory duty; art. 8, accuracy"
        retention = "as the award"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(visits__lte=2), name="two_visits_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.status}"

    @property
    def bureau_id(self) -> object:
        return self.office_id

    def promise_of(self, _kind: str) -> str:
        return Procedure.REVIEW_CHECK

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE)
