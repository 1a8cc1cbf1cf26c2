from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.grams import Gram
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.sealed import SealedField
from chengnuo.imports.models import ImportBatch
from chengnuo.people.models import Place


class Standing(models.TextChoices):
    LIVING = "living"
    MOVED = "moved"
    DIED = "died"


class Resident(models.Model):
    """What an office lawfully holds of one resident: name, number, day of birth, place, and that somebody died or moved (`since`).

    There is no column of household, family, marriage or health, and a test says so (charter, right 1). A change is a new row of the
    same `person`: the row of the highest `number` that is seen counts (`queries.COUNTS`), and the others are thrown away. Who points
    to somebody keeps `person`, never the id of a row. `batch` is the table that brought the row, hidden until that is in.
    """

    kind = "resident"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField(default=1)
    name = SealedField(label="registers.resident.name")
    identity = SealedField(label="registers.resident.identity")
    identity_index = models.BinaryField(max_length=32)
    born = models.DateField()
    village = models.ForeignKey(Place, models.PROTECT, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.LIVING)
    since = models.DateField(null=True)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="+")

    class Privacy:
        holds = "name and identity number of a resident, sealed; day of birth, village; that somebody died or moved, and when"
        purpose = "to tell everybody of an age the same, to pay nobody who died, and to know one person from another"
        basis = (
            "PIPL art. 13(3), statutory duty; household register and register of deaths, each for this purpose alone"
        )
        retention = "while the person lives here, and five years after a death or move"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["identity_index", "number"], name="one_row_a_resident_and_number"),
            models.CheckConstraint(
                condition=Q(standing=Standing.LIVING.value, since=None)
                | (Q(since__isnull=False) & ~Q(standing=Standing.LIVING.value)),
                name="gone_resident_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["born", "person"], name="residents_by_birth")]

    def __str__(self) -> str:
        return str(self.name)


class ResidentGram(Gram):
    """Keyed two-character runs of a resident's name, by the row's id: how one person is found with no name in clear."""

    class Privacy:
        holds = "keyed digests of two-character runs of names"
        purpose = "to find one person at the counter"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the resident"
