"""Who is asking, and whether the gate lets them near this address at all."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from chengnuo.foundation import clock, looks
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotAllowed, Refused, SignInAgain
from chengnuo.web.account.accounts import again_at, has_proved, has_second_factor, password_is_old
from chengnuo.web.errors import here_only, refusal_page, wrong_method
from chengnuo.web.open import OPEN
from chengnuo.web.permissions import ACCOUNTS, ADDRESSES, SERIOUS
from chengnuo.web.requests import Request
from chengnuo.web.who import who_asks

# what a proxy adds: the demo, where anybody may step into any role, is for this machine alone
FORWARDED = ("Forwarded", "X-Real-Ip", "X-Client-Ip", "True-Client-Ip", "Cf-Connecting-Ip", "Via")

# what some page or call answers; TRACE, for one, would repeat what the browser holds
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
ONLY_KNOWN = "account_reauthenticate"
Respond = Callable[[Request], HttpResponse]


class HereOnlyMiddleware:
    """In demo mode refuses any host but loopback, and whatever came through somebody else's machine."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return here_only(request) if settings.DEMO and _from_elsewhere(request) else self.respond(request)


def _from_elsewhere(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return True
    return any(name in FORWARDED or name.startswith("X-Forwarded-") for name in request.headers)


class ActorMiddleware:
    """Puts `request.actor` and `request.at`: everyone is a visitor, officers wear their hats, receipts open cases."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Request) -> HttpResponse:
        request.at = clock.now()
        request.actor = who_asks(request)
        with looks.collected():
            answer = self.respond(request)
        if isinstance(answer, HttpResponseNotAllowed):
            answer = wrong_method(request, answer)
        if not request.session.is_empty():
            # what was opened here stays in no cache: the telephone or the screen may be somebody else's next
            answer["Cache-Control"] = "no-store"
        return answer

    def process_view(self, request: Request, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        match = request.resolver_match
        name = match.view_name if match else ""
        action = ADDRESSES.get(name)
        if action is None:
            raise Http404
        if name not in ACCOUNTS and (first := _must_first(request)):
            return redirect(first)
        if name in SERIOUS and _must_prove_again(request):
            return _back_here_after("mfa_reauthenticate", request)
        if name == ONLY_KNOWN and has_second_factor(request.user.pk or 0):
            # it would prove nothing, and lead round in a circle
            return redirect(f"{reverse('mfa_reauthenticate')}?{request.GET.urlencode()}")
        if action != OPEN:
            try:
                if clock.went_back():
                    raise clock.ClockWentBack
                gate.require(request.actor, action, request.at)
            except Refused as refused:  # Django asks process_exception about views only
                return self.process_exception(request, refused)
        return None

    def process_exception(self, request: Request, refused: Exception) -> HttpResponse | None:
        """Every refusal becomes a page that says what happened and what to do."""
        if isinstance(refused, SignInAgain):
            return _back_here_after(again_at(request), request)
        if isinstance(refused, NotAllowed) and not request.actor.is_officer:
            return _back_here_after(settings.LOGIN_URL, request)
        return refusal_page(request, refused) if isinstance(refused, Refused) else None


def _back_here_after(page: str, request: Request) -> HttpResponse:
    """Sends to a page that proves who somebody is, and from there back. Nobody has a password in the demo: they step in."""
    where = reverse("public:people" if settings.DEMO else page)
    return redirect(f"{where}?{urlencode({'next': request.get_full_path()})}")


def _must_prove_again(request: Request) -> bool:
    """Before a way to sign in is added or taken away: the password alone, which is soon stolen, is not enough for it."""
    account = request.actor.account
    return account is not None and has_second_factor(account) and not has_proved(request)


def _must_first(request: Request) -> str:
    """The page on which this officer sets something right before any other opens; "" where nothing is wrong."""
    if _lacks_second_factor(request):
        return "mfa_index"
    return "account_change_password" if password_is_old(request) else ""


def _lacks_second_factor(request: Request) -> bool:
    account = request.actor.account
    return account is not None and not settings.DEMO and not has_second_factor(account)
