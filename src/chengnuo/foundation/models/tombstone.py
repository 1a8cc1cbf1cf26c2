from __future__ import annotations

from django.db import models


class Tombstone(models.Model):
    """An entry whose private part was erased, or a stored file with its digest: replayed after a restore, so that what was erased stays erased."""

    entry = models.UUIDField(unique=True)
    leaf = models.BinaryField(max_length=32)
    erased_at = models.DateTimeField()

    class Privacy:
        holds = "nothing"
        purpose = "erasures survive a restore"
        basis = "PIPL art. 47"
        retention = "for ever"

    def __str__(self) -> str:
        return f"{self.entry} {self.erased_at:%Y-%m-%d}"
