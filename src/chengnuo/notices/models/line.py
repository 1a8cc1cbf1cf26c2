from __future__ import annotations

from django.db import models

from chengnuo.foundation.ids import random_id
from chengnuo.foundation.refs import Pair
from chengnuo.notices.models.notice import Notice
from chengnuo.people.models import Place


class NoticeLine(models.Model):
    """One entry of a list: a masked name, a reference and a village; `about` is what it stands for, in an application above.

    No name, no number, no programme and no reason stands here. When the notice is over the mask goes, and the line keeps that
    this was once noticed. Its id and its reference are random, so that no order tells who came first.
    """

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="lines")
    mask = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=6)
    village = models.ForeignKey(Place, models.PROTECT, related_name="+")
    about_kind = models.CharField(max_length=20)
    about_id = models.UUIDField()
    about = Pair()

    class Privacy:
        holds = "a masked name and a village; a reference; which claim it stands for"
        purpose = "an objection to an office's finding needs to know what it found"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "the mask until the notice is over, recalled, or the claim withdrawn; the rest as the claim"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "reference"], name="one_line_a_reference"),
            models.UniqueConstraint(fields=["notice", "about_id"], name="one_line_a_claim_and_notice"),
        ]
        indexes = [models.Index(fields=["about_id"], name="lines_about_a_claim")]

    def __str__(self) -> str:
        return self.reference
