"""How allauth is bound to Chengnuo's accounts: who may sign in, when they last did, and by what second factor."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit  # the public one takes nothing back
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from chengnuo.foundation import clock
from chengnuo.foundation.gate import is_fresh
from chengnuo.foundation.seals import seal, unseal
from chengnuo.people.models import Account
from chengnuo.people.operations import sign_ins
from chengnuo.web.requests import Request

SIGNED_IN_AT = "signed_in_at"
APP = "allauth.account"
MFA = "mfa"  # how allauth names the way
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# allauth hands over a secret without its row: it is bound to its purpose alone
SEALED = {"label": "accounts.second_factor", "row": ""}


class Adapter(DefaultAccountAdapter):
    """Accounts are opened by the administrator of accounts; nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many wrong passwords were tried, for this account or from here. Wait five minutes and try again; if it was many, "
            "an hour. If you cannot wait, ask the administrator of accounts to unlock it."
        )
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        note_sign_in(request)

    def is_reauthentication_required(self, **_app: Any) -> bool:
        """To change a second factor, the gate's quarter of an hour counts, as for every serious act."""
        return not has_proved(self.request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt for this account from this address, for the address, and for the account, whether there is one or not."""
        name, address = credentials.get("username", "").lower(), self.get_client_ip(request)
        keys = (("login_pair", f"{address} {name}"), ("login_failed", ""), ("login_account", name))
        self._counted = [ratelimit.consume(request, app=APP, action=action, key=key or None) for action, key in keys]
        if not self._counted[0]:
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Where somebody guesses, from this address or for this account, the right password opens only where it has before.

        So neither a village behind one address nor an officer at the own desk is locked out by others.
        """
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        here = user is not None and sign_ins.was_here(user.pk, self.get_client_ip(request))
        if all(self._counted) or here:
            return user
        raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        for usage in filter(None, self._counted):
            usage.rollback()


def unlock(request: HttpRequest, username: str) -> None:
    """The account is tried from anywhere again, as if nobody had guessed."""
    ratelimit.clear(request, app=APP, action="login_account", key=username.lower())


class SecondFactors(DefaultMFAAdapter):
    """Keeps the secrets of second factors sealed: whoever has the database alone cannot make a code."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text, **SEALED)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text), **SEALED)


def has_proved(request: Request) -> bool:
    """Whether it was proved here in the last quarter of an hour who sits there: by the second factor where there is one.

    Asked of the session, which may know better than the actor with whom this request began.
    """
    return is_fresh(replace(request.actor, signed_in_at=signed_in_at(request)), request.at)


def note_sign_in(request: HttpRequest) -> None:
    """From now on, for a quarter of an hour, this browser may do what asks for a fresh sign-in."""
    request.session[SIGNED_IN_AT] = clock.now().isoformat()


def signed_in_at(request: HttpRequest) -> datetime | None:
    return parse_datetime(request.session.get(SIGNED_IN_AT, ""))


def has_second_factor(account: int) -> bool:
    return Authenticator.objects.filter(user=account, type__in=SECOND_FACTORS).exists()


def password_is_old(request: Request) -> bool:
    """Whether this officer must choose another password first; never, unless the county's settings name a number of days."""
    account = request.user
    if not settings.PASSWORD_DAYS or not isinstance(account, Account) or not account.has_usable_password():
        return False
    chosen = account.password_set_at
    return chosen is None or request.at - chosen >= timedelta(days=settings.PASSWORD_DAYS)


def password_changed(request: HttpRequest, user: Account, **_signal: Any) -> None:  # noqa: ARG001  # the signal's names
    """Told by allauth; Django itself signs out every other browser of this account."""
    sign_ins.password_set(user.pk, at=clock.now())


def again_at(request: HttpRequest) -> str:
    """The page on which this officer proves once more who they are: by the second factor where there is one."""
    return "mfa_reauthenticate" if has_second_factor(request.user.pk or 0) else "account_reauthenticate"


def proved_again(request: HttpRequest, *, user: Account, reauthenticated: bool = False, **how: Any) -> None:
    """Told by allauth of every proof that somebody gave; only one given again, while signed in, makes the sign-in fresh.

    Where there is a second factor, the password alone proves nothing: it is the one that is soon stolen.
    """
    if reauthenticated and (how.get("method") == MFA or not has_second_factor(user.pk)):
        note_sign_in(request)


def step_in(request: HttpRequest, account: Account) -> None:
    """Demo only: signs in as an invented officer, who has no password. What the browser held before is forgotten."""
    logout(request)
    Adapter(request).login(request, account)
