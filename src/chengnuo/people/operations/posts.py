"""Filling and vacating posts: who holds which post from which day on. Each is an act in the log.

Cases and duties are held by posts: whoever comes and goes, no case is ever without a holder. On the day on which somebody
leaves, their cases pass to a head, and are offered to whoever comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from chengnuo.core.instants import local_date, midnight
from chengnuo.core.messages import N_
from chengnuo.foundation import outbox
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.acts import act
from chengnuo.foundation.models.noun import Trace
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.people.models import Account, Holding, Post
from chengnuo.people.roles import Role

# who keeps accounts, and who looks whether the record is whole, has no part in what the record is about
APART = (Role.ACCOUNT_ADMIN, Role.AUDITOR)


# said on the day itself: whose cases lie with a post hears of it
VACATED, FILLED = "people.post_vacated/1", "people.post_filled/1"


class PostFilled(Refused):
    code = "post-filled"
    sentence = N_("Somebody holds this post on that day.")
    remedy = N_("End their holding first, or choose the day on which it ends.")


class NoSuchAccount(Refused):
    code = "no-such-account"
    sentence = N_("Nobody signs in with this name, or the account is closed.")
    remedy = N_("Look the name up in the list of accounts, or open an account first.")


class PostsApart(Refused):
    code = "posts-apart"
    sentence = N_("The administrator of accounts and the auditor hold no other post.")
    remedy = N_("Give this post to somebody else: who keeps accounts sees no case, and who audits handles none.")


class DayPast(Refused):
    code = "day-past"
    sentence = N_("That day lies in the past: who held a post then stands in the record.")
    remedy = N_("Choose today or a later day.")


class PostClosed(Refused):
    code = "post-closed"
    sentence = N_("This post is closed.")
    remedy = N_("Choose another post of the office.")


class NotHeld(Refused):
    code = "not-held"
    sentence = N_("This holding has ended already.")
    remedy = N_("Go back to the office to see who holds the post now.")


def fill_post(*, post: UUID, username: str, begins: date, by: Actor, at: datetime, key: UUID) -> Holding:
    """Gives a post to the account that signs in with this name, from a day on. What passed from it to a head is offered to them."""
    said = {"post": post, "username": username, "begins": begins}
    with act("people.fill_post/1", by=by, at=at, key=key, said=said) as a:
        a.permit()
        _not_past(begins, at)
        found = Post.objects.select_for_update().filter(pk=post).first()
        if found is None:
            raise NotHere
        account = _fit(username, found, begins)
        if Holding.objects.filter(Q(ends=None) | Q(ends__gt=begins), post=found).exists():
            raise PostFilled
        holding = Holding.objects.create(post=found, account=account, begins=begins)
        a.record("post", found.pk, Trace(office=found.office_id), {"account": str(account.pk)})
        outbox.put(FILLED, {"post": str(found.pk)}, max(at, midnight(begins)))
        return holding


def vacate_post(*, holding: UUID, ends: date, by: Actor, at: datetime, key: UUID) -> Holding:
    """Ends a holding: from that day on nobody, or somebody else, holds the post. Its cases pass to a head."""
    with act("people.vacate_post/1", by=by, at=at, key=key, said={"holding": holding, "ends": ends}) as a:
        found = a.take(Holding, holding)
        _not_past(ends, at)
        if found.ends is not None and found.ends <= local_date(at):
            raise NotHeld
        found.ends = max(ends, found.begins)
        found.save(update_fields=["ends"])
        tell_vacated([found.pk], at=max(at, midnight(found.ends)))
        office = Post.objects.values_list("office_id", flat=True).get(pk=found.post_id)
        a.record("post", found.post_id, Trace(office=office), {"ends": found.ends.isoformat()})
        return found


def tell_vacated(holdings: Iterable[UUID], *, at: datetime) -> None:
    """Leaves word, inside an act, that these holdings are over at an instant, and on that day."""
    outbox.put_all(VACATED, [{"holding": str(holding), "until": at.isoformat()} for holding in holdings], at)


def _fit(username: str, post: Post, begins: date) -> Account:
    """The account, if it may hold this post."""
    if post.closed_on is not None:
        raise PostClosed
    account = Account.objects.filter(username=username, is_active=True).first()
    if account is None:
        raise NoSuchAccount
    others = Holding.objects.filter(Q(ends=None) | Q(ends__gt=begins), account=account).exclude(post=post)
    roles = set(others.values_list("post__role", flat=True))
    if roles and {post.role, *roles} & set(APART):
        raise PostsApart
    return account


def _not_past(day: date, at: datetime) -> None:
    if day < local_date(at):
        raise DayPast
