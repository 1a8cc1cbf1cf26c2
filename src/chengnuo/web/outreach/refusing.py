"""No more letters, or letters again: with the code on a letter, without an account; or at any counter."""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit  # the public one counts no address that is only opened
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.outreach.operations import refusing
from chengnuo.web.account.accounts import APP
from chengnuo.web.acting import act_page, sent
from chengnuo.web.errors import too_many
from chengnuo.web.forms import ActForm, Digits
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of


class CodeForm(ActForm):
    code = Digits(
        ask=gettext_lazy("Type the digits on your letter."),
        label=gettext_lazy("The code on your letter"),
        hint=gettext_lazy("12 digits, in groups of four. Spaces do not matter."),
        shape=r"\d{12}",
        wrong=gettext_lazy("The code has 12 digits. Compare it with the letter, group by group."),
        most=40,
    )


class IdentityForm(ActForm):
    identity = Digits(
        ask=gettext_lazy("Type the identity number."),
        label=gettext_lazy("Identity number of whoever wants no letters"),
        hint=gettext_lazy("From the card. Only a digest is kept that cannot be read back."),
        shape=r"\d{15}|\d{17}[\dX]",
        wrong=gettext_lazy("This is no identity number: it has 18 characters."),
        most=40,
    )


class AgainForm(IdentityForm):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["identity"].label = gettext_lazy("Identity number of whoever wants letters again")


@require_http_methods(["GET", "POST"])
def stop(request: Request) -> HttpResponse:
    """Typed, or filled in by the script from behind the # of the square on the letter: then one press does it. Opening it changes nothing."""
    if not ratelimit.consume(request, app=APP, action="stop_messages", limit_get=True):
        return too_many(request)
    return act_page(
        request,
        CodeForm(sent(request)),
        refusing.by_code,
        title=_("No more letters?"),
        label=_("Send me no more letters"),
        says=_(
            "At once, without a reason, until you want letters again. What you are entitled to stays as it is, and you may still ask and claim."
        ),
        said=_("No more letters of this kind are sent to you."),
        back=Link(label=_("Services"), href=reverse("public:services")),
        then=reverse("outreach:stopped"),
    )


@require_GET
def stopped(request: Request) -> HttpResponse:
    page = Page(shell=shell_of(request), title=_("No more letters"))
    return render(request, "outreach/stopped.html", page)


@require_http_methods(["GET", "POST"])
def again(request: Request) -> HttpResponse:
    """With the same code, for whoever has changed their mind, or for whom somebody else said it."""
    if not ratelimit.consume(request, app=APP, action="stop_messages", limit_get=True):
        return too_many(request)
    return act_page(
        request,
        CodeForm(sent(request)),
        refusing.again_by_code,
        title=_("Letters again?"),
        label=_("Write to me again"),
        says=_(
            "At once, without a reason. A letter that came does not come a second time; the next one comes to you as to everyone."
        ),
        said=_("Letters are sent to you again, as to everyone."),
        back=Link(label=_("Services"), href=reverse("public:services")),
        then=reverse("outreach:back"),
    )


@require_GET
def back(request: Request) -> HttpResponse:
    page = Page(shell=shell_of(request), title=_("Letters again"))
    return render(request, "outreach/back.html", page)


@require_http_methods(["GET", "POST"])
def again_at_counter(request: Request) -> HttpResponse:
    """Whether there was anything to take back is not told."""
    return act_page(
        request,
        AgainForm(sent(request)),
        refusing.again_at_counter,
        title=_("Somebody wants letters again"),
        label=_("Write to them again"),
        says=_("At once, without a reason. You do not learn whether they had said no."),
        said=_("It is kept: letters are sent to this person as to everyone."),
        back=Link(label=_("My desk"), href=reverse("desk:inbox")),
    )


@require_http_methods(["GET", "POST"])
def at_counter(request: Request) -> HttpResponse:
    """Whether the number was known is not told."""
    return act_page(
        request,
        IdentityForm(sent(request)),
        refusing.at_counter,
        title=_("Somebody wants no letters"),
        label=_("Write to them no more"),
        says=_("At once, without a reason. You do not learn whether a letter was on its way."),
        said=_("It is kept: no more letters are sent to this person."),
        back=Link(label=_("My desk"), href=reverse("desk:inbox")),
    )
