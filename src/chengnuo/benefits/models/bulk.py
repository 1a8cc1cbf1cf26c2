from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengnuo.benefits.lifecycle import BULK
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.foundation.refs import Pair
from chengnuo.people.models import Office, Post


class Bulk(Noun):
    """Decisions of one sort that are taken together, because each is exactly what the rules give: one officer draws them and opens
    a random sample, another of another post confirms them, and each is a decision of its own.

    `sort` names what is done to each (`operations/bulk.py`). `drawn_account` and `confirmed_account` are who did the two parts.
    """

    kind = "bulk"
    lifecycle = BULK
    is_guarded = False
    about_office_id = None

    sort = models.SlugField(max_length=20)
    programme = models.SlugField(max_length=60)
    year = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="bulks")
    size = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    drawn_account = models.BigIntegerField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    confirmed_account = models.BigIntegerField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "many decisions are made at once only where each is what the rules give, and by two officers"
        basis = "PIPL art. 24, an explained decision"
        retention = "for ever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_account=None)
                | ~Q(confirmed_account=F("drawn_account")) & ~Q(confirmed_by=F("drawn_by")),
                name="bulk_is_confirmed_by_another",
            )
        ]
        indexes = [models.Index(fields=["office", "status"], name="bulks_by_office")]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    def trace(self) -> Trace:
        return Trace(self.office_id)


class BulkItem(models.Model):
    """One decision of a bulk. `fen`: what the rules gave when it was drawn; `why_not`: the code of the refusal, "" where it was done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bulk = models.ForeignKey(Bulk, models.PROTECT, related_name="items")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    subject = Pair()
    fen = models.BigIntegerField()
    is_sample = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    why_not = models.SlugField(max_length=40, blank=True)

    class Privacy:
        holds = "which claim was decided together with others, and its sum"
        purpose = "each decision is made once, also when it is broken off and begun again"
        basis = "PIPL art. 24, an explained decision"
        retention = "as the award"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulk", "subject_id"], name="one_item_a_bulk_and_subject")]
        indexes = [models.Index(fields=["subject_id"], name="items_of_a_subject")]

    def __str__(self) -> str:
        return str(self.subject_id)
