from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengnuo.foundation.ids import new_id
from chengnuo.foundation.models.noun import PLAIN, SENSITIVE, Trace
from chengnuo.foundation.refs import Pair
from chengnuo.people.models import Office, Place, Post
from chengnuo.promises.models.promise import PromiseVersion


class Outcome(models.TextChoices):
    """What became of a duty; set once, when it ends."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"
    BROKEN = "broken"
    DISCHARGED = "discharged"


class Duty(models.Model):
    """One due occurrence of a promise, with a clock.

    It stores instants and no state: whether it is on time, late or broken is read from them against now
    (`core.deadlines.reading`), so that time never writes a row. `due_at` and `broken_at` already hold a pause at its
    longest; ending the pause sooner moves them back. `next_at` is when the next level is told, while it is unended.
    The beneficiary is a Ref: a person's case, a group, the public.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promise = models.ForeignKey(PromiseVersion, models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    subject = Pair()
    office = models.ForeignKey(Office, models.PROTECT, related_name="duties")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="duties")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    hidden_from = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    is_guarded = models.BooleanField(default=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="escalations")
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    due_at = models.DateTimeField()
    broken_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True)
    pause_ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    discharged_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    discharge_reason = models.CharField(max_length=500, blank=True)
    next_at = models.DateTimeField(null=True)
    next_level = models.PositiveSmallIntegerField(default=1)

    class Privacy:
        holds = "nothing"
        purpose = "what an office owes and by when"
        basis = "Regulations on open government information, art. 20"
        retention = "for ever"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(broken_at__gte=F("due_at")), name="broken_after_due"),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None, discharged_at=None)
                | Q(ended_at__isnull=False, discharged_at=None, outcome__in=["kept", "kept_late", "broken"])
                | Q(discharged_at__isnull=False, ended_at=None, outcome__in=["discharged", "broken"]),
                name="outcome_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None, pause_ends_at=None)
                | Q(paused_at__isnull=False, pause_ends_at__isnull=False),
                name="pause_has_its_end",
            ),
            models.UniqueConstraint(
                fields=["subject_id", "kind"],
                condition=Q(outcome="", parent=None),
                name="one_live_duty_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "due_at", "id"], condition=Q(outcome=""), name="live_by_holder"),
            models.Index(fields=["office", "due_at", "id"], condition=Q(outcome=""), name="live_by_office"),
            models.Index(
                fields=["township", "due_at", "id"], condition=Q(outcome=""), name="live_by_township"
            ),
            models.Index(fields=["bureau", "due_at", "id"], condition=Q(outcome=""), name="live_by_bureau"),
            models.Index(
                fields=["next_at", "id"], condition=Q(next_at__isnull=False), name="next_to_escalate"
            ),
            models.Index(fields=["subject_id"], name="duties_of_a_subject"),
            models.Index(fields=["opened_on", "office"], name="duties_by_day_and_office"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d}"

    def trace(self) -> Trace:
        """Duties of complaints, and of services whose mere name would tell something, leave the public part empty."""
        group = SENSITIVE if self.is_guarded else PLAIN
        return Trace(self.office_id, group, is_local=self.township_id is not None)


class Pause(models.Model):
    """A named reason for which a duty's clock stood still, by whom, and for how long at most."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=20)
    author = models.CharField(max_length=80)
    began_at = models.DateTimeField()
    ends_at_latest = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "the post that paused"
        purpose = "why a clock stood still"
        basis = "Administrative Licensing Law art. 45, as a model"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=Q(resumed_at=None), name="one_open_pause_a_duty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.began_at:%Y-%m-%d}"


class Escalation(models.Model):
    """One level told of a duty; dated by the instant it was due, whenever the worker woke up.

    Level 1 is the head of the office, 2 the office above, and so on; level 0 is the office above told at once because a
    resident says that a case called done is not resolved. `asked` is the duty of whoever was told to answer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="levels")
    level = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked = models.OneToOneField(Duty, models.PROTECT, related_name="asked_by")
    answer = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "what an office above answered, checked for words that are never recorded"
        purpose = "who was told that a duty is late"
        basis = "Measures, time-limited completion"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "level"], name="one_escalation_a_level"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="answer_has_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.level}"
