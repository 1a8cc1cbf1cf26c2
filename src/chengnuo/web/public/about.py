"""What this service says of itself: whom to ask, what it holds and does not hold, and the rights that nothing may give way to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.core.instants import local_date
from chengnuo.foundation.third_parties import TABLES
from chengnuo.people import queries as people
from chengnuo.people.models import Level, Post
from chengnuo.policies.charter import charter
from chengnuo.web.pages import Page, render
from chengnuo.web.reach import county_hours
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of

NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Counter:
    office: str
    reception: str
    place: str
    telephone: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class Township:
    """`label` is the township's name; its own office comes first, then its villages'."""

    label: str
    counters: tuple[Counter, ...]


@dataclass(frozen=True, kw_only=True)
class ContactPage(Page):
    county: tuple[Counter, ...]
    above: tuple[Counter, ...]
    townships: tuple[Township, ...]
    hours: str


@dataclass(frozen=True, kw_only=True)
class Held:
    """One table in plain words. `table` is its name in the database, for whoever checks."""

    holds: str
    purpose: str
    basis: str
    retention: str
    table: str


@dataclass(frozen=True, kw_only=True)
class NotHeldPage(Page):
    never: tuple[str, ...]
    held: tuple[Held, ...]
    nothing: tuple[Held, ...]
    charter: str


@dataclass(frozen=True, kw_only=True)
class CharterPage(Page):
    rights: tuple[tuple[str, str], ...]
    instead: tuple[tuple[str, str], ...]
    not_held: str


def contact(request: Request) -> HttpResponse:
    """Every office with the counter that receives: the villages first, where people go, then the county's."""
    posts = people.receptions()
    page = ContactPage(
        shell=shell_of(request),
        title=_("Contact"),
        county=_counters(posts, Level.COUNTY),
        above=_counters(posts, Level.CITY),
        townships=tuple(_townships(posts)),
        hours=county_hours(local_date(request.at)),
    )
    return render(request, "public/contact.html", page)


def not_held(request: Request) -> HttpResponse:
    """Made from what every table says of itself; a table that says nothing fails a test."""
    tables = [*sorted(_our_tables(), key=lambda held: held.table), *_tables_of_others()]
    page = NotHeldPage(
        shell=shell_of(request),
        title=_("What we do not hold"),
        never=tuple(map(str, charter().never_recorded)),
        held=tuple(held for held in tables if held.holds),
        nothing=tuple(held for held in tables if not held.holds),
        charter=reverse("public:charter"),
    )
    return render(request, "public/not_held.html", page)


def rights(request: Request) -> HttpResponse:
    said = charter()
    page = CharterPage(
        shell=shell_of(request),
        title=_("Five rights, and what is not built"),
        rights=tuple((str(right.title), str(right.says)) for right in said.rights),
        instead=tuple((str(row.measure), str(row.here)) for row in said.instead),
        not_held=reverse("public:not_held"),
    )
    return render(request, "public/charter.html", page)


def _counters(posts: Iterable[Post], level: Level) -> tuple[Counter, ...]:
    return tuple(_counter(post) for post in posts if post.office.level == level)


def _counter(post: Post) -> Counter:
    office = post.office
    return Counter(
        office=str(office), reception=str(post), place=str(office.place), telephone=office.telephone, hours=office.hours
    )


def _townships(posts: Iterable[Post]) -> Iterable[Township]:
    local = [post for post in posts if post.office.level in (Level.TOWNSHIP, Level.VILLAGE)]
    for seat in (post for post in local if post.office.level == Level.TOWNSHIP):
        villages = [post for post in local if post.office.place.above_id == seat.office.place_id]
        yield Township(label=str(seat.office.place), counters=tuple(map(_counter, (seat, *villages))))


def _our_tables() -> Iterable[Held]:
    ours = (model for model in apps.get_models() if model.__module__.startswith("chengnuo."))
    return (_held(model) for model in ours)


def _held(model: type[Model]) -> Held:
    said = vars(vars(model)["Privacy"])
    return Held(
        holds="" if said["holds"] == NOTHING else _(said["holds"]),
        purpose=_(said["purpose"]),
        basis=_(said["basis"]),
        retention=_(said["retention"]),
        table=model._meta.db_table,
    )


def _tables_of_others() -> Iterable[Held]:
    for table, said in TABLES.items():
        yield Held(
            holds="" if said.holds.startswith(NOTHING) else _(said.holds),
            purpose=_(said.purpose),
            basis="",
            retention=_(said.retention),
            table=table,
        )
