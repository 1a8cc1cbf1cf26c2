"""Who calls: another system with its token, for what needs one; never a browser's session, so that no page can call for its reader."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import APIKeyQuery, HttpBearer

from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor
from chengnuo.people.models import Scope
from chengnuo.people.operations.tokens import digest_of
from chengnuo.people.queries import system_of

RATE = "300/min"  # a village behind one address reads on


def caller(secret: str, scope: Scope) -> Actor | None:
    """The other system that showed this token, if it may do this now."""
    return system_of(digest_of(secret), scope=scope, on=local_date(clock.now()))


def actor_of(request: HttpRequest) -> Actor:
    """Whom the token stands for that an operation asked for."""
    actor: Actor = request.auth  # type: ignore[attr-defined]  # the library puts it there
    return actor


class Bearer(HttpBearer):
    """`Authorization: Bearer …`, with the scope that an operation needs. The actor stands in `request.auth`."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return caller(token, self.scope)


class ApiKey(APIKeyQuery):
    """`api_key`, as Open311 has it: a parameter, or a field of what is sent. Better in the header: addresses are written down."""

    param_name = "api_key"

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def _get_key(self, request: HttpRequest) -> str:
        return request.POST.get(self.param_name) or request.GET.get(self.param_name, "")

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        return caller(key or "", self.scope)
