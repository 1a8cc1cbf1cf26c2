"""Another second factor for an officer who lost theirs: asked for by an administrator, confirmed by a head who knows the face."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps

from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.people.models import Account, FactorReset

GOOD_FOR = timedelta(days=1)


class ResetTooOld(Refused):
    code = "reset-too-old"
    sentence = N_("This was asked for more than a day ago, or is done already.")
    remedy = N_("If it is still needed, the administrator of accounts asks for it again.")


def ask(*, account: int, by: Actor, at: datetime, key: UUID) -> FactorReset:
    """The administrator asks; nothing changes yet. The gate keeps everybody from asking it for themselves."""
    with act("factor.ask/1", by=by, at=at, key=key, said={"account": account}) as a:
        found = a.allowed(Account).filter(pk=account, is_active=True).first()
        asker = Account.objects.filter(pk=by.account or 0).first()
        if found is None or asker is None:
            raise NotHere
        reset = FactorReset.objects.create(account=found, asked_by=asker, asked_at=at)
        a.record("account", found.pk, Trace(office=None), {})
        return reset


def confirm(*, reset: UUID, by: Actor, at: datetime, key: UUID) -> FactorReset:
    """Takes every second factor of the account away and signs it out everywhere. Raises ResetTooOld."""
    with act("factor.confirm/1", by=by, at=at, key=key, said={"reset": reset}) as a:
        found = a.take(FactorReset, reset)
        if found.confirmed_at is not None or at - found.asked_at > GOOD_FOR:
            raise ResetTooOld
        found.confirmed_by_id, found.confirmed_at = by.account, at
        found.save(update_fields=["confirmed_by", "confirmed_at"])
        # the package that keeps them is known by pages alone
        apps.get_model("mfa", "Authenticator").objects.filter(user=found.account_id).delete()
        Account.objects.filter(pk=found.account_id).update(signed_out_at=at)
        a.record("account", found.account_id, Trace(office=None), {})
        return found


def untold(account: int, *, at: datetime) -> list[FactorReset]:
    """What was done to this account since its owner was last told; from now on they are told."""
    done = FactorReset.objects.filter(account=account, told_at=None, confirmed_at__isnull=False)
    found = list(done.select_related("asked_by", "confirmed_by").order_by("confirmed_at"))
    FactorReset.objects.filter(pk__in=[each.pk for each in found]).update(told_at=at)
    return found
