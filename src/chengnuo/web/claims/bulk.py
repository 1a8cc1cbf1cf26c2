"""Deciding many claims at once: what is drawn, the sample that is opened, the second officer, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from chengnuo.benefits import queries
from chengnuo.benefits.lifecycle import BulkStatus
from chengnuo.benefits.models import Bulk
from chengnuo.benefits.operations import bulk as bulks
from chengnuo.benefits.operations.bulk_grants import GRANT
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.policies.values import value
from chengnuo.web.acting import act_page, sent
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.deeds import Button, Kind, buttons_of, deed_page, kind_of
from chengnuo.web.forms import ActForm, Choice, JustDo
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, language, local_day

SHOWN = 50
STATUS = {
    BulkStatus.DRAWN: Word(gettext_lazy("the sample is being opened"), "calm", "clock"),
    BulkStatus.PROPOSED: Word(gettext_lazy("waits for the second officer"), "calm", "clock"),
    BulkStatus.CONFIRMED: Word(gettext_lazy("being decided"), "calm", "clock"),
    BulkStatus.DONE: Word(gettext_lazy("decided"), "good", "tick"),
    BulkStatus.DROPPED: Word(gettext_lazy("given up"), "plain", "dash"),
}


class DrawForm(ActForm):
    which = Choice(
        ask=gettext_lazy("Choose a programme and a year."),
        label=gettext_lazy("Which claims do you want to decide together?"),
    )

    def fill(self, _noun: object, viewer: Actor) -> None:
        self.offer("which", _choices(viewer))


DEEDS: dict[str, Kind] = {
    "propose": Kind(
        JustDo,
        bulks.propose,
        gettext_lazy("The sample is right: propose them"),
        gettext_lazy("An officer of another post looks at it and decides. You cannot confirm it yourself."),
    ),
    "confirm": Kind(
        JustDo,
        bulks.confirm,
        gettext_lazy("Confirm them"),
        gettext_lazy("From now on each is granted by itself, in your name, with what the rules give."),
    ),
    "go_on": Kind(
        JustDo,
        bulks.go_on,
        gettext_lazy("Decide the next ones"),
        gettext_lazy("Some at a time. To press it again is safe: nobody is granted anything twice."),
    ),
    "drop": Kind(
        JustDo,
        bulks.drop,
        gettext_lazy("Give it up"),
        gettext_lazy("What is decided already stands; the others are decided one by one."),
        grave=True,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """One of the sample: `href` opens it while it is being looked at; `state`: whether it was."""

    name: str
    item: str
    href: str
    state: Word


@dataclass(frozen=True, kw_only=True)
class BulkPage(Page):
    """`done` of `size` are decided; `left`: those that were not, each with its page."""

    status: Word
    about: tuple[Answer, ...]
    sample: tuple[Sampled, ...]
    may_open: bool
    done: int
    size: int
    left: tuple[Link, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, kw_only=True)
class BulksPage(Page):
    bulks: tuple[tuple[Link, Word, str], ...]
    draw: str


def listed(request: Request) -> HttpResponse:
    page = BulksPage(
        shell=shell_of(request),
        title=_("Many claims at once"),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        bulks=tuple(
            (
                Link(label=_name(each), href=reverse("desk:bulk", args=[each.pk])),
                STATUS[BulkStatus(each.status)],
                local_day(each.drawn_at),
            )
            for each in queries.bulks(request.actor, most=SHOWN)
        ),
        draw=reverse("desk:draw_bulk"),
    )
    return render(request, "desk/bulks.html", page)


@require_http_methods(["GET", "POST"])
def draw(request: Request) -> HttpResponse:
    form = DrawForm(sent(request))
    form.fill(None, request.actor)
    return act_page(
        request,
        form,
        _draw,
        title=_("Draw claims to decide together"),
        says=_(
            "Only claims whose sum is exactly what the rules give, without a doubt, without an objection, and of nobody who claims "
            "twice. What tells of a loss or an illness is never among them."
        ),
        label=_("Draw them"),
        back=Link(label=_("Many claims at once"), href=reverse("desk:bulks")),
    )


def bulk(request: Request, bulk: UUID) -> HttpResponse:
    found = queries.bulk(request.actor, bulk)
    items = queries.items(found)
    page = BulkPage(
        shell=shell_of(request),
        title=_name(found),
        trail=(Link(label=_("Many claims at once"), href=reverse("desk:bulks")),),
        status=STATUS[BulkStatus(found.status)],
        about=_about(found),
        sample=tuple(
            Sampled(
                name=_("Sample %(number)d: %(sum)s") % {"number": number, "sum": value(item.fen, "fen", language())},
                item=reverse("desk:open_item", args=[item.pk]),
                href=reverse("desk:claim", args=[item.subject_id]),
                state=Word(_("opened"), "good", "tick") if item.opened_at else Word(_("not opened"), "plain", "dash"),
            )
            for number, item in enumerate((each for each in items if each.is_sample), 1)
        ),
        may_open=found.status == BulkStatus.DRAWN and gate.allows(request.actor, "bulk.propose", found),
        done=sum(item.done_at is not None and not item.why_not for item in items),
        size=found.size,
        left=tuple(
            Link(label=_("To be decided by itself"), href=reverse("desk:claim", args=[item.subject_id]))
            for item in items
            if item.why_not
        ),
        buttons=buttons_of(request, found, DEEDS, page="desk:bulk_deed"),
    )
    return render(request, "desk/bulk.html", page)


@require_POST
def open_item(request: Request, item: UUID) -> HttpResponse:
    """Writes down that one of the sample is looked at, and leads to its claim."""
    found = bulks.open_one(item=item, by=request.actor, at=request.at)
    return redirect("desk:claim", found.subject_id)


@require_http_methods(["GET", "POST"])
def deed(request: Request, bulk: UUID, name: str) -> HttpResponse:
    kind = kind_of(DEEDS, name)
    found = queries.bulk(request.actor, bulk, action=f"bulk.{name}")
    back = Link(label=_name(found), href=reverse("desk:bulk", args=[found.pk]))
    return deed_page(request, kind, bulk=found, back=back, about=_about(found), then=back.href)


def _draw(*, which: str, **how: Any) -> Bulk:
    programme, _dot, year = which.partition(".")
    return bulks.draw(sort=GRANT, programme=programme, year=int(year), **how)


def _choices(viewer: Actor) -> list[tuple[str, str]]:
    return [
        (f"{programme}.{year}", f"{programme_name(programme)}, {year} ({count})")
        for programme, year, count in queries.before_decision(viewer)
    ]


def _name(bulk: Bulk) -> str:
    return f"{programme_name(bulk.programme)}, {bulk.year}"


def _about(bulk: Bulk) -> tuple[Answer, ...]:
    return answers(
        (
            (_("How many"), str(bulk.size)),
            (_("Drawn by"), f"{bulk.drawn_by}, {local_day(bulk.drawn_at)}"),
            (_("Confirmed by"), f"{bulk.confirmed_by}, {local_day(bulk.confirmed_at)}" if bulk.confirmed_at else ""),
        )
    )
