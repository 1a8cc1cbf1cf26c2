from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.cases.lifecycle import CASE, NOTICE, REDO, SERVE, CaseStatus
from chengnuo.foundation.models.noun import ANONYMOUS, PLAIN, SENSITIVE, Noun, Trace
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import AccessToken, Contact, Office, Place, Post
from chengnuo.policies.procedures import Procedure
from chengnuo.promises.models import PromiseVersion

FAMILY = "family"
PROCEDURES = {REDO: Procedure.REDO, NOTICE: Procedure.MISSING_LIST}


class CaseKind(models.TextChoices):
    REQUEST = "request"
    COMPLAINT = "complaint"
    OBJECTION = "objection"


class Channel(models.TextChoices):
    WEB = "web"
    COUNTER = "counter"
    PHONE = "phone"
    SYSTEM = "system"


class ResidentWord(models.TextChoices):
    """What the resident says of a case that the office calls done. Silence is a word of its own, never a yes."""

    RESOLVED = "resolved"
    NOT_RESOLVED = "not"
    NO_ANSWER = "none"


class Case(Noun):
    """One request of a resident, or one complaint about an office, or an objection to its finding (benefits keeps to which).

    Exactly one post holds it until it ends (the baton: first-contact responsibility); it changes hands only when the other
    post accepts, or passes to a head when somebody leaves its post: then it is offered to whoever fills that post
    (`passed_from`). It keeps the version of the promise it began under. A complaint is held by the office above the one
    complained about and hidden from that one; one without name and telephone (`is_anonymous`) tells the day and no hour, in
    any row that its writer caused. `village`, `township` and `bureau` are where the office sits (see
    `people.queries.Seat`), so that every level's list is one equality on an index. Two years after its end it is forgotten:
    the row stays for the figures, empty of words, and opens for nobody (`forgotten_at`).
    """

    kind = "case"
    lifecycle = CASE

    sort = models.CharField(max_length=10, choices=CaseKind.choices)
    is_guarded = models.BooleanField(default=False)
    is_anonymous = models.BooleanField(default=False)
    number = models.CharField(max_length=12, unique=True)
    receipt_index = models.BinaryField(max_length=32, unique=True)
    promise = models.ForeignKey(PromiseVersion, models.PROTECT, related_name="cases")
    contact = models.OneToOneField(Contact, models.PROTECT, related_name="case")
    details = SealedField(label="cases.case.details", blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    helper = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    via = models.ForeignKey(AccessToken, models.PROTECT, null=True, related_name="cases")
    office = models.ForeignKey(Office, models.PROTECT, related_name="cases")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="cases")
    offered_to = models.ForeignKey(Post, models.PROTECT, null=True, related_name="offered_cases")
    passed_from = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    about_office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    about_case = models.ForeignKey("self", models.PROTECT, null=True, related_name="complaints")
    received_at = models.DateTimeField()
    received_on = models.DateField()
    complete_by = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    missing = SealedField(label="cases.case.missing", null=True)
    pause_reason = models.CharField(max_length=20, blank=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    answer_by = models.DateTimeField(null=True)
    refusal_law = SealedField(label="cases.case.refusal_law", null=True)
    word = models.CharField(max_length=10, choices=ResidentWord.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    open_steps = models.PositiveSmallIntegerField(default=0)
    codes = models.PositiveSmallIntegerField(default=0)
    recoded_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "what a resident asks for and says, sealed; which service, which village"
        purpose = "to answer a request within its time limit"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "two years after the case ends, then figures only"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sort__in=["complaint", "objection"], about_office__isnull=False)
                | Q(sort="request", about_office=None),
                name="complaint_is_about_an_office",
            ),
            models.CheckConstraint(
                condition=Q(about_office=None) | ~Q(about_office=models.F("office")), name="not_judge_and_party"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[CaseStatus.DONE.value, CaseStatus.REFUSED.value])
                | Q(finished_at__isnull=False, finished_by__isnull=False),
                name="done_has_its_officer",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.CLOSED.value) | Q(closed_at__isnull=False) & ~Q(word=""),
                name="closed_has_a_word",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.REFUSED.value)
                | Q(refusal_law__isnull=False)
                | Q(forgotten_at__isnull=False),
                name="refused_names_the_law",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.PAUSED.value) | ~Q(pause_reason=""), name="paused_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "received_at", "id"], name="cases_by_holder"),
            models.Index(fields=["holder", "status"], name="cases_in_hand"),
            models.Index(fields=["passed_from"], condition=Q(passed_from__isnull=False), name="cases_passed_on"),
            models.Index(fields=["office", "received_at", "id"], name="cases_by_office"),
            models.Index(fields=["township", "received_at", "id"], name="cases_by_township"),
            models.Index(fields=["bureau", "received_at", "id"], name="cases_by_bureau"),
            models.Index(fields=["received_at", "id"], name="cases_by_time"),
            models.Index(fields=["received_at", "id"], condition=Q(forgotten_at=None), name="cases_to_forget"),
            models.Index(fields=["answer_by", "id"], condition=Q(status="done"), name="cases_awaiting_a_word"),
        ]

    def __str__(self) -> str:
        return self.number

    def promise_of(self, kind: str) -> PromiseVersion | str | None:
        """Under which promise a duty of this kind stands: the service's own, or the key of a procedure's. None of the service where it
        waits from the beginning: what stands beside it owes instead.
        """
        if kind != SERVE:
            return PROCEDURES[kind]
        return None if self.open_steps else self.promise

    @property
    def pauses_for(self) -> str:
        """Why its clock stands still: the named reason, or the family's answer that it waits for."""
        return self.pause_reason or FAMILY

    @property
    def is_complaint(self) -> bool:
        """Whether it is about an office: complained, or objected to its finding."""
        return self.sort != CaseKind.REQUEST

    def trace(self) -> Trace:
        """Complaints leave the log's public part empty, so do services whose mere name would tell something; what somebody
        without a name wrote stands in it from the next day on.
        """
        group = SENSITIVE if self.is_guarded else PLAIN
        return Trace(self.office_id, ANONYMOUS if self.is_anonymous else group)
