"""The promises of an office: what is in force, what is being written, and the steps from a draft to a published version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import Move
from chengnuo.foundation.gate import gate
from chengnuo.promises import queries
from chengnuo.promises.lifecycle import PROMISE, PromiseStatus
from chengnuo.promises.models import PromiseVersion
from chengnuo.promises.operations import catalogue
from chengnuo.web.desk.acting import act_page, ask_freshly
from chengnuo.web.desk.cases import Button
from chengnuo.web.desk.draft_form import Drafting
from chengnuo.web.forms import ActForm, Day
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.public.service import page_of
from chengnuo.web.public.services import limit_words
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word

STATUS = {
    "draft": Word(gettext_lazy("being written"), "plain", "dash"),
    "checked": Word(gettext_lazy("checked"), "calm", "tick"),
    "published": Word(gettext_lazy("published"), "good", "tick"),
    "ended": Word(gettext_lazy("ended"), "plain", "dash"),
}
KINDS = {
    "service": gettext_lazy("service"),
    "referral": gettext_lazy("shown with provider, place and telephone"),
    "procedure": gettext_lazy("how every office works"),
}


class Agreeing(ActForm):
    """Asks nothing: the page says what happens."""


class Ending(ActForm):
    ends = Day(
        ask=gettext_lazy("Enter the day."), label=gettext_lazy("From which day is nothing new promised?")
    )


@dataclass(frozen=True)
class Step:
    """What somebody can do with a version: its form, the operation behind it, the button and what happens."""

    form: type[ActForm]
    does: Callable[..., PromiseVersion]
    label: Any
    says: Any
    grave: bool = False


STEPS = {
    "check": Step(
        Agreeing, catalogue.check, gettext_lazy("Check it"),
        gettext_lazy("You have read it: it can be kept, it rests on a text, and its cost is stated."),
    ),
    "give_back": Step(
        Agreeing, catalogue.give_back, gettext_lazy("Give it back"), gettext_lazy("It is a draft again, and can be changed."),
    ),
    "publish": Step(
        Agreeing, catalogue.publish, gettext_lazy("Publish it"),
        gettext_lazy("From its first day on it binds the office, and every family may hold the office to it."), grave=True,
    ),
    "end": Step(
        Ending, catalogue.end, gettext_lazy("End it"),
        gettext_lazy("Nothing new is promised from that day on; what is owed already stays owed."), grave=True,
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    href: str
    title: str
    kind: str
    word: Word
    begins: str


@dataclass(frozen=True, kw_only=True)
class PromisesPage(Page):
    writing: tuple[VersionRow, ...]
    standing: tuple[VersionRow, ...]


@dataclass(frozen=True, kw_only=True)
class VersionPage(Page):
    """`lacks` says what stands in the way of the next step; `drafts` is where a new version begins, or ""."""

    status: Word
    facts: tuple[Answer, ...]
    lacks: tuple[str, ...]
    buttons: tuple[Button, ...]
    preview: str
    others: tuple[VersionRow, ...]


def listed(request: Request) -> HttpResponse:
    """What is being written, and what stands today."""
    page = PromisesPage(
        shell=shell_of(request),
        title=_("Our promises"),
        writing=tuple(_row(version) for version in queries.being_written(request.actor)),
        standing=tuple(
            _row(version) for version in queries.standing(request.actor, on=local_date(request.at))
        ),
    )
    return render(request, "desk/promises.html", page)


def version(request: Request, version: UUID) -> HttpResponse:
    found = queries.version(request.actor, version)
    page = VersionPage(
        shell=shell_of(request),
        title=str(found.title),
        trail=(Link(label=_("Our promises"), href=reverse("desk:promises")),),
        status=STATUS[found.status],
        facts=_facts(found),
        lacks=_lacks(request, found),
        buttons=_buttons(request, found),
        preview=reverse("desk:preview", args=[found.pk]),
        others=tuple(_row(other) for other in queries.versions(found.promise_id) if other.pk != found.pk),
    )
    return render(request, "desk/promise.html", page)


def preview(request: Request, version: UUID) -> HttpResponse:
    """The version as the public page will show it; nothing can be asked for from here."""
    found = queries.version(request.actor, version)
    shown = replace(page_of(request, found), ask="", form="", promise="", trail=(), back=_back(found))
    return render(request, "public/service.html", shown)


@require_http_methods(["GET", "POST"])
def draft(request: Request, version: UUID) -> HttpResponse:
    """A new version, begun from one that stands."""
    found = queries.version(request.actor, version, action="promise.draft")
    does = partial(catalogue.draft, promise=found.promise)
    says = _("A draft binds nobody. The head of the office checks and publishes it; whoever wrote it cannot.")
    return _written(
        request, found, does, title=_("Write a new version"), label=_("Keep the draft"), says=says
    )


@require_http_methods(["GET", "POST"])
def change(request: Request, version: UUID) -> HttpResponse:
    found = queries.version(request.actor, version, action="promise.change")
    does = partial(catalogue.change, version=found.pk)
    says = _("Whoever changes a draft last does not publish it: somebody else reads it first.")
    return _written(request, found, does, title=_("Change the draft"), label=_("Keep the draft"), says=says)


@require_http_methods(["GET", "POST"])
def step(request: Request, version: UUID, name: str) -> HttpResponse:
    """Check, give back, publish, end."""
    kind = STEPS.get(name)
    if kind is None:
        raise Http404
    ask_freshly(request, f"promise.{name}")
    found = queries.version(request.actor, version, action=f"promise.{name}")
    return act_page(
        request,
        kind.form(request.POST or None),
        partial(kind.does, version=found.pk),
        title=str(kind.label),
        says=str(kind.says),
        back=_back(found),
        grave=kind.grave,
        about=(Answer(label=_("Promise"), value=str(found.title)), *_facts(found)),
    )


def _written(
    request: Request, found: PromiseVersion, does: Callable[..., object], *, title: str, label: str, says: str
) -> HttpResponse:
    if "more" in request.POST:
        form = Drafting.with_more(request.POST, found)
    elif request.method == "POST":
        form = Drafting(request.POST, version=found)
    else:
        form = Drafting.of(found, begins=max(found.begins, local_date(request.at)))
    back = _back(found)
    return act_page(
        request, form, does, title=title, label=label, says=says, back=back, then=reverse("desk:promises"),
        template="desk/draft.html",
    )  # fmt: skip


def _row(version: PromiseVersion) -> VersionRow:
    return VersionRow(
        href=reverse("desk:promise", args=[version.pk]),
        title=str(version.title),
        kind=str(KINDS[version.promise.kind]),
        word=STATUS[version.status],
        begins=date_format(version.begins, "DATE_FORMAT"),
    )


def _facts(found: PromiseVersion) -> tuple[Answer, ...]:
    rows = (
        (_("What it is"), str(KINDS[found.promise.kind])),
        (_("In force from"), date_format(found.begins, "DATE_FORMAT")),
        (_("Until"), date_format(found.ends, "DATE_FORMAT") if found.ends else ""),
        (_("Time limit"), limit_words(found) if found.deadline else ""),
    )
    return tuple(Answer(label=label, value=value) for label, value in rows if value)


def _lacks(request: Request, found: PromiseVersion) -> tuple[str, ...]:
    """Why the next step cannot be taken yet, in words."""
    if found.status not in (PromiseStatus.DRAFT, PromiseStatus.CHECKED):
        return ()
    move: Move = PROMISE.check if found.status == PromiseStatus.DRAFT else PROMISE.publish
    said = [_(guard.otherwise) for guard in move.guards if not guard.holds(found, request.at)]
    if request.actor.account in (found.author, found.changed_by):
        said.append(_("You wrote this version: somebody else checks and publishes it."))
    if found.begins < local_date(request.at):
        said.append(_("Its first day has passed: change the day before it is published."))
    return tuple(said)


def _buttons(request: Request, found: PromiseVersion) -> tuple[Button, ...]:
    """What the table of moves and the gate allow to this person now."""
    open_now = {move.name for move in PROMISE.open_to(found.status, found, request.at)}
    asked = {f"promise.{name}" for name in open_now}
    if found.status in (PromiseStatus.PUBLISHED, PromiseStatus.ENDED):
        asked.add("promise.draft")
    allowed = gate.which(request.actor, sorted(asked), found)
    buttons = [
        _button("draft", found, _("Write a new version"), _("It begins with what this one says.")),
        _button("change", found, _("Change the draft"), _("Until it is checked, everything can be changed.")),
        *(_button(name, found, str(s.label), str(s.says), grave=s.grave) for name, s in STEPS.items()),
    ]
    return tuple(
        button
        for name, button in zip(("draft", "change", *STEPS), buttons, strict=True)
        if f"promise.{name}" in allowed
    )


def _button(name: str, found: PromiseVersion, label: str, says: str, *, grave: bool = False) -> Button:
    href = (
        reverse("desk:promise_step", args=[found.pk, name])
        if name in STEPS
        else reverse(f"desk:{name}_promise", args=[found.pk])
    )
    return Button(label=label, href=href, says=says, grave=grave)


def _back(found: PromiseVersion) -> Link:
    return Link(label=_("Back to the promise"), href=reverse("desk:promise", args=[found.pk]))
