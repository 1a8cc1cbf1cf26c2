from __future__ import annotations

from django.conf import settings
from django.db import models

from chengnuo.foundation.grams import Gram
from chengnuo.foundation.ids import new_id
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models.places import Place


class Contact(models.Model):
    """How to reach the person who asked, in one case. Not a register of people: the same person asking twice is two rows.

    `owner` is that case's id, and sealed in: a case that is pointed at another's contact opens nobody's name. `no_paper`: no
    slip is brought to them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.UUIDField()
    name = SealedField(label="people.contact.name", owner="owner")
    phone = SealedField(label="people.contact.phone", owner="owner", blank=True)
    village = models.ForeignKey(Place, models.PROTECT, null=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    no_paper = models.BooleanField(default=False)

    class Privacy:
        holds = "name and telephone of the person who asked, sealed; the village; whether slips of paper may come"
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
