from __future__ import annotations

from django.db import models

from chengnuo.cases.models.case import Case
from chengnuo.foundation.models import StoredFile
from chengnuo.people.models import Post


class Photo(models.Model):
    """A photo of one of the papers that were missing: `item` is its place in the one list, from 0 on. The picture is a stored file.

    `post` sent it, or helped to; empty where the family did it alone.
    """

    file = models.OneToOneField(StoredFile, models.CASCADE, primary_key=True, related_name="photo")
    case = models.ForeignKey(Case, models.PROTECT, related_name="photos")
    item = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Privacy:
        holds = "which of the missing papers a photo shows"
        purpose = "papers need not be carried to an office"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the case; until the family takes the photo back"

    def __str__(self) -> str:
        return f"{self.item} {self.file_id}"
