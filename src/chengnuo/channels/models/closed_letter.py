from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.cases.models import Case
from chengnuo.channels.lifecycle import CLOSED_LETTER, ClosedLetterStatus
from chengnuo.foundation.models.noun import PLAIN, SENSITIVE, Noun, Trace
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure


class ClosedLetter(Noun):
    """What a family is told on paper, because no message reaches it: that there is something new in its case since `news_on`.

    It keeps no words and no name. Its office, holder and seat are those of the case: whoever knows of it already.
    """

    kind = "closed_letter"
    lifecycle = CLOSED_LETTER
    about_office_id = None

    case = models.ForeignKey(Case, models.PROTECT, related_name="closed_letters")
    is_guarded = models.BooleanField(default=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    news_on = models.DateField()
    out_on = models.DateField(null=True)

    class Privacy:
        holds = "on which day a family without a telephone was to be told on paper, and was"
        purpose = "nobody loses support because nobody told them"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the case"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(status=ClosedLetterStatus.OWED.value), name="one_closed_letter_owed_a_case"
            ),
            models.CheckConstraint(
                condition=Q(status=ClosedLetterStatus.OUT.value, out_on__isnull=False)
                | ~Q(status=ClosedLetterStatus.OUT.value) & Q(out_on=None),
                name="closed_letter_out_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"

    def promise_of(self, _kind: str) -> str:
        return Procedure.TOLD_ON_PAPER

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE if self.is_guarded else PLAIN)
