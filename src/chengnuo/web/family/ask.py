"""Asking for a service on the web, without an account."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from chengnuo.people.queries import desk_of
from chengnuo.web.casework import asking_pages
from chengnuo.web.casework.asking_pages import Way
from chengnuo.web.claims.offers import offers_of
from chengnuo.web.requests import Request

ON_THE_WEB = Way(ask="family:ask", done="family:done", up="public:services", claims=offers_of)


@require_http_methods(["GET", "POST"])
def ask(request: Request, service: str, step: str = "") -> HttpResponse:
    """An officer who receives is led to the counter: what they send is another person's request, and names them as helper."""
    if desk_of(request.actor):
        return redirect("desk:counter", service)
    if not step:
        return asking_pages.start(request, ON_THE_WEB, service)
    return asking_pages.step(request, ON_THE_WEB, service, step)
