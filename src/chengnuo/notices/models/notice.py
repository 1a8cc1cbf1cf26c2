from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from chengnuo.core.instants import local_date
from chengnuo.foundation.models import StoredFile
from chengnuo.foundation.models.noun import PLAIN, SENSITIVE, Noun, Trace
from chengnuo.notices.lifecycle import HANG, NOTICE, PUBLISHED, REMOVE, UP, NoticeStatus
from chengnuo.people.models import Office, Place, Post
from chengnuo.policies.notices import NoticeKind, notices
from chengnuo.policies.procedures import Procedure

PROCEDURES = {HANG: Procedure.NOTICE_UP, REMOVE: Procedure.NOTICE_DOWN}
SHOWN = (PUBLISHED.value, UP.value)


class Recalled(models.TextChoices):
    """Why a notice left the page before its time."""

    MISTAKE = "mistake"
    LEAD = "lead"
    OTHER = "other"
    RESTORED = "restored"
    SMALL = "small"


class Notice(Noun):
    """A public notice of an office: a list of masked names under one heading, for some days, on the web and at the board.

    `sort` is a key of `policies/notices.yaml`; `number` its public name, random letters, so that no other is guessed from it.
    `size` counts its lines. It runs from the day `begins` to the end of the day `ends`.
    """

    kind = "notice"
    lifecycle = NOTICE
    is_guarded = False
    about_office_id = None

    number = models.CharField(max_length=12, unique=True)
    sort = models.CharField(max_length=20)
    size = models.PositiveSmallIntegerField(default=0)
    office = models.ForeignKey(Office, models.PROTECT, related_name="notices")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="notices")
    village = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    bureau = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    hung_at = models.DateTimeField(null=True)
    hung_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    proof = models.OneToOneField(StoredFile, models.SET_NULL, null=True, related_name="notice")
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=10, choices=Recalled.choices, blank=True)
    taken_down_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "nothing"
        purpose = "a notice that a rule requires is seen for its days, and no longer"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "sort"], condition=Q(status="drafted"), name="one_draft_an_office_and_sort"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[NoticeStatus.DRAFTED.value, NoticeStatus.LET_GO.value])
                | Q(begins__isnull=False, ends__isnull=False, published_at__isnull=False),
                name="published_notice_has_its_days",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[UP.value, NoticeStatus.OVER.value]) | Q(hung_at__isnull=False),
                name="notice_up_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(recalled_at=None, recall_reason="") | Q(recalled_at__isnull=False) & ~Q(recall_reason=""),
                name="recalled_notice_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=NoticeStatus.RECALLED.value) | Q(recalled_at__isnull=False),
                name="recalled_notice_has_its_instant",
            ),
            models.CheckConstraint(
                condition=~Q(status=NoticeStatus.TAKEN_DOWN.value) | Q(taken_down_at__isnull=False),
                name="taken_down_notice_has_its_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "ends"], name="notices_by_status"),
            models.Index(fields=["office", "-begins"], name="notices_by_office"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def says(self) -> NoticeKind:
        """Its heading and what the list is, in three scripts."""
        return notices().kinds[self.sort]

    def runs(self, at: datetime) -> bool:
        """Whether its list may be seen now: only while it is published, and on its days."""
        if self.status not in SHOWN or self.begins is None or self.ends is None:
            return False
        return self.begins <= local_date(at) <= self.ends

    def promise_of(self, kind: str) -> str:
        return PROCEDURES[kind]

    def trace(self) -> Trace:
        """Who waits for the next list is nobody's to count; from its publication on, the log shows what became of a notice."""
        return Trace(self.office_id, PLAIN if self.published_at else SENSITIVE)
