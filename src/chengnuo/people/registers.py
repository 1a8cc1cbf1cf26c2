"""What the administrator of accounts and the auditor read: accounts, offices with their posts, who held which when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q

from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.foundation.keyset import Slice, slice_of
from chengnuo.foundation.refused import NotHere
from chengnuo.people.models import (
    Account,
    AnnouncedDay,
    AnnouncedYear,
    CalendarChange,
    FactorReset,
    Holding,
    Level,
    Office,
    Post,
)
from chengnuo.people.queries import held_on
from chengnuo.people.roles import Role

HELD = Prefetch("holdings", Holding.objects.select_related("post__office").order_by("-begins"), to_attr="held")


def administrators(*, on: date) -> list[str]:
    """The names of those who keep the accounts on that day."""
    held = Holding.objects.filter(held_on(on), post__role=Role.ACCOUNT_ADMIN).order_by("account__name")
    return list(held.values_list("account__name", flat=True))


def holdings(viewer: Actor, *, office: UUID | None = None, cursor: str, now: datetime) -> Slice[Holding]:
    """Who held which post from when to when, the newest first."""
    found = Holding.objects.filter(gate.scope(viewer, "people.see")).select_related("post__office", "account")
    if office is not None:
        found = found.filter(post__office=office)
    return slice_of(found, by="begins", cursor=cursor, filters=str(office), now=now, descending=True)


def accounts(viewer: Actor, *, words: str, after: str, size: int) -> list[Account]:
    """Accounts by sign-in name, from the one after `after` on, with the posts they hold or will hold."""
    found = Account.objects.filter(gate.scope(viewer, "people.list"), username__gt=after)
    if words:
        found = found.filter(Q(username__icontains=words) | Q(name__icontains=words))
    return list(found.prefetch_related(HELD).order_by("username")[:size])


def account(viewer: Actor, pk: int) -> Account:
    """One account with every post it ever held. Raises NotHere."""
    return NotHere.unless(
        Account.objects.filter(gate.scope(viewer, "people.list"), pk=pk).prefetch_related(HELD).first()
    )


def resets(viewer: Actor, *, since: datetime) -> list[FactorReset]:
    """The second factors that this head may let be set up anew, the oldest first."""
    asked = FactorReset.objects.filter(confirmed_at=None, asked_at__gt=since)
    if not asked.exists():  # as nearly always: every desk asks this on every page
        return []
    mine = asked.filter(gate.scope(viewer, "factor.confirm")).select_related("account", "asked_by")
    return list(mine.order_by("asked_at"))


def offices(viewer: Actor, *, above: UUID | None = None) -> list[Office]:
    """The offices of the county and its townships, or those below one, in their order."""
    if not gate.may(viewer, "people.list"):
        return []
    below = Q(above=above) if above else ~Q(level=Level.VILLAGE)
    return list(Office.objects.filter(below).select_related("place").order_by("level", "place__order", "key"))


def office(viewer: Actor, pk: UUID) -> Office:
    """One office with its posts and everybody who holds or will hold them. Raises NotHere."""
    holders = Prefetch("holdings", Holding.objects.select_related("account").order_by("begins"), to_attr="held")
    posts = Prefetch("posts", Post.objects.prefetch_related(holders).order_by("key"), to_attr="all_posts")
    found = Office.objects.select_related("above", "place").prefetch_related(posts).filter(pk=pk).first()
    if found is None or not gate.may(viewer, "people.list"):
        raise NotHere
    return found


def post(viewer: Actor, pk: UUID) -> Post:
    """One open post with its office. Raises NotHere."""
    found = Post.objects.select_related("office").filter(pk=pk, closed_on=None).first()
    if found is None or not gate.may(viewer, "people.list"):
        raise NotHere
    return found


def holding(viewer: Actor, pk: UUID) -> Holding:
    """One holding with its post and account. Raises NotHere."""
    scope = gate.scope(viewer, "people.see")
    return NotHere.unless(Holding.objects.select_related("post__office", "account").filter(scope, pk=pk).first())


def announced_days(viewer: Actor, *, most: int) -> list[AnnouncedDay]:
    """The days entered here, the latest first."""
    return list(AnnouncedDay.objects.filter(gate.scope(viewer, "people.list")).order_by("-day")[:most])


def announced_years(viewer: Actor) -> list[int]:
    """The years whose whole notice was entered here; for whoever may list the days."""
    return (
        list(AnnouncedYear.objects.order_by("year").values_list("year", flat=True))
        if gate.may(viewer, "people.list")
        else []
    )


def announced_day(viewer: Actor, day: date) -> AnnouncedDay:
    """One day that was entered here. Raises NotHere."""
    return NotHere.unless(AnnouncedDay.objects.filter(gate.scope(viewer, "people.list"), day=day).first())


def last_change(viewer: Actor) -> CalendarChange | None:
    """The last change of the calendar; for whoever may list the days."""
    return CalendarChange.objects.order_by("-at", "-pk").first() if gate.may(viewer, "people.list") else None


def turns(last: CalendarChange) -> int:
    """How often in a row the change before was turned round: 0 where the last one was entered, odd where it is undone now, even
    where it was put back.
    """
    count, later = 0, last
    for earlier in CalendarChange.objects.filter(at__lte=last.at).exclude(pk=last.pk).order_by("-at", "-pk"):
        if (earlier.after, earlier.before, earlier.source) != (later.before, later.after, later.source):
            break
        count, later = count + 1, earlier
    return count


def account_names(accounts: Iterable[int]) -> dict[int, str]:
    """The names of these accounts; one that is not there is absent."""
    return dict(Account.objects.filter(pk__in=list(accounts)).values_list("pk", "name"))


def all_offices() -> list[Office]:
    """Every office, for a filter: offices are public."""
    return list(Office.objects.order_by("key"))
