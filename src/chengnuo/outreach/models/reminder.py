from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from chengnuo.benefits.models import Award, Claim
from chengnuo.foundation.ids import random_id
from chengnuo.foundation.models.noun import SENSITIVE, Noun, Trace
from chengnuo.outreach.lifecycle import REMINDER, ReminderStatus
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure


class Told(models.TextChoices):
    """How the office told a family that its time runs out: a closed list."""

    TELEPHONE = "telephone"
    GIVEN = "given"
    POSTED = "posted"
    NOT_FOUND = "not_found"


class Reminder(Noun):
    """That somebody's claim waits for them, or that their award is to be renewed, and that the time for it ends on a day: their office
    owes that they are told. A message goes to whoever agreed to messages, besides.
    """

    kind = "reminder"
    lifecycle = REMINDER
    about_office_id = None

    id = models.UUIDField(primary_key=True, default=random_id, editable=False)
    award = models.ForeignKey(Award, models.PROTECT, null=True, related_name="+")
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    closes_on = models.DateField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    is_guarded = models.BooleanField()
    messaged = models.BooleanField(default=False)
    told = models.CharField(max_length=10, choices=Told.choices, blank=True)
    ended_on = models.DateField(null=True)

    class Privacy:
        holds = "that the time of a claimant or beneficiary runs out, and whether they were told"
        purpose = "nobody loses support because a day passed in silence"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the award or the claim"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "year"], name="one_reminder_an_award_and_year"),
            models.UniqueConstraint(fields=["claim", "year"], name="one_reminder_a_claim_and_year"),
            models.CheckConstraint(
                condition=Q(award=None, claim__isnull=False) | Q(award__isnull=False, claim=None),
                name="reminder_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReminderStatus.TOLD.value) | ~Q(told=""), name="told_reminder_says_how"
            ),
        ]
        indexes = [models.Index(fields=["status", "closes_on"], name="reminders_by_day")]

    def __str__(self) -> str:
        return f"{self.year} {self.closes_on}"

    @property
    def case_id(self) -> UUID | None:
        """The case of the claim, or of the one that led to the award."""
        return self.claim.case_id if self.claim else self.award.claim.case_id if self.award else None

    @property
    def programme(self) -> str:
        about = self.claim or self.award
        return about.programme if about else ""

    def promise_of(self, _kind: str) -> str:
        return Procedure.RENEWAL_REMINDER

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE)
