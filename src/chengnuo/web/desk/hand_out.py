"""A head offers many cases at once to a post of the office: those that are ticked, or all that fit, a hundred a page.

Each page does its part and says what could not be offered; the next one goes on behind it. Sent twice, it counts once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.cases import queries as cases
from chengnuo.cases.operations import baton
from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import AlreadyReceived, NotAllowed, NotHere
from chengnuo.people import queries as people
from chengnuo.people.models import Post
from chengnuo.web.acting import sent
from chengnuo.web.desk.filters import Filters, filters_of
from chengnuo.web.desk.posts import names_of, posts_named
from chengnuo.web.forms import ActForm, Choice, Choices
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

A_CHUNK = 100
ON_A_PAGE = 50
TICKED, ALL = "ticked", "all"


class Going(ActForm):
    """How far it is: `after` is the case behind which the next page goes on; what the pages before did."""

    scope = "case.hand_out"

    after = forms.UUIDField(required=False, widget=forms.HiddenInput)
    offered = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    refused = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class HandOut(Going):
    to = Choice(ask=gettext_lazy("Choose who should take the cases."), label=gettext_lazy("Who should take them?"))
    which = Choice(ask=gettext_lazy("Choose which cases."), label=gettext_lazy("Which cases?"))
    cases = Choices(
        ask=gettext_lazy("Choose from the list."), label=gettext_lazy("The oldest that fit"), required=False
    )

    def clean_to(self) -> UUID:
        return UUID(self.cleaned_data["to"])

    def clean_cases(self) -> list[UUID]:
        return [UUID(case) for case in self.cleaned_data["cases"]]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("which") == TICKED and not typed.get("cases"):
            self.add_error("cases", _("Tick at least one, or choose all that fit."))
        return typed


class Onward(Going):
    """The same, with nothing to ask any more."""

    to = forms.CharField(widget=forms.HiddenInput)
    which = forms.CharField(widget=forms.HiddenInput)


@dataclass(frozen=True, kw_only=True)
class HandOutPage(Page):
    filters: Filters
    many: int


@dataclass(frozen=True, kw_only=True)
class ProgressPage(Page):
    """`rows` are (number, why not) of this page's part; `more`: there is another part."""

    offered: int
    refused: int
    many: int
    rows: tuple[tuple[str, str], ...]
    more: bool

    @property
    def tried(self) -> int:
        return self.offered + self.refused


@require_http_methods(["GET", "POST"])
def hand_out(request: Request) -> HttpResponse:
    filters, posts = filters_of(request), people.posts_below(request.actor)
    if not posts:
        raise NotAllowed
    many = cases.many_to_hand_out(request.actor, filters.wanted, now=request.at)
    form = _form(request, filters, posts, many)
    if form.is_bound and form.data.get("to", "") not in {"", *(str(post.pk) for post in posts)}:
        raise NotHere
    if form.is_bound and form.is_valid():
        return _part(request, form, filters, many)
    page = HandOutPage(
        shell=shell_of(request), title=_("Offer many cases at once"), back=_cases(), filters=filters, many=many
    )
    return render(request, "desk/hand_out.html", page, form)


def _form(request: Request, filters: Filters, posts: list[Post], many: int) -> HandOut:
    form = HandOut(sent(request))
    shown = cases.to_hand_out(request.actor, filters.wanted, now=request.at, after=None, most=ON_A_PAGE)
    today = local_date(request.at)
    form.offer("to", posts_named(posts, on=today))
    form.offer("which", [(TICKED, _("Those that I tick below")), (ALL, _("All %(n)d that fit") % {"n": many})])
    form.offer("cases", list(_choices(shown, on=today)))
    return form


def _choices(shown: list[cases.Line], *, on: date) -> Iterator[tuple[str, str]]:
    names = names_of((each.holder for each in shown), on=on)
    for each in shown:
        yield str(each.pk), f"{each.number} · {each.promise__title} · {each.holder__title} · {names[each.holder]}"


def _part(request: Request, form: HandOut, filters: Filters, many: int) -> HttpResponse:
    """One part, and the page that says how far it is."""
    typed = form.cleaned_data
    after = typed["after"]
    if typed["which"] == ALL:
        found = cases.to_hand_out(request.actor, filters.wanted, now=request.at, after=after, most=A_CHUNK + 1)
        part, more = [each.pk for each in found[:A_CHUNK]], len(found) > A_CHUNK
    else:
        part, more = typed["cases"], False
    said = {"cases": part, "to": typed["to"], "key": uuid5(form.key, str(after))}
    try:
        refused = baton.hand_out(**said, by=request.actor, at=request.at)
    except AlreadyReceived:
        refused = cases.not_offered(part, typed["to"])
    page = ProgressPage(
        shell=shell_of(request),
        title=_("Go on with the next part") if more else _("All of these are done"),
        back=_cases(),
        offered=(typed["offered"] or 0) + len(part) - len(refused),
        refused=(typed["refused"] or 0) + len(refused),
        many=many if typed["which"] == ALL else len(part),
        rows=tuple((case.number, _(why) if why else "") for case, why in refused),
        more=more,
    )
    return render(request, "desk/handing_out.html", page, _onward(typed, part, page) if more else None)


def _onward(typed: dict[str, Any], part: list[UUID], page: ProgressPage) -> Onward:
    counted = {"offered": page.offered, "refused": page.refused}
    return Onward(initial={"to": typed["to"], "which": ALL, "after": part[-1]} | counted)


def _cases() -> Link:
    return Link(label=_("Cases"), href=reverse("desk:cases"))
