"""Keeping when an account was used, for its owner. No act of an institution: it is in no log, and nobody else reads it."""

from __future__ import annotations

from datetime import datetime

from chengnuo.core.privacy.traces import device_of, mask_address
from chengnuo.people.models import Account, SignIn


def note(account: Account, *, worked: bool, agent: str, address: str, at: datetime) -> None:
    """`agent` is how the browser names itself, `address` where it is in the network; the least of both is kept."""
    seen = {"device": device_of(agent), "address": mask_address(address)}
    SignIn.objects.create(account=account, at=at, worked=worked, **seen)


def was_here(account: int, address: str) -> bool:
    """Whether somebody signed in to this account from about there in the last ninety days: older rows are swept."""
    return SignIn.objects.filter(account=account, worked=True, address=mask_address(address)).exists()


def leave_everywhere(account: int, *, at: datetime) -> None:
    """Whoever signed in to this account until now is signed out with the next page."""
    Account.objects.filter(pk=account).update(signed_out_at=at)


def password_set(account: int, *, at: datetime) -> None:
    """For counties that want passwords changed after so many days."""
    Account.objects.filter(pk=account).update(password_set_at=at)


def failed_since_the_last(account: int) -> int:
    """How many attempts failed since somebody last got in. Asked before a new success is noted."""
    mine = SignIn.objects.filter(account=account)
    last = mine.filter(worked=True).order_by("-at").values_list("at", flat=True).first()
    failed = mine.filter(worked=False)
    return (failed.filter(at__gt=last) if last else failed).count()


def newest(account: int, *, since: datetime, most: int) -> list[SignIn]:
    """The uses of an account since an instant, the newest first."""
    return list(SignIn.objects.filter(account=account, at__gte=since).order_by("-at", "-pk")[:most])
