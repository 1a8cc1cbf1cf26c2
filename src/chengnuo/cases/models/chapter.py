from __future__ import annotations

from django.db import models

from chengnuo.cases.models.case import Case
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Post


class Chapter(models.Model):
    """One step of a case's story, in order: which move, by which post, with which words. Never changed afterwards, and emptied when the case is forgotten.

    Sealed to its case: it tells nothing in another's story. `facts` holds codes that the sentence needs, never words.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="chapters")
    move = models.CharField(max_length=20)
    at = models.DateTimeField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    words = SealedField(label="cases.chapter.words", owner="case_id", blank=True)
    facts = models.JSONField(default=dict)

    class Privacy:
        holds = "what the officer and the resident wrote to each other, sealed"
        purpose = "the resident reads the whole story of the request"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the case"

    class Meta:
        indexes = [models.Index(fields=["case", "at", "id"], name="story_of_a_case")]

    def __str__(self) -> str:
        return f"{self.move} {self.at:%Y-%m-%d}"
