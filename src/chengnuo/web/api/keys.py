"""Who calls: another system with its token, for what needs one; never a browser's session, so that no page can call for its reader."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import caches
from django.http import HttpRequest
from ninja.security import APIKeyQuery, HttpBearer
from ninja.throttling import SimpleRateThrottle

from chengnuo.core.instants import local_date
from chengnuo.foundation import clock
from chengnuo.foundation.actor import Actor
from chengnuo.people.models import Scope
from chengnuo.people.operations.tokens import digest_of
from chengnuo.people.queries import system_of

RATE = "300/min"  # a village behind one address reads on
A_LINE = 64  # bits of an address of version 6 that one household or office is given: the rest it chooses itself


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


class Throttle(SimpleRateThrottle):
    """So many calls in a minute of one token, or, without one, of one address; each process counts for itself."""

    cache = caches["process"]

    def get_cache_key(self, request: HttpRequest) -> str:
        actor = getattr(request, "auth", None)
        who = str(actor.token) if isinstance(actor, Actor) else line_of(request.META.get("REMOTE_ADDR", ""))
        return f"api.{self.rate}.{who}"


def line_of(address: str) -> str:
    """The address, or the part of it that its owner cannot choose; what is no address stays as it is."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, A_LINE), strict=False))
