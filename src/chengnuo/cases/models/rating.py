from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.cases.lifecycle import PRESSED, PressedStatus
from chengnuo.foundation.ids import random_id
from chengnuo.foundation.models.noun import SENSITIVE, Noun, Trace
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure


class Rating(models.Model):
    """How often an office was given so many stars in a year: `told` to the office already, or `waiting` until there are five.

    Of requests that its own counter wrote down (`at_own_counter`) apart: it could write some down for the sake of their stars.
    A tally and no row for each: a row has a place in its table, and the order of places is the order of the families.
    """

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="ratings")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    at_own_counter = models.BooleanField(default=False)
    stars = models.PositiveSmallIntegerField()
    told = models.PositiveIntegerField(default=0)
    waiting = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        holds = "nothing"
        purpose = "families rate the work of offices"
        basis = "Measures, quality of service"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "year", "at_own_counter", "stars"], name="one_tally_a_rating"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="one_to_five_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.stars}"


class RatingGiven(models.Model):
    """That some case was rated, or a family pressed for it, so that each counts once: a digest that only the key ring outside the
    database can compute.
    """

    digest = models.BinaryField(max_length=32, primary_key=True)

    class Privacy:
        holds = "a keyed digest that names no case to whoever lacks the key ring"
        purpose = "one rating a case"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the case"

    def __str__(self) -> str:
        return "a rating"


class Pressed(Noun):
    """That families said they were pressed to rate an office (`about_office`); looked into by the county office above it.

    A count, never whose rating it was; the office that was rated does not even see that there is one.
    """

    kind = "pressed"
    lifecycle = PRESSED
    is_guarded = True

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    about_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)
    found = SealedField(label="cases.pressed.found", null=True)

    class Privacy:
        holds = "what a county office found out about pressure on families, sealed"
        purpose = "nobody is pressed to give a good rating"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about_office"], condition=Q(status=PressedStatus.NOTED.value), name="one_look_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(status=PressedStatus.LOOKED_INTO.value) | Q(found__isnull=False),
                name="looked_into_has_words",
            ),
            models.CheckConstraint(condition=~Q(office=models.F("about_office")), name="nobody_looks_into_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.about_office_id} {self.year}"

    def promise_of(self, _kind: str) -> str:
        return Procedure.PRESSURE

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE)
