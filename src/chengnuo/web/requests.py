"""What a view receives."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from chengnuo.foundation.actor import Actor


class Request(HttpRequest):
    """A request after `ActorMiddleware`: who asks, and the instant at which everything in it happens. Only for types."""

    actor: Actor
    at: datetime
