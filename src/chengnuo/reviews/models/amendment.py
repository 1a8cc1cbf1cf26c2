from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengnuo.benefits.models import Award, Ending
from chengnuo.foundation.models.noun import SENSITIVE, Noun, Trace
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Office, Post
from chengnuo.policies.procedures import Procedure
from chengnuo.reviews.lifecycle import AMENDMENT, ENDING, AmendmentStatus


class Sort(models.TextChoices):
    """What an amendment does: it determines a year anew, ends the award, or lets one go on that was ended by mistake."""

    DETERMINE = "determine"
    END = "end"
    RESTORE = "restore"


class Amendment(Noun):
    """A change to an award outside its yearly review: one officer proposes it with reasons, another confirms it.

    Of a year determined anew: `year`, `fen` (what the rules give, which has to be so when it is confirmed) and `facts` (what the
    person states otherwise, as JSON; what was held before is told by the amendments before). Of an end: `ending` and `ends_on`. Of one that goes on: `year`, the first that is
    determined anew, and `fen`, what all of them come to. `reasons` are read by the person. `office` and
    `holder` are of whoever confirms it, `bureau` is the office whose award it is. The accounts are who did the two parts.
    """

    kind = "amendment"
    lifecycle = AMENDMENT
    is_guarded = True
    about_office_id = village_id = township_id = None

    award = models.ForeignKey(Award, models.PROTECT, related_name="amendments")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    year = models.PositiveSmallIntegerField(null=True)
    fen = models.BigIntegerField(null=True)
    facts = SealedField(label="reviews.amendment.facts", owner="award_id", null=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    ends_on = models.DateField(null=True)
    reasons = SealedField(label="reviews.amendment.reasons", owner="award_id")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    proposed_account = models.BigIntegerField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    confirmed_account = models.BigIntegerField(null=True)

    class Privacy:
        holds = "how and why an award was changed, and what its beneficiary stated otherwise, sealed"
        purpose = "an award changes only by a dated decision with reasons, by two officers"
        basis = "PIPL art. 13(3), statutory duty; art. 24, an explained decision"
        retention = "as the award"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(status=AmendmentStatus.PROPOSED.value),
                name="one_amendment_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_account=None)
                | ~Q(confirmed_account=F("proposed_account")) & ~Q(confirmed_by=F("proposed_by")),
                name="amendment_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=AmendmentStatus.CONFIRMED.value)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, confirmed_account__isnull=False),
                name="confirmed_amendment_names_who_did",
            ),
            models.CheckConstraint(
                condition=~Q(sort=Sort.END.value) & Q(year__isnull=False, fen__gte=0, ending="", ends_on=None)
                | Q(sort=Sort.END.value, year=None, fen=None, facts__isnull=True, ends_on__isnull=False)
                & Q(ending__in=ENDING),
                name="amendment_is_of_one_sort",
            ),
        ]
        indexes = [models.Index(fields=["award", "status"], name="amendments_of_an_award")]

    def __str__(self) -> str:
        return f"{self.sort} {self.award_id}"

    def promise_of(self, _kind: str) -> str:
        return Procedure.REVIEW_DETERMINED

    def trace(self) -> Trace:
        return Trace(self.bureau_id, SENSITIVE)
