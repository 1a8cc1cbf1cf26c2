"""What is done with a version of a promise: written, changed, checked, given back, published, ended; a page each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
from chengnuo.promises import queries
from chengnuo.promises.models import PromiseVersion
from chengnuo.promises.operations import catalogue
from chengnuo.web.acting import act_page, ask_freshly, sent
from chengnuo.web.desk.draft_form import Drafting
from chengnuo.web.forms import ActForm, Day
from chengnuo.web.pages import Answer
from chengnuo.web.public.catalogue import limit_words
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link

KINDS = {
    "service": gettext_lazy("service"),
    "referral": gettext_lazy("shown with provider, place and telephone"),
    "procedure": gettext_lazy("how every office works"),
}


class Agreeing(ActForm):
    """Asks nothing: the page says what happens."""


class Ending(ActForm):
    ends = Day(ask=gettext_lazy("Enter the day."), label=gettext_lazy("From which day is nothing new promised?"))


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


@require_http_methods(["GET", "POST"])
def draft(request: Request, version: UUID) -> HttpResponse:
    """A new version, begun from one that stands."""
    found = queries.version(request.actor, version, action="promise.draft")
    does = partial(catalogue.draft, promise=found.promise)
    says = _("A draft binds nobody. The head of the office checks and publishes it; whoever wrote it cannot.")
    return _written(request, found, does, title=_("Write a new version"), label=_("Keep the draft"), says=says)


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
        kind.form(sent(request)),
        partial(kind.does, version=found.pk),
        title=str(kind.label),
        says=str(kind.says),
        back=back_to(found),
        grave=kind.grave,
        about=(Answer(label=_("Promise"), value=str(found.title)), *facts_of(found)),
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
    back = back_to(found)
    return act_page(
        request, form, does, title=title, label=label, says=says, back=back, then=reverse("desk:promises"),
        template="desk/draft.html",
    )  # fmt: skip


def facts_of(found: PromiseVersion) -> tuple[Answer, ...]:
    rows = (
        (_("What it is"), str(KINDS[found.promise.kind])),
        (_("In force from"), date_format(found.begins, "DATE_FORMAT")),
        (_("Until"), date_format(found.ends, "DATE_FORMAT") if found.ends else ""),
        (_("Time limit"), limit_words(found) if found.deadline else ""),
    )
    return tuple(Answer(label=label, value=value) for label, value in rows if value)


def back_to(found: PromiseVersion) -> Link:
    return Link(label=_("Back to the promise"), href=reverse("desk:promise", args=[found.pk]))
