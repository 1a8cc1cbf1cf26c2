from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.imports.lifecycle import (
    APPLIED,
    APPLYING,
    BATCH,
    CLOSED,
    DROPPED,
    REHEARSED,
    STAGED,
    UNDER_WAY,
    UNDOING,
    UNDONE,
)

WAITING = Q(rehearsed_at=None, ordered_at=None, applied_at=None, ended_at=None)
REHEARSED_ONLY = Q(rehearsed_at__isnull=False, ordered_at=None, applied_at=None, ended_at=None)
ORDERED = Q(rehearsed_at__isnull=False, ordered_at__isnull=False, applied_at=None, ended_at=None)
IN = Q(ordered_at__isnull=False, applied_at__isnull=False, ended_at=None)
OUT_AGAIN = Q(ordered_at__isnull=False, applied_at__isnull=False, ended_at__isnull=False, file=None)
NEVER_IN = Q(ordered_at=None, applied_at=None, ended_at__isnull=False, file=None)


class ImportBatch(Noun):
    """One table that an office takes in, from the reading to the end of its undoing.

    `columns` are those of the layout that were found. `rows` are those below the header; `adds`, `changes`, `sames` and `refusals` are what the rehearsal found of them. Of `chunks`
    parts `done` are in. `left` rows were not put in because somebody had changed them since; `stayed` were not taken back
    for the same reason. `account` is whoever took it in, whoever holds their post by now. `file` holds what was read, never the file that was sent nor its name.
    """

    kind = "import_batch"
    lifecycle = BATCH

    target = models.CharField(max_length=40)
    office = models.UUIDField()
    post = models.UUIDField()
    account = models.BigIntegerField()
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    columns = models.JSONField()
    rows = models.PositiveIntegerField()
    adds = models.PositiveIntegerField(default=0)
    changes = models.PositiveIntegerField(default=0)
    sames = models.PositiveIntegerField(default=0)
    refusals = models.PositiveIntegerField(default=0)
    chunks = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    stayed = models.PositiveIntegerField(default=0)
    staged_at = models.DateTimeField()
    rehearsed_at = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "which officer took a table in"
        purpose = (
            "which tables an office took in, what became of their rows, in numbers, and whose look the comparison was"
        )
        basis = "Data Security Law, art. 27; each target's own basis for what is in the rows"
        retention = "for ever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(WAITING, status=STAGED.value)
                | Q(REHEARSED_ONLY, status=REHEARSED.value)
                | Q(ORDERED, status=APPLYING.value)
                | Q(IN, status__in=[APPLIED.value, UNDOING.value])
                | Q(OUT_AGAIN, status__in=[UNDONE.value, CLOSED.value])
                | Q(NEVER_IN, status=DROPPED.value),
                name="import_batch_has_its_instants",
            ),
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(status__in=[status.value for status in UNDER_WAY]),
                name="one_import_batch_under_way_a_target",
            ),
        ]
        indexes = [models.Index(fields=["status", "staged_at"], name="import_batches_by_status")]

    def __str__(self) -> str:
        return f"{self.target} {self.staged_at:%Y-%m-%d}"

    def trace(self) -> Trace:
        return Trace(self.office)
