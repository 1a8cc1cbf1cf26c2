"""How often one caller may ask for what costs the processor something: counted by each process for itself, so that reading what is
public writes nothing.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import caches
from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle

from chengnuo.foundation.actor import Actor

A_LINE = 64  # bits of an address of version 6 that one household or office is given: the rest it chooses itself


class Throttle(SimpleRateThrottle):
    """So many calls in a minute of one token, or, without one, of one address. `of` is what is counted together."""

    cache = caches["process"]

    def __init__(self, rate: str, *, of: str = "api") -> None:
        super().__init__(rate)
        self.of = of

    def get_cache_key(self, request: HttpRequest) -> str:
        actor = getattr(request, "auth", None)
        who = str(actor.token) if isinstance(actor, Actor) else line_of(request.META.get("REMOTE_ADDR", ""))
        return f"{self.of}.{self.rate}.{who}"


def line_of(address: str) -> str:
    """The address, or the part of it that its owner cannot choose; what is no address stays as it is."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, A_LINE), strict=False))
