"""For the machines that watch the server: is it alive, may people be sent to it, what does it count."""

from __future__ import annotations

import os
from collections.abc import Callable
from hmac import compare_digest

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from chengnuo.foundation import clock, keys
from chengnuo.foundation.refused import NotHere, Refused
from chengnuo.web.machines.backlog import Backlog


@require_safe
@never_cache
def alive(_request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of anything else: a database that is away is no reason to kill it."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """Whether people may be sent here: each need by name, and no word of why, which the doctor tells."""
    said = {name: _holds(need) for name, need in NEEDS.items()}
    return JsonResponse(said, status=200 if all(said.values()) else 503)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """In Prometheus's text form, for whoever has the watcher's token. Raises NotHere."""
    if not _may_read(request):
        raise NotHere
    registry = CollectorRegistry()
    registry.register(Backlog())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
        counted = generate_latest(registry)
    else:
        counted = generate_latest(REGISTRY) + generate_latest(registry)
    return HttpResponse(counted, content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    """The demo hides nothing from its own machine; elsewhere a token is needed, and without one set nobody reads."""
    if settings.DEMO:
        return True
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and compare_digest(given.encode(), settings.METRICS_TOKEN.encode())


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


NEEDS: dict[str, Callable[[], object]] = {"database": _database, "keys": keys.ring, "clock": clock.check}


def _holds(need: Callable[[], object]) -> bool:
    try:
        need()
    except (DatabaseError, keys.KeyRingUnusable, Refused):
        return False
    return True
