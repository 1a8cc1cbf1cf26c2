from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db import models
from django.db.models import Q

from chengnuo.foundation.ids import new_id
from chengnuo.people.models import Consent

WAITING = Q(sent_at=None, failed_at=None, dropped_at=None)
ON_THEIR_WAY = Q(sent_at__isnull=False, delivered_at=None, failed_at=None)


class Reading(StrEnum):
    """How a message stands. SENT: the carrier took it; DELIVERED: it says that it arrived. Whether somebody read it, nobody here knows."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"


class Message(models.Model):
    """One neutral message to a family, under the consent that allows it. Its words and the number are made when it is sent.

    It stores instants and no state, as a duty does: how it stands is read from them. While `leased_until` lies ahead, somebody
    is sending it. Once it is sent, `next_at` is when the carrier is asked next whether it arrived; one that did not has `failed_at`
    beside `sent_at`. `reminds_of` is the end of the family's own time that it reminds of. Consents go with the contact, and
    messages with them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="messages")
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=60, blank=True)
    reminds_of = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "when a family was sent a neutral message, and whether it arrived; no word and no number"
        purpose = "a family need not ask again and again; an office sees whom it must tell otherwise"
        basis = "PIPL art. 13(1) and 14, consent"
        retention = "as the contact"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dropped_at=None) | Q(sent_at=None, failed_at=None), name="message_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(sent_at__isnull=False, failed_at=None), name="message_arrives_once"
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=WAITING, name="messages_to_send"),
            models.Index(fields=["next_at", "id"], condition=ON_THEIR_WAY, name="messages_to_ask_about"),
            models.Index(fields=["failed_at"], condition=Q(failed_at__isnull=False), name="messages_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.reading} {self.queued_at:%Y-%m-%d}"

    @property
    def reading(self) -> Reading:
        ended = {
            Reading.DELIVERED: self.delivered_at,
            Reading.FAILED: self.failed_at,
            Reading.SENT: self.sent_at,
            Reading.DROPPED: self.dropped_at,
        }
        return next((reading for reading, at in ended.items() if at), Reading.QUEUED)

    @property
    def since(self) -> datetime:
        """The instant at which it came to stand as it does."""
        return self.delivered_at or self.failed_at or self.sent_at or self.dropped_at or self.queued_at
