from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.ids import new_id


class LogEntry(models.Model):
    """One act of an institution upon one thing. The tree holds `leaf`; `private` and `salt` can be erased under it.

    An act writes entries without a number; the sequencer numbers them. `group` says how guarded an entry is: the public
    part of "sensitive" and "anonymous" ones is empty, and anonymous ones wait for the next day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    seq = models.BigIntegerField(null=True, unique=True)
    schema = models.CharField(max_length=60)
    group = models.CharField(max_length=10)
    public = models.JSONField()
    private = models.JSONField(null=True)
    salt = models.BinaryField(max_length=32, null=True)
    commitment = models.CharField(max_length=64)
    leaf = models.BinaryField(max_length=32)
    ref_kind = models.CharField(max_length=30)
    ref_id = models.CharField(max_length=36)
    written_at = models.DateTimeField()

    class Privacy:
        holds = "which post did what to which thing; keyed digests of what was said"
        purpose = "nobody can alter the record unseen"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "for ever; the private part is erased with the thing it is about"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(private__isnull=True, salt__isnull=True) | Q(private__isnull=False, salt__isnull=False),
                name="private_part_has_its_salt",
            )
        ]
        indexes = [
            models.Index(fields=["ref_kind", "ref_id"], name="entries_of_a_thing"),
            models.Index(fields=["written_at", "id"], condition=Q(seq=None), name="entries_to_number"),
        ]

    def __str__(self) -> str:
        return f"{self.schema} {self.seq}"


class LogNode(models.Model):
    """The hash of a complete subtree: `index` counts the subtrees of that level, each of 2^level leaves."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Privacy:
        holds = "nothing"
        purpose = "proofs in a few reads"
        basis = "public"
        retention = "for ever"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="one_hash_a_subtree")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"
