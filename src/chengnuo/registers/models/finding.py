from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.models.noun import SENSITIVE, Noun, Trace
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure
from chengnuo.registers.lifecycle import FINDING, OPEN, RIGHT


class Finding(Noun):
    """Something in a record that does not fit. It is a duty of the office that holds the record, and changes nothing for the person.

    `fault` is the key of a check; `about` the id of what it looked at (of a resident the `person`), `seen` how that stood, as a keyed digest: what is
    right as it is, is not found again before it changes. `words`: why it is right.
    """

    kind = "finding"
    lifecycle = FINDING
    is_guarded = True
    about_office_id = None

    fault = models.SlugField(max_length=30)
    about_kind = models.CharField(max_length=20)
    about = models.UUIDField()
    seen = models.CharField(max_length=36)
    office = models.ForeignKey(Office, models.PROTECT, related_name="findings")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="findings")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    found_on = models.DateField()
    ended_on = models.DateField(null=True)
    words = SealedField(label="registers.finding.words", null=True)

    class Privacy:
        holds = "which record does not fit, and why it is right where it is, sealed; nothing of what stands in it"
        purpose = "true data: a wrong record is mended by the office that holds it"
        basis = "PIPL art. 8, true data, and art. 13(3), statutory duty"
        retention = "three years after it was looked at"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fault", "about"], condition=Q(status=OPEN.value), name="one_open_finding_a_fault_and_record"
            ),
            models.CheckConstraint(
                condition=Q(status=OPEN.value, ended_on=None) | (~Q(status=OPEN.value) & Q(ended_on__isnull=False)),
                name="ended_finding_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=RIGHT.value) | Q(words__isnull=False), name="finding_that_is_right_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["about", "fault"], name="findings_of_a_record"),
            models.Index(fields=["status", "ended_on"], name="findings_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.fault} {self.found_on}"

    def promise_of(self, _kind: str) -> str:
        return Procedure.RECORD_MENDED

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE)
