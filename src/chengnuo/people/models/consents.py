from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengnuo.foundation.ids import new_id
from chengnuo.people.models.contacts import Contact


class Purpose(models.TextChoices):
    """For what a resident may agree to be reached; each consent stands alone."""

    MESSAGES = "messages"
    CALL_BACK = "call_back"


class Consent(models.Model):
    """A resident's agreement to one purpose, withdrawn as easily as given (PIPL art. 15)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "what a person agreed to and when"
        purpose = "to prove and to end a consent"
        basis = "PIPL art. 14 and 15"
        retention = "as the contact"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"], condition=Q(withdrawn_at=None), name="one_live_consent_a_purpose"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"
