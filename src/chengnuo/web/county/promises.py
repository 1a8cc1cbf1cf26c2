"""The promises of an office: what is in force, what is being written, and the steps from a draft to a published version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.core.instants import local_date
from chengnuo.core.lifecycle import Move
from chengnuo.foundation.gate import gate
from chengnuo.promises import writing
from chengnuo.promises.lifecycle import PROMISE, PromiseStatus
from chengnuo.promises.models import PromiseVersion
from chengnuo.web.county.promise_acts import KINDS, STEPS, back_to, facts_of
from chengnuo.web.deeds import Button
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.public.service import page_of
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word

STATUS = {
    "draft": Word(gettext_lazy("being written"), "plain", "dash"),
    "checked": Word(gettext_lazy("checked"), "calm", "tick"),
    "published": Word(gettext_lazy("published"), "good", "tick"),
    "ended": Word(gettext_lazy("ended"), "plain", "dash"),
    "discarded": Word(gettext_lazy("thrown away"), "plain", "cross"),
}


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    href: str
    title: str
    kind: str
    word: Word
    begins: str


@dataclass(frozen=True, kw_only=True)
class PromisesPage(Page):
    """`begin` is where a promise is founded, or "" for somebody who founds none."""

    begin: str
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
        begin=reverse("county:found_promise") if writing.founded_by(request.actor) else "",
        writing=tuple(_row(version) for version in writing.being_written(request.actor)),
        standing=tuple(_row(version) for version in writing.standing(request.actor, on=local_date(request.at))),
    )
    return render(request, "county/promises.html", page)


def version(request: Request, version: UUID) -> HttpResponse:
    found = writing.version(request.actor, version)
    page = VersionPage(
        shell=shell_of(request),
        title=str(found.title),
        trail=(Link(label=_("Our promises"), href=reverse("county:promises")),),
        status=STATUS[found.status],
        facts=facts_of(found),
        lacks=_lacks(request, found),
        buttons=_buttons(request, found),
        preview=reverse("county:preview", args=[found.pk]),
        others=tuple(_row(other) for other in writing.versions(found.promise_id) if other.pk != found.pk),
    )
    return render(request, "county/promise.html", page)


def preview(request: Request, version: UUID) -> HttpResponse:
    """The version as the public page will show it; nothing can be asked for from here."""
    found = writing.version(request.actor, version)
    shown = replace(page_of(request, found), ask="", form="", promise="", trail=(), back=back_to(found))
    return render(request, "public/service.html", shown)


def _row(version: PromiseVersion) -> VersionRow:
    return VersionRow(
        href=reverse("county:promise", args=[version.pk]),
        title=str(version.title),
        kind=str(KINDS[version.promise.kind]),
        word=STATUS[version.status],
        begins=date_format(version.begins, "DATE_FORMAT"),
    )


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
        reverse("county:promise_step", args=[found.pk, name])
        if name in STEPS
        else reverse(f"county:{name}_promise", args=[found.pk])
    )
    return Button(label=label, href=href, says=says, grave=grave)
