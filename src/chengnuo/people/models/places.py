from __future__ import annotations

from django.db import models

from chengnuo.foundation.fields import Text3Field
from chengnuo.foundation.ids import new_id


class Level(models.TextChoices):
    """The levels of administration; `CITY` is only the outside body's."""

    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Place(models.Model):
    """A county, township or village with an id that outlives its codes.

    Rows that belong to a place carry its `township` and `village` in columns of their own, so that "within" is an
    equality on an index and survives a change of code.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    level = models.CharField(max_length=10, choices=Level.choices)
    name = Text3Field()
    above = models.ForeignKey("self", models.PROTECT, null=True, related_name="below")
    order = models.PositiveIntegerField(default=0)

    class Privacy:
        holds = "nothing"
        purpose = "the divisions of the county"
        basis = "public statistics of divisions"
        retention = "for ever"

    class Meta:
        indexes = [models.Index(fields=["level", "order"], name="place_level_order")]

    def __str__(self) -> str:
        return str(self.name)


class PlaceCode(models.Model):
    """The 12-digit statistical code of a place from a day on; the next row ends it."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="codes")
    code = models.CharField(max_length=12)
    begins = models.DateField()

    class Privacy:
        holds = "nothing"
        purpose = "the codes of the divisions, with their dates"
        basis = "public statistics of divisions"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "begins"], name="one_code_a_place_and_day"),
            models.UniqueConstraint(fields=["code", "begins"], name="one_place_a_code_and_day"),
        ]

    def __str__(self) -> str:
        return self.code
