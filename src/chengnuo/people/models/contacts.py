from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from chengnuo.foundation.grams import Gram
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models.places import Place


class Purpose(models.TextChoices):
    """For what a resident may agree to be reached; each consent stands alone."""

    MESSAGES = "messages"
    CALL_BACK = "call_back"


class Contact(models.Model):
    """How to reach the person who asked, in one case. Not a register of people: the same person asking twice is two rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = SealedField(label="people.contact.name")
    phone = SealedField(label="people.contact.phone", blank=True)
    village = models.ForeignKey(Place, models.PROTECT, null=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="zh-hans")

    class Privacy:
        holds = "name and telephone of the person who asked, sealed; the village"
        purpose = "to answer a request"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "two years after the case ends"

    def __str__(self) -> str:
        return str(self.name)


class ContactGram(Gram):
    """Keyed two-character runs of a contact's name, so that an officer finds a case by name with no name in clear."""

    class Privacy:
        holds = "keyed digests of two-character runs of names"
        purpose = "to find a case at the counter"
        basis = "PIPL art. 13(3), statutory duty"
        retention = "as the contact"


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
        retention = "as the contact, and three years"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_live_consent_a_purpose",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_at:%Y-%m-%d}"
