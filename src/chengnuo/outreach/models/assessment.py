from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.outreach.lifecycle import ASSESSMENT, AssessmentStatus
from chengnuo.people.models import Office, Post


class Assessment(Noun):
    """The impact assessment of a finder, before it runs for the first time: what is done with personal data, why that is lawful and
    needed, what it may do to people, and what guards them (PIPL, art. 55 and 56). One person writes it, another signs it.

    It holds until a day. It is changed by a new one alone, and none is ever deleted.
    """

    kind = "assessment"
    lifecycle = ASSESSMENT

    finder = models.SlugField(max_length=40)
    what = models.TextField()
    why = models.TextField()
    necessity = models.TextField()
    risks = models.TextField()
    measures = models.TextField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    author = models.BigIntegerField()
    drafted_at = models.DateTimeField()
    valid_until = models.DateField()
    signed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "that nobody is written to before somebody has thought about what it may do to them"
        basis = "PIPL art. 55 and 56, an assessment before"
        retention = "for ever; the law asks for three years"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=AssessmentStatus.SIGNED.value)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="signed_assessment_has_a_name",
            )
        ]
        indexes = [models.Index(fields=["finder", "status"], name="assessments_by_finder")]

    def __str__(self) -> str:
        return f"{self.finder} {self.valid_until}"

    def trace(self) -> Trace:
        return Trace(self.office_id)
