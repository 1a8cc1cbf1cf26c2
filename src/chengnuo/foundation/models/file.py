from __future__ import annotations

from django.db import models

from chengnuo.foundation.ids import new_id
from chengnuo.foundation.refs import Pair


class StoredFile(models.Model):
    """A sealed file on the disk, named by this row's id. Its owner's gate decides who may read it.

    `size` and `digest` are of what was sealed; the digest (HMAC-SHA-256) is keyed and outlives a change of the sealing key.
    The name under which somebody sent it is not kept: it may tell of a person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_kind = models.CharField(max_length=30)
    owner_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=40)
    at = models.DateTimeField()

    owner = Pair()

    class Privacy:
        holds = (
            "a photo of a paper that a family sent, or a table that an office takes in; sealed, outside the database"
        )
        purpose = "papers need not be carried to an office; a table is seen through before anything of it is taken in"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as what it belongs to; until the family takes it back; a table thirty days at most"

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id"], name="files_of_an_owner")]

    def __str__(self) -> str:
        return f"{self.media_type} {self.at:%Y-%m-%d}"
