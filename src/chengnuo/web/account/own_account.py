"""An officer's own account: when and with what it was used, and its password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from allauth.account import views
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chengnuo.core.messages import N_
from chengnuo.foundation.refused import Refused
from chengnuo.people.models import Account, SignIn
from chengnuo.people.operations import sign_ins
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of

KEPT = timedelta(days=90)
MOST = 200


class NoPassword(Refused):
    code = "no-password"
    sentence = N_("This account has no password.")
    remedy = N_("The administrator of accounts gives it one. In the demonstration nobody has any.")


@dataclass(frozen=True, kw_only=True)
class UsePage(Page):
    """`rows` are (when, whether it worked, with what, from where), the newest first."""

    rows: tuple[tuple[str, str, str, str], ...]
    has_password: bool


@login_required
def change_password(request: Request) -> HttpResponse:
    if not cast("Account", request.user).has_usable_password():
        raise NoPassword
    answer: HttpResponse = views.password_change(request)
    return answer


@require_GET
@login_required
def use(request: Request) -> HttpResponse:
    """Only of whoever asks: no other account's is shown to anybody."""
    owner = cast("Account", request.user)
    found = sign_ins.newest(owner.pk, since=request.at - KEPT, most=MOST)
    page = UsePage(
        shell=shell_of(request),
        title=_("When your account was used"),
        rows=tuple(map(_row, found)),
        has_password=owner.has_usable_password(),
    )
    return render(request, "desk/account_use.html", page)


@require_POST
@login_required
def leave_everywhere(request: Request) -> HttpResponse:
    """This browser too: whoever thinks that somebody else sits in the account begins anew."""
    sign_ins.leave_everywhere(cast("Account", request.user).pk, at=request.at)
    logout(request)
    messages.success(
        request, _("You are signed out on every device. Sign in again, and change your password if somebody knew it.")
    )
    return redirect("account_login")


def _row(seen: SignIn) -> tuple[str, str, str, str]:
    worked = _("signed in") if seen.worked else _("failed")
    return date_format(localtime(seen.at), "DATETIME_FORMAT"), worked, seen.device or _("unknown"), seen.address
