from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.outreach.lifecycle import RUN, RunStatus
from chengnuo.outreach.models.assessment import Assessment
from chengnuo.people.models import Office


class FinderRun(Noun):
    """A finder that was begun: from then on each night makes the letters that are due, while an assessment of it holds."""

    kind = "finder_run"
    lifecycle = RUN

    finder = models.SlugField(max_length=40)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="runs")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "since when an office tells people of support, by which rule, and under which assessment"
        basis = "PIPL art. 13(3), statutory duty; art. 55"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finder"], condition=Q(status=RunStatus.RUNNING.value), name="one_run_a_finder"
            )
        ]

    def __str__(self) -> str:
        return self.finder

    def trace(self) -> Trace:
        return Trace(self.office_id)
