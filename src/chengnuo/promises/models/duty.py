from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengnuo.foundation.ids import new_id
from chengnuo.foundation.models.noun import PLAIN, SENSITIVE, Trace
from chengnuo.foundation.refs import Pair
from chengnuo.foundation.sealed import SealedField
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

    `deadline` is the rule under which it was opened. It stores instants and no state: whether it is on time, late or broken is read from them against now
    (`core.deadlines.reading`), so that time never writes a row. `due_at` and `broken_at` already hold a pause at its
    longest; ending the pause sooner moves them back. `next_at` is when the next level is told, while it is unended.
    The beneficiary is a Ref: a person's case, a group, the public.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    promise = models.ForeignKey(PromiseVersion, models.PROTECT, related_name="duties")
    deadline = models.CharField(max_length=40)
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
    discharge_reason = SealedField(label="promises.duty.discharge_reason", null=True)
    next_at = models.DateTimeField(null=True)
    next_level = models.PositiveSmallIntegerField(default=1)

    class Privacy:
        holds = "why an office above freed one below it of a deadline, sealed"
        purpose = "what an office owes and by when"
        basis = "Regulations on open government information, art. 20"
        retention = "the reason as the case; what was owed for ever"

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
                fields=["subject_id", "kind"], condition=Q(outcome="", parent=None), name="one_live_duty_a_kind"
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "due_at", "id"], condition=Q(outcome=""), name="live_by_holder"),
            models.Index(fields=["office", "due_at", "id"], condition=Q(outcome=""), name="live_by_office"),
            models.Index(fields=["township", "due_at", "id"], condition=Q(outcome=""), name="live_by_township"),
            models.Index(fields=["bureau", "due_at", "id"], condition=Q(outcome=""), name="live_by_bureau"),
            models.Index(fields=["promise", "due_at", "id"], condition=Q(outcome=""), name="live_by_promise"),
            models.Index(fields=["due_at", "id"], condition=Q(outcome=""), name="live_by_time"),
            models.Index(fields=["next_at", "id"], condition=Q(next_at__isnull=False), name="next_to_escalate"),
            models.Index(fields=["subject_id"], name="duties_of_a_subject"),
            models.Index(fields=["subject_id"], condition=Q(discharge_reason__isnull=False), name="duties_freed_of"),
            models.Index(fields=["opened_on", "office"], name="duties_by_day_and_office"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at:%Y-%m-%d}"

    def trace(self) -> Trace:
        """Duties of complaints, and of services whose mere name would tell something, leave the public part empty."""
        group = SENSITIVE if self.is_guarded else PLAIN
        return Trace(self.office_id, group)
