from __future__ import annotations

from django.db import models

from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.people.models import Office, Post
from chengnuo.policies.procedures import Procedure
from chengnuo.reviews.lifecycle import BEGIN_IT, CAMPAIGN, NOT_BEGUN, RENEW

PROCEDURES = {BEGIN_IT: Procedure.REVIEW_BEGUN, RENEW: Procedure.REVIEW_RENEWED}


class Campaign(Noun):
    """The review of one programme's awards for one year, at the office that granted them; that it begins is owed by its head.

    `after` is the last award that was looked at while it is filled, `drawn_to` the last review while the sample is drawn. `seed`
    decides who is in the sample: it is drawn when the answers are over, once, and kept. `percent` is the share, as policy said then.
    """

    kind = "campaign"
    lifecycle = CAMPAIGN
    is_guarded = False
    about_office_id = village_id = township_id = None

    programme = models.SlugField(max_length=60)
    year = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Office, models.PROTECT, related_name="campaigns")
    holder = models.ForeignKey(Post, models.PROTECT, related_name="+")
    answer_until = models.DateField(null=True)
    contact_from = models.DateField(null=True)
    after = models.UUIDField(null=True)
    drawn_to = models.UUIDField(null=True)
    reviews_made = models.PositiveIntegerField(default=0)
    seed = models.BinaryField(max_length=32, null=True)
    percent = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        holds = "nothing"
        purpose = "that everybody with an award is asked once a year whether anything has changed"
        basis = "Document 国人口发〔2004〕36号, annual review"
        retention = "for ever"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "programme", "year"], name="one_campaign_a_programme_and_year"),
            models.CheckConstraint(
                condition=models.Q(status__in=[each.value for each in NOT_BEGUN], answer_until=None, contact_from=None)
                | ~models.Q(status__in=[each.value for each in NOT_BEGUN])
                & models.Q(answer_until__isnull=False, contact_from__isnull=False),
                name="begun_campaign_has_its_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    @property
    def bureau_id(self) -> object:
        return self.office_id

    def promise_of(self, kind: str) -> str:
        return PROCEDURES[kind]

    def trace(self) -> Trace:
        return Trace(self.office_id)
