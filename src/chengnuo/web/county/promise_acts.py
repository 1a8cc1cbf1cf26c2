"""What is done with a version of a promise: written, changed, checked, given back, published, ended; a page each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.promises import writing
from chengnuo.promises.models import PromiseVersion
from chengnuo.promises.operations import catalogue
from chengnuo.web.acting import ask_freshly
from chengnuo.web.county.draft_form import Drafting
from chengnuo.web.county.draft_parts import written
from chengnuo.web.deeds import Kind, deed_page, kind_of
from chengnuo.web.forms import ActForm, Day, JustDo
from chengnuo.web.pages import Answer, answers
from chengnuo.web.public.catalogue import limit_words
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link
from chengnuo.web.words import day_words

KINDS = {
    "service": gettext_lazy("service"),
    "referral": gettext_lazy("shown with provider, place and telephone"),
    "procedure": gettext_lazy("how every office works"),
}


class Ending(ActForm):
    ends = Day(ask=gettext_lazy("Enter the day."), label=gettext_lazy("From which day is nothing new promised?"))


STEPS: dict[str, Kind] = {
    "check": Kind(
        JustDo, catalogue.check, gettext_lazy("Check it"),
        gettext_lazy("You have read it: it can be kept, it rests on a text, and its cost is stated."),
    ),
    "give_back": Kind(
        JustDo, catalogue.give_back, gettext_lazy("Give it back"), gettext_lazy("It is a draft again, and can be changed."),
    ),
    "publish": Kind(
        JustDo, catalogue.publish, gettext_lazy("Publish it"),
        gettext_lazy("From its first day on it binds the office, and every family may hold the office to it."), grave=True,
    ),
    "discard": Kind(
        JustDo, catalogue.discard, gettext_lazy("Throw the draft away"),
        gettext_lazy("It bound nobody. It cannot be taken up again; that there was a draft stays in the record."), grave=True,
    ),
    "end": Kind(
        Ending, catalogue.end, gettext_lazy("End it"),
        gettext_lazy("Nothing new is promised from that day on; what is owed already stays owed."), grave=True,
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def draft(request: Request, version: UUID) -> HttpResponse:
    """A new version, begun from one that stands."""
    found = writing.version(request.actor, version, action="promise.draft")
    does = partial(catalogue.draft, promise=found.promise)
    says = _("A draft binds nobody. The head of the office checks and publishes it; whoever wrote it cannot.")
    return _written(request, found, does, title=_("Write a new version"), label=_("Keep the draft"), says=says)


@require_http_methods(["GET", "POST"])
def change(request: Request, version: UUID) -> HttpResponse:
    found = writing.version(request.actor, version, action="promise.change")
    does = partial(catalogue.change, version=found.pk)
    says = _("Whoever changes a draft last does not publish it: somebody else reads it first.")
    return _written(request, found, does, title=_("Change the draft"), label=_("Keep the draft"), says=says)


@require_http_methods(["GET", "POST"])
def step(request: Request, version: UUID, name: str) -> HttpResponse:
    """Check, give back, publish, end."""
    kind = kind_of(STEPS, name)
    ask_freshly(request, f"promise.{name}")
    found = writing.version(request.actor, version, action=f"promise.{name}")
    about = (Answer(label=_("Promise"), value=str(found.title)), *facts_of(found))
    return deed_page(request, kind, version=found, back=back_to(found), about=about)


def _written(
    request: Request, found: PromiseVersion, does: Callable[..., object], *, title: str, label: str, says: str
) -> HttpResponse:
    return written(
        request,
        does,
        fresh=Drafting.of(found, begins=max(found.begins, local_date(request.at))),
        typed=partial(Drafting.with_more, version=found),
        bound=partial(Drafting, version=found),
        title=title,
        label=label,
        says=says,
        back=back_to(found),
        then=reverse("county:promises"),
    )


def facts_of(found: PromiseVersion) -> tuple[Answer, ...]:
    rows = (
        (_("What it is"), str(KINDS[found.promise.kind])),
        (_("In force from"), day_words(found.begins)),
        (_("Until"), day_words(found.ends)),
        (_("Time limit"), limit_words(found) if found.deadline else ""),
    )
    return answers(rows)


def back_to(found: PromiseVersion) -> Link:
    return Link(label=_("Back to the promise"), href=reverse("county:promise", args=[found.pk]))
