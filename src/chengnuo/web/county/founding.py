"""A promise that there was not: begun with its first version, a draft that others check and publish like any other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotAllowed
from chengnuo.people.models import Level
from chengnuo.promises import writing
from chengnuo.promises.models import Promise, PromiseKind, PromiseVersion
from chengnuo.promises.operations import catalogue
from chengnuo.web.county.draft_form import Drafting
from chengnuo.web.county.draft_parts import written
from chengnuo.web.forms import Choice, Text
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link

LEVELS = {
    Level.COUNTY: gettext_lazy("our own office"),
    Level.TOWNSHIP: gettext_lazy("every township, for its families"),
    Level.VILLAGE: gettext_lazy("every village, for its families"),
}
OTHER = {
    PromiseKind.SERVICE: gettext_lazy("It is only shown, with provider, place and telephone: write that instead"),
    PromiseKind.REFERRAL: gettext_lazy("It is a service that families ask for here: write that instead"),
}
ASKED = ("slug", "level", "sensitive")


class Founding(Drafting):
    """The draft, and what stays the same through all versions of the promise."""

    slug = Text(
        ask=gettext_lazy("Enter the name in the address."),
        label=gettext_lazy("Its name in the address of its page"),
        hint=gettext_lazy("Small letters a to z, joined by “-”, such as village-proof. It never changes."),
        most=catalogue.LONGEST_KEY,
    )
    level = Choice(ask=gettext_lazy("Choose who promises it."), label=gettext_lazy("Who promises it?"))
    sensitive = forms.BooleanField(
        required=False,
        label=gettext_lazy("It is sensitive"),
        help_text=gettext_lazy(
            "Its mere name would tell something about whoever asks: figures are shown for the whole county only."
        ),
    )

    def __init__(self, data: QueryDict | None = None, *, offered: Sequence[tuple[str, Any]], **more: Any) -> None:
        super().__init__(data, **more)
        self.offer("level", offered)
        self.order_fields([*ASKED, *self.fields])

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        return found if self.errors else found | {name: self.cleaned_data[name] for name in ASKED}


@require_http_methods(["GET", "POST"])
def found(request: Request) -> HttpResponse:
    """For the offices of the county; the outside body watches promises and makes none."""
    levels = writing.founded_by(request.actor)
    if not levels:
        raise NotAllowed
    kind, other = PromiseKind.SERVICE, PromiseKind.REFERRAL
    if request.GET.get("kind") == other:
        kind, other = other, kind
    empty = PromiseVersion(promise=Promise(kind=kind))
    offered = [(level, LEVELS[level]) for level in levels]
    begins = {"begins": local_date(request.at), "level": Level.COUNTY}
    return written(
        request,
        partial(catalogue.found, kind=kind.value),
        fresh=Founding(version=empty, offered=offered, initial=begins),
        typed=partial(Founding.with_more, version=empty, offered=offered),
        bound=partial(Founding, version=empty, offered=offered),
        title=_("Begin a new promise"),
        label=_("Keep the draft"),
        says=_("A draft binds nobody. The head of the office checks and publishes it; whoever wrote it cannot."),
        back=Link(label=_("Our promises"), href=reverse("county:promises")),
        more=Link(label=str(OTHER[kind]), href=f"{reverse('county:found_promise')}?kind={other}"),
    )
