from __future__ import annotations

from django.conf import settings
from django.db import models

from chengnuo.foundation.ids import new_id
from chengnuo.foundation.sealed import SealedField
from chengnuo.people.models import Account


class Digest(models.Model):
    """An officer's wish for one e-mail each working day: what is due and what is late. The row is the wish; no row, no e-mail.

    `next_at` is when the next one is due; `failed_at` when the last one could not be sent, empty again with one that was.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.OneToOneField(Account, models.CASCADE, related_name="digest")
    email = SealedField(label="channels.digest.email")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    next_at = models.DateTimeField(db_index=True)
    failed_at = models.DateTimeField(null=True)

    class Privacy:
        holds = "an officer's e-mail address, sealed"
        purpose = "deadlines are seen by who is away from the desk"
        basis = "PIPL art. 13(1), consent: each officer decides"
        retention = "until the officer ends it or the account is closed"

    def __str__(self) -> str:
        return f"{self.account_id} {self.next_at:%Y-%m-%d}"
