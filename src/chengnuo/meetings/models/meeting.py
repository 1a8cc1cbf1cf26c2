from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.core.instants import local_date
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.meetings.lifecycle import CALLED, CALLED_OFF, MEETING, MINUTES
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.meetings import MeetingKind, meetings
from chengnuo.policies.procedures import Procedure

PROCEDURES = {MINUTES: Procedure.MINUTES_UP}
NOT_HELD = (CALLED.value, CALLED_OFF.value)


class Meeting(Noun):
    """A meeting of the people of a village or community, called by their committee.

    `sort` is a key of `policies/meetings.yaml`; `roll` says how many there are of each measure of that kind, `present` how many of
    them came, both as counts alone. `demanded_by` names the measure that asked for it, `demanded` how many; `group`: which group
    of the village meets, where it is one. `number` is its
    public name. `minutes` are public, name nobody, and are final once the meeting is closed.
    """

    kind = "meeting"
    lifecycle = MEETING
    is_guarded = False
    about_office_id = None

    sort = models.CharField(max_length=40)
    number = models.CharField(max_length=12, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="meetings")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="meetings")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    called_at = models.DateTimeField()
    begins_at = models.DateTimeField()
    where = models.CharField(max_length=120)
    group = models.CharField(max_length=20, blank=True)
    demanded_by = models.CharField(max_length=20, blank=True)
    demanded = models.PositiveIntegerField(default=0)
    roll = models.JSONField()
    present = models.JSONField(null=True)
    held_at = models.DateTimeField(null=True)
    minutes = models.TextField(blank=True)
    drafted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    put_up_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "how many people came to a meeting, and public minutes that name nobody"
        purpose = "what a meeting decided counts only where it was valid, and whoever was there can correct the record"
        basis = "Organic Law of Villagers' Committees, art. 21 to 28, 34"
        retention = "for ever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=NOT_HELD, present=None, held_at=None)
                | ~Q(status__in=NOT_HELD) & Q(present__isnull=False, held_at__isnull=False),
                name="meeting_held_has_its_counts",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["closed", "up"]) | Q(closed_at__isnull=False) & ~Q(minutes=""),
                name="closed_meeting_has_its_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(status="up") | Q(put_up_at__isnull=False), name="meeting_up_has_its_instant"
            ),
            models.CheckConstraint(
                condition=Q(demanded_by="", demanded=0) | ~Q(demanded_by="") & Q(demanded__gt=0),
                name="demanded_meeting_says_by_how_many",
            ),
        ]
        indexes = [models.Index(fields=["office", "-begins_at"], name="meetings_by_office")]

    def __str__(self) -> str:
        return self.number

    @property
    def says(self) -> MeetingKind:
        """What kind of meeting it is."""
        return meetings().kinds[self.sort]

    @property
    def notice_days(self) -> int:
        """The days between its call and its day."""
        return (local_date(self.begins_at) - local_date(self.called_at)).days

    def promise_of(self, kind: str) -> str:
        return PROCEDURES[kind]

    def trace(self) -> Trace:
        return Trace(self.office_id)


class AgendaItem(models.Model):
    """One thing that a meeting was called for, in its order."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)

    class Privacy:
        holds = "nothing"
        purpose = "whoever is called knows what for"
        basis = "Organic Law of Villagers' Committees, art. 21"
        retention = "for ever"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="one_agenda_item_a_place")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.words


class Correction(models.Model):
    """What somebody who was there wants corrected in the minutes: by their line of the list of attendance, which names nobody here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="corrections")
    line = models.PositiveIntegerField()
    words = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    is_taken_up = models.BooleanField(null=True)
    reply = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "a line of the list of attendance, without a name, and public words about the minutes"
        purpose = "minutes say what those who were there heard"
        basis = "Organic Law of Villagers' Committees, art. 34"
        retention = "for ever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, is_taken_up=None, reply="")
                | Q(answered_at__isnull=False, is_taken_up__isnull=False),
                name="answered_correction_has_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(is_taken_up=False) | ~Q(reply=""), name="declined_correction_has_a_reason"
            ),
        ]
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.line}: {self.words}"
