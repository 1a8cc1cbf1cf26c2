from __future__ import annotations

from django.db import models

from chengnuo.benefits.lifecycle import CLAIM
from chengnuo.cases.models import Case
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.models.noun import PLAIN, SENSITIVE, Noun, Trace
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.stages import Stage, stages

FAMILY = "family"


class Claim(Noun):
    """What one person claims of one programme for one year: the case in which they ask carries name, papers, receipt and story; this
    is what the rules say of it, and which stage it has reached.

    `stages` are the keys of its way, frozen when it began; `stage` counts from 0, `round` how often it began its way anew,
    because what was stated changed after somebody had looked at it. Its office, post and seat are those of that stage.
    `facts` (what was stated, as JSON) and `proposal` (the determination, as JSON, with reasons) open with their case alone.
    `identity`: the claimant's number; `child`: that of the child whom the support is for. `person_index` finds the claims of this
    programme for the same person, and no others.
    """

    kind = "claim"
    lifecycle = CLAIM
    about_office_id = None

    case = models.OneToOneField(Case, models.PROTECT, related_name="claim")
    programme = models.SlugField(max_length=60)
    year = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=12)
    facts = SealedField(label="benefits.claim.facts", owner="case_id", null=True)
    identity = SealedField(label="benefits.claim.identity", owner="case_id", null=True)
    child = SealedField(label="benefits.claim.child", owner="case_id", null=True)
    person_index = models.BinaryField(max_length=32, null=True)
    proposal = SealedField(label="benefits.claim.proposal", owner="case_id", null=True)
    edition = models.CharField(max_length=12)
    determined_at = models.DateTimeField()
    stages = models.JSONField(default=list)
    stage = models.PositiveSmallIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=0)
    is_guarded = models.BooleanField(default=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="claims")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="claims")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")

    class Privacy:
        holds = "what was stated for one claim, the identity number, and what the rules make of it, sealed"
        purpose = "to decide one claim, with reasons"
        basis = "PIPL art. 13(3), statutory duty; art. 24, an explained decision"
        retention = "as the case"

    class Meta:
        indexes = [
            models.Index(fields=["holder", "status"], name="claims_by_holder"),
            models.Index(fields=["person_index"], condition=models.Q(person_index__isnull=False), name="claims_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    @property
    def stands_at(self) -> Stage:
        return self.at_stage(self.stage)

    def at_stage(self, number: int) -> Stage:
        return stages().by_key[self.stages[number]]

    @property
    def pauses_for(self) -> str:
        return self.case.pause_reason or FAMILY

    def promise_of(self, _kind: str) -> str:
        return self.stands_at.promise

    def trace(self) -> Trace:
        return Trace(self.office_id, SENSITIVE if self.is_guarded else PLAIN)


class Verdict(models.TextChoices):
    """What a stage says of a claim before it goes on. Doubts stop nothing: the last stage decides, and answers them."""

    SUPPORTS = "supports"
    DOUBTS = "doubts"
    DECIDES = "decides"


class Opinion(models.Model):
    """What one stage said of a claim in one round, and who said it. Never changed afterwards."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="opinions")
    stage = models.CharField(max_length=30)
    round = models.PositiveSmallIntegerField(default=0)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    account = models.BigIntegerField()
    at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    words = SealedField(label="benefits.opinion.words", owner="claim_id", blank=True)

    class Privacy:
        holds = "what an officer wrote about a claim, sealed; who said it"
        purpose = "who examined a claim, and that nobody decides what they examined alone"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "the words as the case; who and when for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "stage", "round"], name="one_opinion_a_stage_and_round")
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.verdict}"


class Scribe(models.Model):
    """That an officer wrote down what a claim states: when it was taken in, or put right. They do not decide it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="scribes")
    account = models.BigIntegerField()
    at = models.DateTimeField()

    class Privacy:
        holds = "which officer wrote down what a claim states"
        purpose = "nobody decides what they wrote down themselves"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "for ever"

    def __str__(self) -> str:
        return str(self.account)
