from __future__ import annotations

from django.db import models

from chengnuo.foundation.ids import new_id
from chengnuo.people.models.account import Account


class SignIn(models.Model):
    """One use of an account, or an attempt at it, for its owner to recognise: roughly with what, and from where."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="sign_ins")
    at = models.DateTimeField()
    worked = models.BooleanField()
    device = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=20, blank=True)

    class Privacy:
        holds = "when an officer's account was used, with what kind of device, and half of its address in the network"
        purpose = "whoever owns the account notices when somebody else uses it"
        basis = "Cybersecurity Law, art. 21; PIPL art. 51"
        retention = "90 days"

    class Meta:
        indexes = [models.Index(fields=["account", "-at"], name="sign_ins_by_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.at:%Y-%m-%d} {self.worked}"
