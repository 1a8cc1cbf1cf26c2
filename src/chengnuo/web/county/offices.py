"""Offices and their posts: who holds which from which day; filled, vacated, closed and renamed by the administrator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.core.text3 import Text3
from chengnuo.people import registers
from chengnuo.people.models import Holding, Level, Office, Post
from chengnuo.people.operations import offices, posts
from chengnuo.people.roles import DESCRIPTIONS, Role
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.forms import ActForm, Day, JustDo, Text
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.reach import reach_of
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

LEVELS = {
    Level.CITY: gettext_lazy("outside the county"),
    Level.COUNTY: gettext_lazy("county"),
    Level.TOWNSHIP: gettext_lazy("township"),
    Level.VILLAGE: gettext_lazy("village or community"),
}


class Filling(ActForm):
    username = Text(
        ask=gettext_lazy("Enter the sign-in name of whoever gets the post."),
        label=gettext_lazy("Sign-in name"),
        hint=gettext_lazy("It stands in the list of accounts."),
        most=40,
    )
    begins = Day(ask=gettext_lazy("Enter the first day."), label=gettext_lazy("From which day?"))


class Vacating(ActForm):
    ends = Day(
        ask=gettext_lazy("Enter the day."), label=gettext_lazy("From which day does the person no longer hold it?")
    )


class Reaching(ActForm):
    telephone = Text(ask="", required=False, label=gettext_lazy("Telephone of the office"), most=30)
    hours = Text(
        ask="",
        required=False,
        label=gettext_lazy("Hours on working days"),
        hint=gettext_lazy("Like 08:30-11:30, 14:00-17:30. Empty: the county's hours."),
        most=60,
    )


class Naming(ActForm):
    hans = Text(ask=gettext_lazy("Enter the name."), label=gettext_lazy("Name, simplified"), most=80)
    hant = Text(ask=gettext_lazy("Enter the name."), label=gettext_lazy("Name, traditional"), most=80)
    en = Text(ask=gettext_lazy("Enter the name."), label=gettext_lazy("Name, English"), most=120)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        parts = [cleaned.pop(script, "") for script in ("hans", "hant", "en")]
        return cleaned | {"name": Text3(*parts)}


@dataclass(frozen=True, kw_only=True)
class OfficeRow:
    href: str
    name: str
    level: str


@dataclass(frozen=True, kw_only=True)
class OfficesPage(Page):
    rows: tuple[OfficeRow, ...]


@dataclass(frozen=True, kw_only=True)
class PostRow:
    """`holders` are (name, since or from when, address to end it). `fills` and `closes` are "" where they cannot be done."""

    title: str
    role: str
    holders: tuple[tuple[str, str, str], ...]
    is_open: bool
    fills: str
    closes: str


@dataclass(frozen=True, kw_only=True)
class OfficePage(Page):
    facts: tuple[Answer, ...]
    posts: tuple[PostRow, ...]
    below: tuple[OfficeRow, ...]
    names: str
    reaches: str


def listed(request: Request) -> HttpResponse:
    """The county's offices and the townships'; a township leads to its villages."""
    found = registers.offices(request.actor)
    page = OfficesPage(
        shell=shell_of(request), title=_("Offices and posts"), rows=tuple(_row(office) for office in found)
    )
    return render(request, "county/offices.html", page)


def office(request: Request, office: UUID) -> HttpResponse:
    found = registers.office(request.actor, office)
    all_posts: list[Post] = getattr(found, "all_posts", [])
    facts = [Answer(label=_("Level"), value=str(LEVELS[Level(found.level)]))]
    if found.above is not None:
        facts.append(Answer(label=_("Office above"), value=str(found.above)))
    page = OfficePage(
        shell=shell_of(request),
        title=str(found),
        back=Link(label=_("Offices and posts"), href=reverse("county:offices")),
        facts=(*facts, *reach_of(found, on=local_date(request.at))),
        posts=tuple(_post(post, local_date(request.at)) for post in all_posts),
        below=tuple(_row(each) for each in registers.offices(request.actor, above=found.pk)),
        names=reverse("county:name_office", args=[found.pk]),
        reaches=reverse("county:reach_office", args=[found.pk]),
    )
    return render(request, "county/office.html", page)


@require_http_methods(["GET", "POST"])
def fill(request: Request, post: UUID) -> HttpResponse:
    found = registers.post(request.actor, post)
    form = Filling(sent(request), initial={"begins": local_date(request.at)})
    says = _("From that day on the person does what the post includes: %(role)s")
    return _at_office(
        request, "people.fill_post", form, partial(posts.fill_post, post=found.pk),
        title=_("Give the post: %(post)s") % {"post": found}, says=says % {"role": _role(found.role)}, office=found.office,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def vacate(request: Request, holding: UUID) -> HttpResponse:
    found = registers.holding(request.actor, holding)
    form = Vacating(sent(request), initial={"ends": local_date(request.at)})
    said = {"who": found.account.name, "post": found.post}
    return _at_office(
        request, "people.vacate_post", form, partial(posts.vacate_post, holding=found.pk),
        title=_("End the holding: %(who)s, %(post)s") % said, office=found.post.office, grave=True,
        says=_("On that day its cases pass to the head of the office, and are offered to whoever gets the post next."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def close(request: Request, post: UUID) -> HttpResponse:
    found = registers.post(request.actor, post)
    return _at_office(
        request, "people.change_office", JustDo(sent(request)), partial(offices.close_post, post=found.pk),
        title=_("Close the post: %(post)s") % {"post": found}, office=found.office, grave=True,
        says=_("Nobody can hold it any more; who held it stays in the record. A post that still holds a case is not closed."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def rename(request: Request, office: UUID) -> HttpResponse:
    found = registers.office(request.actor, office)
    name = found.name
    form = Naming(sent(request), initial={"hans": name.hans, "hant": name.hant, "en": name.en})
    return _at_office(
        request, "people.change_office", form, partial(offices.change_office, office=found.pk),
        title=_("Change the office's name"), office=found,
        says=_("Every page shows the new name at once. Promises, cases and figures stay with the office."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def reach(request: Request, office: UUID) -> HttpResponse:
    found = registers.office(request.actor, office)
    form = Reaching(sent(request), initial={"telephone": found.telephone, "hours": found.hours})
    return _at_office(
        request, "people.change_office", form, partial(offices.change_contact, office=found.pk),
        title=_("Change telephone and hours"), office=found,
        says=_("The contact page, the office's page and every slip printed from now on show them."),
    )  # fmt: skip


def _at_office(
    request: Request,
    action: str,
    form: ActForm,
    does: Callable[..., object],
    *,
    title: str,
    says: str,
    office: Office,
    grave: bool = False,
) -> HttpResponse:
    ask_freshly(request, action)
    back = Link(label=str(office), href=reverse("county:office", args=[office.pk]))
    return act_page(request, form, does, title=title, says=says, back=back, grave=grave)


def _row(office: Office) -> OfficeRow:
    return OfficeRow(
        href=reverse("county:office", args=[office.pk]), name=str(office), level=str(LEVELS[Level(office.level)])
    )


def _post(post: Post, today: date) -> PostRow:
    held: list[Holding] = [h for h in getattr(post, "held", []) if h.ends is None or h.ends > today]
    endless = any(h.ends is None for h in held)
    is_open = post.closed_on is None
    can_close = is_open and not held and not (post.is_reception or post.is_head)
    return PostRow(
        title=str(post),
        role=_role(post.role),
        holders=tuple(_holder(h) for h in held),
        is_open=is_open,
        fills=reverse("county:fill_post", args=[post.pk]) if is_open and not endless else "",
        closes=reverse("county:close_post", args=[post.pk]) if can_close else "",
    )


def _holder(holding: Holding) -> tuple[str, str, str]:
    begins = date_format(holding.begins, "DATE_FORMAT")
    said = _("from %(day)s") % {"day": begins}
    if holding.ends is not None:
        said = _("from %(day)s until %(end)s") % {"day": begins, "end": date_format(holding.ends, "DATE_FORMAT")}
    return holding.account.name, said, reverse("county:vacate_post", args=[holding.pk])


def _role(role: str) -> str:
    return _(DESCRIPTIONS[Role(role)])
