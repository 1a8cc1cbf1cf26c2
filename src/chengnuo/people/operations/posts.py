"""Accounts, posts and the calendar: what the administrator of accounts does. Each is an act in the log."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from chengnuo.core.messages import N_
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import Refused
from chengnuo.people.models import Account, AnnouncedDay, Holding, Post


class NameTaken(Refused):
    code = "name-taken"
    sentence = N_("Somebody signs in with this name already.")
    remedy = N_("Choose another sign-in name.")


class PostFilled(Refused):
    code = "post-filled"
    sentence = N_("Somebody holds this post.")
    remedy = N_("End their holding first; their cases go to the head of the office.")


def open_account(*, username: str, name: str, password: str, by: Actor, at: datetime, key: UUID) -> Account:
    """Opens an account with a first password; it may do nothing until it holds a post."""
    with act("people.open_account/1", by=by, at=at, key=key, said={"username": username, "name": name}) as a:
        a.permit()
        if Account.objects.filter(username=username).exists():
            raise NameTaken
        account = Account(username=username, name=name)
        account.set_password(password)
        account.save(force_insert=True)
        a.record("account", account.pk, Trace(office=None), {})
        return account


def close_account(*, account: int, by: Actor, at: datetime, key: UUID) -> Account:
    """Ends an account and every post it holds, at once: its open pages answer no more."""
    with act("people.close_account/1", by=by, at=at, key=key, said={"account": account}) as a:
        a.permit()
        found = Account.objects.get(pk=account)
        found.is_active = False
        found.save(update_fields=["is_active"])
        a.record("account", found.pk, Trace(office=None), {})
        return found


def fill_post(*, post: UUID, account: int, begins: date, by: Actor, at: datetime, key: UUID) -> Holding:
    with act(
        "people.fill_post/1", by=by, at=at, key=key, said={"post": post, "account": account, "begins": begins}
    ) as a:
        a.permit()
        found = Post.objects.get(pk=post)
        if Holding.objects.filter(post=found, ends=None).exists():
            raise PostFilled
        holding = Holding.objects.create(post=found, account_id=account, begins=begins)
        a.record("post", found.pk, Trace(office=found.office_id), {"account": str(account)})
        return holding


def vacate_post(*, holding: UUID, ends: date, by: Actor, at: datetime, key: UUID) -> Holding:
    with act("people.vacate_post/1", by=by, at=at, key=key, said={"holding": holding, "ends": ends}) as a:
        found = a.take(Holding, holding)
        found.ends = max(ends, found.begins)
        found.save(update_fields=["ends"])
        a.record("post", found.post_id, Trace(office=None), {"ends": found.ends.isoformat()})
        return found


def announce_day(
    *, day: date, is_workday: bool, source: str, by: Actor, at: datetime, key: UUID
) -> AnnouncedDay:
    """Enters a holiday or a make-up workday; deadlines that ran through it provisionally are computed again by the worker."""
    said = {"day": day, "is_workday": is_workday, "source": source}
    with act("people.announce_day/1", by=by, at=at, key=key, said=said) as a:
        a.permit()
        entry, _ = AnnouncedDay.objects.update_or_create(
            day=day, defaults={"is_workday": is_workday, "source": source}
        )
        a.record("day", day, Trace(office=None), {"workday": "yes" if is_workday else "no"})
        return entry
