from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.cases.models import Case
from chengnuo.channels.lifecycle import CLOSED_LETTER, ClosedLetterStatus
from chengnuo.foundation.models.noun import PLAIN, SENSITIVE, Noun, Trace
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure

IS_TOLD = Q(out_on__isnull=False, tells_until__isnull=False, told_by__isnull=False)


class Way(models.TextChoices):
    """How a family was told in the end."""

    LETTER = "letter"
    PHONE = "phone"
    PERSON = "person"


class ClosedLetter(Noun):
    """What a family is told on paper, because no message reaches it: that there is something new in its case since `news_on`.

    `undelivered`: a message was sent and did not arrive. `news_at` is when the last of what is new arose, `printed_at` when the letter
    was first opened to be printed, `tells_until` up to when what the family was told says it: what is new since is owed again.
    `told_by` and `way`: who told it, and how. It keeps no words and no name. Its office, holder and seat are those of the case: whoever knows of it already.
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
    news_at = models.DateTimeField()
    undelivered = models.BooleanField(default=False)
    printed_at = models.DateTimeField(null=True)
    tells_until = models.DateTimeField(null=True)
    out_on = models.DateField(null=True)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    told_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Privacy:
        holds = "on which day a family that no message reaches was to be told otherwise, and was, by which post and how"
        purpose = "nobody loses support because nobody told them"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the case"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(status=ClosedLetterStatus.OWED.value), name="one_closed_letter_owed_a_case"
            ),
            models.CheckConstraint(
                condition=Q(status=ClosedLetterStatus.OUT.value, way=Way.LETTER) & IS_TOLD
                | Q(status=ClosedLetterStatus.TOLD.value, way__in=[Way.PHONE, Way.PERSON]) & IS_TOLD
                | ~Q(status__in=[ClosedLetterStatus.OUT.value, ClosedLetterStatus.TOLD.value])
                & Q(out_on=None, way="", tells_until=None, told_by=None),
                name="who_is_told_is_told_on_a_day_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.status}"

    @property
    def may_be_written(self) -> bool:
        """Whether a letter reaches them at all: else it is said by telephone or in person."""
        contact = self.case.contact
        return contact is not None and contact.village_id is not None and not contact.no_paper

    def promise_of(self, _kind: str) -> str:
        return Procedure.TOLD_ON_PAPER

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE if self.is_guarded else PLAIN)
