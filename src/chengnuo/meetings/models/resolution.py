from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q

from chengnuo.core.instants import local_date
from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.meetings.lifecycle import REPLY, RESOLUTION, RESOLVED
from chengnuo.meetings.models.meeting import Meeting
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.procedures import Procedure

PROCEDURES = {REPLY: Procedure.MEETING_REPLY}
NOT_ASKED = (RESOLVED.value,)
SOON = timedelta(days=7)  # no office is bound by a day that is nearer than this when it is asked


class Resolution(Noun):
    """One thing that a meeting decided, with its votes as counts. Where it asks something of an office, `office` and `answer_by` say
    of whom and by when, and it becomes that office's duty once the minutes are closed.

    `unlawful` is a key of `policies/clauses.yaml`: what the law forbids. Whether it was adopted, and whether a later step may use it, is read (`queries.usable`).
    """

    kind = "resolution"
    lifecycle = RESOLUTION
    is_guarded = False
    about_office_id = None

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    order = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)
    ayes = models.PositiveIntegerField()
    noes = models.PositiveIntegerField()
    abstentions = models.PositiveIntegerField()
    unlawful = models.CharField(max_length=40, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="resolutions")
    holder = models.ForeignKey(Post, models.PROTECT, null=True, related_name="resolutions")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    answer_by = models.DateField(null=True)
    asked_at = models.DateTimeField(null=True)
    reply = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    read_in = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="read")

    class Privacy:
        holds = "what a meeting decided and by how many votes, and an office's public reply"
        purpose = "what people decide is followed to its end, by whom it asks"
        basis = "Organic Law of Villagers' Committees, art. 23, 24 and 30"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="one_resolution_a_place"),
            models.CheckConstraint(
                condition=Q(office=None, holder=None, answer_by=None)
                | Q(office__isnull=False, holder__isnull=False, answer_by__isnull=False),
                name="resolution_asks_somebody_by_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=NOT_ASKED) | Q(office__isnull=False, asked_at__isnull=False),
                name="asked_resolution_has_its_office",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["answered", "read"]) | Q(answered_at__isnull=False) & ~Q(reply=""),
                name="answered_resolution_has_its_reply",
            ),
            models.CheckConstraint(
                condition=~Q(status="read") | Q(read_in__isnull=False), name="read_resolution_has_its_meeting"
            ),
        ]
        indexes = [
            models.Index(
                fields=["meeting", "status"], condition=Q(status__in=["asked", "answered"]), name="resolutions_open"
            )
        ]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.words

    @property
    def votes(self) -> int:
        return self.ayes + self.noes + self.abstentions

    def promise_of(self, kind: str) -> str:
        """By the day that the meeting named; where the minutes were closed too late for it, as any other meeting is answered."""
        promised, day, asked = PROCEDURES[kind], self.answer_by, self.asked_at
        if day is None or asked is None or local_date(asked) + SOON >= day:
            return promised
        return f"{promised} by({day.month}, {day.day})"

    def trace(self) -> Trace:
        return Trace(self.office_id or self.meeting.office_id)
