"""What a view receives, and what its address asks for."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django.utils.dateparse import parse_date

from chengnuo.foundation.actor import Actor
from chengnuo.web.fields import plain_digits


class Request(HttpRequest):
    """A request after `ActorMiddleware`: who asks, and the instant at which everything in it happens. Only for types."""

    actor: Actor
    at: datetime


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site's page sent the browser here. Old browsers do not say, and are believed."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def asked(request: Request, name: str, *, most: int = 40) -> str:
    """What the address asks for under a name, as somebody may have typed it; nothing that no database would take."""
    typed = plain_digits(request.GET.get(name, ""))
    return "".join(filter(str.isprintable, typed)).strip()[:most]


def asked_day(request: Request) -> date | None:
    """The day that the address asks for; None where it names none."""
    try:
        return parse_date(asked(request, "day"))
    except ValueError:
        return None
