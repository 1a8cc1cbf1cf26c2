from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.benefits.lifecycle import AWARD, AwardStatus
from chengnuo.benefits.models.claim import Claim
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.models.noun import PLAIN, SENSITIVE, Noun, Trace
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Office, Place


class Ending(models.TextChoices):
    """Why an award ends. Births are never among the reasons: they are neither asked for nor matched (charter, right 1)."""

    DEATH = "death"
    MOVE = "move"
    STATEMENT = "statement"
    OVER = "over"


class Award(Noun):
    """What one person was granted of one programme, from a year on, until it ends: a person has one a programme.

    `facts` are what it rests on, for the next review. `office` is the one that granted it; `village` is where the person lives.
    `ended_account` is who ended it: whoever finds that this was a mistake is another.
    """

    kind = "award"
    lifecycle = AWARD

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="award")
    programme = models.SlugField(max_length=60)
    place = models.CharField(max_length=12)
    name = SealedField(label="benefits.award.name", null=True)
    identity = SealedField(label="benefits.award.identity", null=True)
    child = SealedField(label="benefits.award.child", null=True)
    facts = SealedField(label="benefits.award.facts", null=True)
    person_index = models.BinaryField(max_length=32)
    is_guarded = models.BooleanField(default=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="awards")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    begins = models.PositiveSmallIntegerField()
    ends_on = models.DateField(null=True)
    ended_for = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    ended_account = models.BigIntegerField(null=True)
    granted_at = models.DateTimeField()

    class Privacy:
        holds = "name, identity number and statement of a beneficiary, sealed; which programme, from when, until when"
        purpose = "to pay what was granted, in full, and to show that it was"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "thirty years after it ends (village archives rules, benefit approvals)"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_index"],
                condition=Q(status=AwardStatus.IN_FORCE.value),
                name="one_award_a_person_and_programme",
            ),
            models.CheckConstraint(
                condition=Q(status=AwardStatus.IN_FORCE.value, ends_on=None, ended_for="")
                | (Q(status=AwardStatus.ENDED.value, ends_on__isnull=False) & ~Q(ended_for="")),
                name="ended_award_has_day_and_reason",
            ),
        ]
        indexes = [models.Index(fields=["programme", "status", "id"], name="awards_by_programme")]

    def __str__(self) -> str:
        return f"{self.programme} {self.begins}"

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE if self.is_guarded else PLAIN)


class Due(models.Model):
    """What an award comes to in one year, as it was determined: the row of the highest `number` counts, and none is ever changed.

    `fen` is the whole year's sum. `edition` names the rules by which it was found.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    award = models.ForeignKey(Award, models.PROTECT, related_name="dues")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    fen = models.BigIntegerField()
    determined_at = models.DateTimeField()
    determined_by = models.ForeignKey("people.Post", models.PROTECT, related_name="+")
    edition = models.CharField(max_length=12)
    departs = models.BooleanField(default=False)

    class Privacy:
        holds = "the sum that is due to a beneficiary in a year"
        purpose = "to pay what was granted, in full, and to show that it was"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the award"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "year", "number"], name="one_due_a_year_and_number"),
            models.CheckConstraint(condition=Q(fen__gte=0), name="due_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.fen}"
