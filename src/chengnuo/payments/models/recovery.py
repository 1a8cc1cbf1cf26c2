from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengnuo.benefits.models import Award
from chengnuo.foundation.models.noun import SENSITIVE, Noun, Trace
from chengnuo.foundation.sealed import SealedField
from chengnuo.payments.lifecycle import DECIDE_BACK, RECOVERY, RecoveryStatus
from chengnuo.people.models import Office, Post
from chengnuo.policies.procedures import Procedure


class Why(models.TextChoices):
    """Why more was paid than is due."""

    LESS = "less"
    ENDED = "ended"
    MISTAKE = "mistake"


class Recovery(Noun):
    """What was paid above what is due of an award and year, asked back: proposed by one officer, decided by another, never by a machine.

    `reasons` are told to the person; `objection` is their own words, `answer` the office's. `object_by`: until when they may object.
    What comes back is booked for itself; nothing is ever taken from later money. `instalments`: over so many months.
    """

    kind = "recovery"
    lifecycle = RECOVERY
    is_guarded = True
    about_office_id = village_id = township_id = None

    award = models.ForeignKey(Award, models.PROTECT, related_name="recoveries")
    year = models.PositiveSmallIntegerField()
    fen = models.BigIntegerField()
    back_fen = models.BigIntegerField(default=0)
    why = models.CharField(max_length=10, choices=Why.choices)
    reasons = SealedField(label="payments.recovery.reasons", owner="award_id")
    objection = SealedField(label="payments.recovery.objection", owner="award_id", null=True)
    answer = SealedField(label="payments.recovery.answer", owner="award_id", null=True)
    instalments = models.PositiveSmallIntegerField(default=1)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    payer = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    proposed_by = models.BigIntegerField()
    decided_by = models.BigIntegerField(null=True)
    told_on = models.DateField(null=True)
    object_by = models.DateField(null=True)

    class Privacy:
        holds = "what a beneficiary was paid too much, why, and what they object, the words sealed"
        purpose = "that money is asked back by people, with reasons, and never taken"
        basis = "PIPL art. 13(3), statutory duty; Administrative Review Law, art. 20"
        retention = "as the award"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0, back_fen__gte=0, back_fen__lte=F("fen")), name="no_more_comes_back"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="two_people_ask_back"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[RecoveryStatus.PROPOSED.value, RecoveryStatus.DROPPED.value])
                | Q(told_on__isnull=False, object_by__isnull=False),
                name="who_is_asked_was_told",
            ),
        ]
        indexes = [models.Index(fields=["award", "year"], name="recoveries_of_an_award")]

    def __str__(self) -> str:
        return f"{self.year} {self.fen}"

    @property
    def bureau_id(self) -> object:
        return self.office_id

    @property
    def open_fen(self) -> int:
        return self.fen - self.back_fen

    def promise_of(self, kind: str) -> str:
        return Procedure.RECOVERY_DECIDED if kind == DECIDE_BACK else Procedure.RECOVERY_ANSWERED

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE)
