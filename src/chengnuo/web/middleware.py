"""Who is asking, and whether the gate lets them near this address at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from chengnuo.core.instants import local_date
from chengnuo.foundation import clock, looks
from chengnuo.foundation.actor import RESIDENT, VISITOR, Actor, Hat
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotAllowed, Refused, SignInAgain
from chengnuo.people.queries import actor_of
from chengnuo.web.errors import refusal_page
from chengnuo.web.open import OPEN
from chengnuo.web.permissions import ADDRESSES
from chengnuo.web.requests import Request

RECEIPTS = "receipts"
RECEIPT_LASTS = timedelta(minutes=30)
SIGNED_IN_AT = "signed_in_at"

Respond = Callable[[Request], HttpResponse]


class ActorMiddleware:
    """Puts `request.actor` and `request.at`: everyone is a visitor, officers wear their hats, receipts open cases."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Request) -> HttpResponse:
        request.at = clock.now()
        request.actor = _actor(request)
        with looks.collected():
            return self.respond(request)

    def process_view(
        self, request: Request, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        action = ADDRESSES.get(match.view_name if match else "")
        if action is None:
            raise Http404
        if action != OPEN:
            gate.require(request.actor, action, request.at)
        return None

    def process_exception(self, request: Request, refused: Exception) -> HttpResponse | None:
        """Every refusal becomes a page that says what happened and what to do."""
        if isinstance(refused, SignInAgain):
            return redirect(f"{reverse('account_reauthenticate')}?next={request.get_full_path()}")
        if isinstance(refused, NotAllowed) and not request.actor.is_officer:
            return redirect(f"{reverse(settings.LOGIN_URL)}?next={request.get_full_path()}")
        return refusal_page(request, refused) if isinstance(refused, Refused) else None


def hold_receipt(request: Request, case: UUID) -> None:
    """Lets this browser open the case for half an hour; the code itself is stored nowhere."""
    kept = {row: until for row, until in request.session.get(RECEIPTS, {}).items() if _alive(until, request)}
    request.session[RECEIPTS] = kept | {str(case): (request.at + RECEIPT_LASTS).isoformat()}
    request.actor = _actor(request)


def drop_receipts(request: Request) -> None:
    request.session.pop(RECEIPTS, None)


def _alive(until: str, request: Request) -> bool:
    parsed = parse_datetime(until)
    return parsed is not None and request.at < parsed


def _actor(request: Request) -> Actor:
    if request.user.is_authenticated:
        signed_in = parse_datetime(request.session.get(SIGNED_IN_AT, ""))
        officer = actor_of(request.user, on=local_date(request.at), signed_in_at=signed_in)
        return Actor(officer.name, (*officer.hats, Hat(VISITOR)), officer.account, signed_in_at=signed_in)
    holds = [row for row, until in request.session.get(RECEIPTS, {}).items() if _alive(until, request)]
    hats = (Hat(VISITOR), Hat(RESIDENT)) if holds else (Hat(VISITOR),)
    return Actor("", hats, holds=frozenset(map(UUID, holds)))
