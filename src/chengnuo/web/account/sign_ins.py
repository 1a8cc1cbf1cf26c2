"""Signing in, as it goes on: what is noted of it, and when it ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengnuo.foundation import clock
from chengnuo.people.models import Account
from chengnuo.people.operations import factors, sign_ins
from chengnuo.web.words import local_day

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
TOUCHED = timedelta(minutes=5)  # at most so often is it written down that somebody is still there
BEGAN, SEEN = "began_at", "seen_at"


class TimeOutMiddleware:
    """Signs an officer out who did nothing for half an hour, or signed in twelve hours ago."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            _end_or_touch(request, clock.now())
        return self.respond(request)


def _end_or_touch(request: HttpRequest, now: datetime) -> None:
    began, seen = (parse_datetime(request.session.get(name, "")) for name in (BEGAN, SEEN))
    if began is None or seen is None:
        request.session[BEGAN] = request.session[SEEN] = now.isoformat()
    elif _left(request, began):
        logout(request)
        messages.info(request, _("You were signed out everywhere. Sign in again."))
    elif now - began >= LONGEST or now - seen >= IDLE:
        logout(request)
        messages.info(request, _("You were signed out, because nothing was done here for a while. Sign in again."))
    elif now - seen >= TOUCHED:
        request.session[SEEN] = now.isoformat()


def _left(request: HttpRequest, began: datetime) -> bool:
    """Whether this account was signed out everywhere after this browser signed in."""
    left = cast("Account", request.user).signed_out_at
    return left is not None and began <= left


class CodeForm(AuthenticateForm):
    """Whoever gets as far as the second factor and no further knows the password: its owner is told."""

    def clean_code(self) -> Any:
        try:
            return super().clean_code()
        except ValidationError:
            _note(context.request, self.user, worked=False)
            raise


def signed_in(request: HttpRequest, user: Account, **_signal: Any) -> None:
    """Tells an officer of attempts that failed since they were last here."""
    failed = sign_ins.failed_since_the_last(user.pk)
    now = clock.now().isoformat()
    request.session[BEGAN] = request.session[SEEN] = now
    _note(request, user, worked=True)
    for reset in factors.untold(user.pk, at=clock.now()):
        said = _(
            "Your second factor was taken away on %(day)s: %(asked)s asked for it, %(confirmed)s confirmed it. If that was not you, "
            "tell the head of your office at once."
        )
        names = {"asked": reset.asked_by, "confirmed": reset.confirmed_by, "day": local_day(reset.asked_at)}
        messages.warning(request, said % names, fail_silently=True)
    if failed:
        said = ngettext(
            "Since you last signed in, somebody tried once to sign in to your account, and failed. If it was not you, change your "
            "password.",
            "Since you last signed in, somebody tried %(count)d times to sign in to your account, and failed. If it was not you, "
            "change your password.",
            failed,
        )
        messages.warning(request, said % {"count": failed}, fail_silently=True)


def not_signed_in(credentials: dict[str, Any], request: HttpRequest | None = None, **_signal: Any) -> None:
    """Notes a wrong password; of a sign-in name that there is not, nothing is kept."""
    account = Account.objects.filter(username__iexact=credentials.get("username", "")).first()
    if account is not None and request is not None:
        _note(request, account, worked=False)


def _note(request: HttpRequest, account: Account, *, worked: bool) -> None:
    address = get_adapter().get_client_ip(request) if request.META.get("REMOTE_ADDR") else ""
    agent = request.META.get("HTTP_USER_AGENT", "")
    sign_ins.note(account, worked=worked, agent=agent, address=address, at=clock.now())
