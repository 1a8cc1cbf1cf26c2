from __future__ import annotations

from django.db import models

from chengnuo.foundation.models.noun import Noun, Trace
from chengnuo.people.models import Post
from chengnuo.reviews.lifecycle import RENEWAL
from chengnuo.reviews.models.campaign import Campaign


class Renewal(Noun):
    """Every unchanged award of a campaign, renewed by two officers: one proposes and sees a random sample, another confirms.

    `seed` decides which ones the sample shows, so that neither of them picks. `proposed_at`: what became ready later is not in it.
    `after` is the last review that was looked at; `wanted`, `renewed` and `left` count, `left` what a person has to look at.
    `post` is that of who confirmed, and determines.
    """

    kind = "renewal"
    lifecycle = RENEWAL

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="renewals")
    seed = models.BinaryField(max_length=32)
    proposed_at = models.DateTimeField()
    proposed_by = models.BigIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.BigIntegerField(null=True)
    after = models.UUIDField(null=True)
    wanted = models.PositiveIntegerField(default=0)
    renewed = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)

    class Privacy:
        holds = "nothing"
        purpose = "that many awards are renewed by two officers, and by neither of them alone"
        basis = "PIPL art. 24, an explained decision"
        retention = "for ever"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="two_people_renew",
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.renewed}/{self.wanted}"

    def trace(self) -> Trace:
        return Trace(self.campaign.office_id)
