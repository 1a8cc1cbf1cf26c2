"""Which messages a family was sent, and the one step with which it gets no more of them."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.core.internal import ratelimit  # the public one counts no address that is only opened
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.cases.models import Case
from chengnuo.channels import queries
from chengnuo.channels.operations import stopping
from chengnuo.web.account.accounts import APP
from chengnuo.web.casework.sent import sent_page
from chengnuo.web.errors import too_many
from chengnuo.web.forms import JustDo
from chengnuo.web.held import with_receipt
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of


@dataclass(frozen=True, kw_only=True)
class StopPage(Page):
    """`is_over`: nothing is sent any more."""

    number: str
    is_over: bool


@require_GET
@with_receipt
def sent(request: Request, case: Case) -> HttpResponse:
    back = Link(label=_("Back to my request"), href=reverse("family:request", args=[case.pk]))
    title = _("Messages to your telephone")
    return sent_page(request, queries.messages_of(request.actor, case.pk), title=title, back=back)


@require_http_methods(["GET", "POST"])
def stop(request: Request, number: str, code: str) -> HttpResponse:
    """The address in every message. Opening it changes nothing: telephones open addresses by themselves."""
    if not ratelimit.consume(request, app=APP, action="stop_messages", limit_get=True):
        return too_many(request)
    if request.method == "POST":
        # a page that was open too long does it too: taking back is never made harder than giving
        stopping.stop(number=number, code=code, at=request.at, key=JustDo(request.POST).key)
        return redirect("family:stop", number, code)
    is_over = stopping.to_stop(number, code).withdrawn_at is not None
    title = _("No more messages are sent") if is_over else _("No more messages?")
    page = StopPage(shell=shell_of(request), title=title, number=number, is_over=is_over)
    return render(request, "family/stop.html", page, JustDo())
