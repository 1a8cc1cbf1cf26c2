from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from chengnuo.benefits.lifecycle import OBJECTION, ObjectionStatus
from chengnuo.benefits.models.claim import Claim
from chengnuo.cases.models import Case
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.models.noun import ANONYMOUS, SENSITIVE, Noun, Trace
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure


class Objection(Noun):
    """That somebody thinks an office's finding on a claim wrong: which condition (`ground`), and what shows it (`words`).

    Its case carries the receipt, and the name where one was given; `words` and `answer` are sealed to the claim, whose family
    reads them and never who wrote. It lies with the office above the one whose finding it is; those of one ground are answered together.
    `replied`: how often the claimant wrote to it.
    """

    kind = "objection"
    lifecycle = OBJECTION
    is_guarded = True

    case = models.OneToOneField(Case, models.PROTECT, related_name="objection")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="objections")
    ground = models.SlugField(max_length=30)
    words = SealedField(label="benefits.objection.words", owner="claim_id", blank=True)
    answer = SealedField(label="benefits.objection.answer", owner="claim_id", blank=True)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    replied = models.PositiveIntegerField(default=0)
    about_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="objections")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="objections")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")

    class Privacy:
        holds = "which condition of a claim somebody doubts, and what they wrote about it, sealed; the answer"
        purpose = "to look at an office's finding again, before it counts"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "the words as the case; that there was one as the claim"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(about_office=models.F("office")), name="no_office_answers_about_its_own_finding"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ObjectionStatus.UPHELD.value, ObjectionStatus.NOT_UPHELD.value])
                | Q(answered_at__isnull=False),
                name="answered_objection_has_its_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "status"], name="objections_by_holder"),
            models.Index(fields=["claim", "ground"], name="objections_by_claim"),
        ]

    def __str__(self) -> str:
        return self.ground

    def promise_of(self, _kind: str) -> str:
        return Procedure.ANSWER_TO_OBJECTION

    def trace(self) -> Trace:
        return Trace(self.office_id, ANONYMOUS if self.case.is_anonymous else SENSITIVE)


class Reply(models.Model):
    """What the claimant says to an objection. Put right by another row: the one with the highest `number` counts, none is changed.

    `post` wrote it down at a counter, for whoever gave it the code of the receipt.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    objection = models.ForeignKey(Objection, models.PROTECT, related_name="replies")
    number = models.PositiveIntegerField()
    words = SealedField(label="benefits.reply.words", owner="objection_id", blank=True)
    at = models.DateTimeField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Privacy:
        holds = "what a claimant says to an objection, sealed; the post that wrote it down for them"
        purpose = "that a claimant is heard before an objection is answered"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "the words as the case of the claim; that there was one as the claim"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["objection", "number"], name="one_reply_of_a_number")]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def name(self) -> str:
        return name_of(self.objection_id, self.number)


def name_of(objection: UUID, number: int) -> str:
    """By which an officer's page says which reply it shows."""
    return f"{objection}.{number}"
