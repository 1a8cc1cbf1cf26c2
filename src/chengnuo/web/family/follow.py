"""Coming back with a receipt, and leaving a telephone that others use too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chengnuo.cases import queries as cases
from chengnuo.foundation.receipts import DIGITS, NUMBER_DIGITS
from chengnuo.web.casework.receipts import title_of
from chengnuo.web.errors import too_many
from chengnuo.web.forms import Digits, Form
from chengnuo.web.journey import forget_all
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request, comes_from_elsewhere
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.who import drop_receipts, hold_receipt

ELSEWHERE = "http://www.weather.com.cn/"


class CodeForm(Form):
    code = Digits(
        ask=gettext_lazy("Type the code on the receipt."),
        label=gettext_lazy("The code of your receipt"),
        hint=gettext_lazy("16 digits, in groups of four. Spaces do not matter."),
        shape=rf"\d{{{DIGITS}}}|\d{{{NUMBER_DIGITS}}}",
        wrong=gettext_lazy("A code has 16 digits. Compare it with the receipt, group by group."),
        most=60,
    )

    def clean_code(self) -> str:
        """Raises ValidationError for the number of the request, which stands on the receipt too and opens nothing."""
        code = str(self.cleaned_data["code"])
        if len(code) == NUMBER_DIGITS:
            raise ValidationError(
                _("This is the number, which opens nothing. The code has 16 digits and stands above it on the receipt.")
            )
        return code


class CounterCodeForm(CodeForm):
    """Where an officer types it for a family."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["code"].label = gettext_lazy("The family’s receipt code")


@dataclass(frozen=True, kw_only=True)
class FollowPage(Page):
    """`open_now` are the requests that this browser holds; `at_counter`: an officer types the code for a family; `other`
    is the page for the other kind of code.
    """

    open_now: tuple[Link, ...]
    other: Link
    at_counter: bool


@require_http_methods(["GET", "POST"])
def follow(request: Request) -> HttpResponse:
    """Typing the code, alone or at a counter. What opens nothing is answered in the same words, whatever it is."""
    other = Link(
        label=_("A complaint or objection without a name is opened here"), href=reverse("family:follow_unnamed")
    )
    title = _("The family has a receipt") if request.actor.is_officer else _("See how your request stands")
    return _follow(request, cases.by_receipt, title=title, other=other)


@require_http_methods(["GET", "POST"])
def follow_unnamed(request: Request) -> HttpResponse:
    """The same for a complaint without a name, at another cost: so each page does the same work for any code."""
    other = Link(
        label=_("A request, or a complaint or objection with a name, is opened here"), href=reverse("family:follow")
    )
    return _follow(request, cases.by_dear_receipt, title=_("See how your complaint or objection stands"), other=other)


def _follow(request: Request, find: Callable[..., UUID | None], *, title: str, other: Link) -> HttpResponse:
    at_counter = request.actor.is_officer
    if not ratelimit.consume(request, action="receipt_code"):
        return too_many(request)
    kind = CounterCodeForm if at_counter else CodeForm
    form = kind(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        case = find(code, hidden_from=request.actor.offices)
        if case is not None:
            hold_receipt(request, case, code if find is cases.by_dear_receipt else "")
            return redirect("family:request", case)
        form.add_error("code", _opens_nothing(at_counter=at_counter))
    held_now = cases.briefly(request.actor.holds) if request.actor.holds else {}
    page = FollowPage(
        shell=shell_of(request),
        title=title,
        open_now=tuple(
            Link(label=f"{title_of(case)} · {case.number}", href=reverse("family:request", args=[pk]))
            for pk, case in held_now.items()
        ),
        other=other,
        at_counter=at_counter,
    )
    return render(request, "family/follow.html", page, form)


@require_POST
def leave(request: Request) -> HttpResponse:
    """Forgets every receipt and everything typed on this browser; an officer stays signed in."""
    _forget(request)
    messages.success(
        request, _("This telephone shows nothing of yours any more. The code on the receipt opens it again.")
    )
    return redirect("family:follow")


@require_GET
def leave_quickly(request: Request) -> HttpResponse:
    """Away to a page that anybody may be seen with; who goes back finds the form empty, with or without JavaScript.

    Another site's link goes there too, and takes nothing from anybody.
    """
    if not comes_from_elsewhere(request):
        _forget(request)
    return redirect(ELSEWHERE)


def _forget(request: Request) -> None:
    if request.actor.is_officer:
        drop_receipts(request)
        forget_all(request.session)
    else:
        request.session.flush()


def _opens_nothing(*, at_counter: bool) -> str:
    if at_counter:
        return _(
            "No request opens with this code at this counter. Compare it with the receipt, group by group. "
            "A complaint about your own office is opened at any other counter."
        )
    return " ".join(
        (
            _("No request opens with this code. Compare it with the receipt, group by group."),
            _("If every digit is right, it is a receipt of the other kind: open the page that is named below."),
        )
    )
