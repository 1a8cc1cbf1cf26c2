from __future__ import annotations

from django.db import models

from chengnuo.cases.lifecycle import STEP
from chengnuo.cases.models.case import Case
from chengnuo.cases.models.chapter import Chapter
from chengnuo.foundation.models.noun import PLAIN, SENSITIVE, Noun, Trace
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure

PROCEDURES = {"fact": Procedure.STEP, "help": Procedure.HELP}


class StepSort(models.TextChoices):
    """What another office is asked for: to confirm or do one thing, or, of the office above, to help."""

    FACT = "fact"
    HELP = "help"


class Step(Noun):
    """One thing that another office does inside a case, with a deadline of its own; the case's own clock runs on.

    What is asked stands in a chapter of the case, sealed to it. The office that was asked sees these words and no more of the
    case; how the family is called only where the step needs it. `village`, `township` and `bureau` are where that office sits.
    """

    kind = "step"
    lifecycle = STEP

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    chapter = models.OneToOneField(Chapter, models.PROTECT, related_name="step")
    sort = models.CharField(max_length=10, choices=StepSort.choices)
    needs_name = models.BooleanField(default=False)
    is_guarded = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="steps")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="steps")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    about_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")

    class Privacy:
        holds = "which office was asked for a step in a case, and whether it needs the name"
        purpose = "the offices go to one another, and not the family to each of them"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "for ever, without words; what was asked as the case"

    def __str__(self) -> str:
        return f"{self.sort} {self.status}"

    def promise_of(self, _kind: str) -> str:
        return PROCEDURES[self.sort]

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE if self.is_guarded else PLAIN)
