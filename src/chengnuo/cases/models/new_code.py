from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from chengnuo.cases.lifecycle import NEW_CODE, NewCodeStatus
from chengnuo.cases.models.case import Case
from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.people.models import Post


class Lost(models.TextChoices):
    """Why a family needs another code."""

    LOST = "lost"
    SEEN = "seen"
    UNREADABLE = "unreadable"


class KnownBy(models.TextChoices):
    """How the officer made sure that it is the person who asked; of a card nothing is written down."""

    KNOWN = "known"
    CARD = "card"
    TELLS = "tells"


class NewCode(Noun):
    """Another code for the receipt of a request, given at a counter to somebody who lost the first one.

    One officer asks for it and prints it, another one confirms it in between: nobody opens a family's request alone.
    """

    kind = "new_code"
    lifecycle = NEW_CODE

    case = models.ForeignKey(Case, models.PROTECT, related_name="new_codes")
    reason = models.CharField(max_length=12, choices=Lost.choices)
    known_by = models.CharField(max_length=12, choices=KnownBy.choices)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_from = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "that a family lost its code, and which officers gave another one"
        purpose = "nobody opens a family's request alone"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the case"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status__in=[status.value for status in NEW_CODE.open]),
                name="one_new_code_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")), name="new_code_by_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[NewCodeStatus.CONFIRMED.value, NewCodeStatus.PRINTED.value])
                | Q(confirmed_at__isnull=False),
                name="new_code_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"

    def trace(self) -> Trace:
        return self.case.trace()
