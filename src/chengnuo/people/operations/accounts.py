"""Accounts: opened with a first password and closed, by the administrator of accounts. Each is an act in the log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F, Q

from chengnuo.core.instants import local_date
from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.people.models import Account, Holding
from chengnuo.people.operations.posts import tell_vacated


class NameTaken(Refused):
    code = "name-taken"
    sentence = N_("Somebody signs in with this name already.")
    remedy = N_("Choose another sign-in name.")


class WeakPassword(Refused):
    code = "weak-password"
    sentence = N_("This password would be guessed.")
    remedy = N_("Choose a longer one, such as four words that do not belong together.")


class YourOwn(Refused):
    code = "your-own"
    sentence = N_("Nobody closes their own account.")
    remedy = N_("Ask another administrator of accounts.")


class ClosedAlready(Refused):
    code = "closed-already"
    sentence = N_("This account is closed already.")
    remedy = N_("Go back to the list of accounts.")


class OpenAlready(Refused):
    code = "open-already"
    sentence = N_("This account is open already.")
    remedy = N_("Go back to the list of accounts.")


def open_account(*, username: str, name: str, password: str, by: Actor, at: datetime, key: UUID) -> Account:
    """Opens an account with a first password; it may do nothing until it holds a post."""
    with act("people.open_account/1", by=by, at=at, key=key, said={"username": username, "name": name}) as a:
        a.permit()
        if Account.objects.filter(username__iexact=username).exists():
            raise NameTaken
        account = Account(username=username, name=name, password_set_at=at)
        _set_password(account, password)
        account.save(force_insert=True)
        a.record("account", account.pk, Trace(office=None), {})
        return account


def close_account(*, account: int, by: Actor, at: datetime, key: UUID) -> Account:
    """Ends an account and every post it holds, at once: its open pages answer no more. Its cases pass to heads."""
    with act("people.close_account/1", by=by, at=at, key=key, said={"account": account}) as a:
        a.permit()
        found = Account.objects.filter(pk=account).first()
        if found is None:
            raise NotHere
        if found.pk == by.account:
            raise YourOwn
        if not found.is_active:
            raise ClosedAlready
        found.is_active, found.signed_out_at = False, at
        found.save(update_fields=["is_active", "signed_out_at"])
        today = local_date(at)
        running = Holding.objects.filter(Q(ends=None) | Q(ends__gt=today), account=found)
        running.filter(begins__gt=today).update(ends=F("begins"))
        left = list(running.filter(begins__lte=today).values_list("pk", flat=True))
        running.filter(pk__in=left).update(ends=today)
        tell_vacated(left, at=at)
        a.record("account", found.pk, Trace(office=None), {})
        return found


def unlock_account(*, account: int, by: Actor, at: datetime, key: UUID) -> Account:
    """Lets an account be tried again that somebody guessed at. What was counted is not known here: the page forgets it."""
    with act("people.unlock_account/1", by=by, at=at, key=key, said={"account": account}) as a:
        found = a.allowed(Account).filter(pk=account, is_active=True).first()
        if found is None:
            raise NotHere
        a.record("account", found.pk, Trace(office=None), {})
        return found


def open_again(*, account: int, password: str, by: Actor, at: datetime, key: UUID) -> Account:
    """Opens a closed account with a first password, and no post beyond those that nobody ended. Raises OpenAlready, WeakPassword."""
    with act("people.open_again/1", by=by, at=at, key=key, said={"account": account}) as a:
        a.permit()
        found = Account.objects.filter(pk=account).first()
        if found is None:
            raise NotHere
        if found.is_active:
            raise OpenAlready
        _set_password(found, password)
        found.is_active, found.password_set_at = True, at
        found.save(update_fields=["is_active", "password", "password_set_at"])
        a.record("account", found.pk, Trace(office=None), {})
        return found


def close_all(_at: datetime) -> None:
    """After a restore: an account that was closed since, or its old password, would open again. The administrator opens each."""
    Account.objects.update(is_active=False)


def _set_password(account: Account, password: str) -> None:
    """Raises WeakPassword."""
    try:
        validate_password(password, account)
    except ValidationError:
        raise WeakPassword from None
    account.set_password(password)
