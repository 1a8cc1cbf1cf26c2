from __future__ import annotations

from django.db import models

from chengnuo.foundation.ids import new_id
from chengnuo.foundation.sealed import SealedField
from chengnuo.imports.models.batch import ImportBatch


class ImportChunk(models.Model):
    """Some rows of a batch, sealed as one: what was planned for each, and what stood there `before` it was put in.

    `left` and `stayed` are the numbers of rows in the file that were not put in, or not taken back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    rows = SealedField(label="imports.chunk.rows", owner="batch_id", null=True)
    before = SealedField(label="imports.chunk.before", owner="batch_id", null=True)
    left = models.JSONField(default=list)
    stayed = models.JSONField(default=list)

    class Privacy:
        holds = "the rows of a table that an office takes in, sealed; numbers of rows that were not taken in or back"
        purpose = "to show before it happens what a table changes, to go on after an interruption, to take it back"
        basis = "PIPL art. 13(3), statutory duty, and art. 8, true data"
        retention = "erased when the batch is dropped, taken back or closed; thirty days at most"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_chunk_a_batch_and_number")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"
