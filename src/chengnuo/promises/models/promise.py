from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.fields import Text3Field
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.people.models import Level, Office
from chengnuo.promises.lifecycle import PROMISE, UNBOUND, PromiseStatus


class PromiseKind(models.TextChoices):
    """A service that residents ask for; a referral (provider, place, telephone: no case can be opened); a way of working."""

    SERVICE = "service"
    REFERRAL = "referral"
    PROCEDURE = "procedure"


class Promise(models.Model):
    """What an institution binds itself to, through all its versions.

    `level` says which office answers: that of the resident's village or township, or the county `office`. A procedure is
    promised by the offices of its level; by every office where that is the county and no `office` is named.
    Figures of a `sensitive` service are published for the county only.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=PromiseKind.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="promises")
    sensitive = models.BooleanField(default=False)

    class Privacy:
        holds = "nothing"
        purpose = "the catalogue of promises"
        basis = "Regulations on open government information, art. 20"
        retention = "for ever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="procedure") | ~Q(level="county") | Q(office__isnull=False),
                name="county_service_names_its_office",
            )
        ]

    def __str__(self) -> str:
        return self.key


class PromiseVersion(Noun):
    """The words, the time limit and the cost of a promise from a day on. A case keeps the version it began under.

    `author` and `changed_by` are the accounts that drafted it and changed it last: neither of them checks or publishes it.
    Versions carry only `begins`: the next published one ends it.
    """

    kind = "promise"
    lifecycle = PROMISE

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="versions")
    begins = models.DateField()
    ends = models.DateField(null=True)
    title = Text3Field()
    summary = Text3Field()
    who = Text3Field()
    result = Text3Field()
    needs = models.JSONField(default=list)
    channels = models.JSONField(default=list)
    fee_fen = models.BigIntegerField(default=0)
    deadline = models.CharField(max_length=40, blank=True)
    basis = models.JSONField(default=list)
    words = models.JSONField(default=list)
    provider = models.JSONField(null=True)
    staff_minutes = models.PositiveIntegerField(null=True)
    county_fen_a_year = models.BigIntegerField(null=True)
    family_minutes = models.PositiveIntegerField(null=True)
    family_trips = models.PositiveIntegerField(null=True)
    cost_certainty = models.CharField(max_length=1, blank=True)
    checked_by = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True)
    author = models.BigIntegerField(null=True)
    changed_by = models.BigIntegerField(null=True)

    class Privacy:
        holds = "the post that checked, the accounts that wrote"
        purpose = "the catalogue of promises"
        basis = "Regulations on open government information, art. 20"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "begins"], condition=~Q(status__in=UNBOUND), name="one_version_a_promise_and_day"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, status__in=[*UNBOUND, PromiseStatus.CHECKED.value])
                | Q(published_at__isnull=False, status__in=[PromiseStatus.PUBLISHED.value, PromiseStatus.ENDED.value]),
                name="published_has_its_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.begins})"

    def trace(self) -> Trace:
        return Trace(office=self.promise.office_id)

    @property
    def cost_is_stated(self) -> bool:
        figures = (self.staff_minutes, self.county_fen_a_year, self.family_minutes, self.family_trips)
        return bool(self.cost_certainty) and all(figure is not None for figure in figures)
