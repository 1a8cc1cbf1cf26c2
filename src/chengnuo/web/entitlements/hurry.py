"""So many presses in a minute of one address, and fewer results and letters, which cost more. Whoever comes too fast loses nothing:
the page that says so carries everything that was sent, and sends it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import wraps
from http import HTTPStatus
from math import ceil

from django.conf import settings
from django.http import HttpResponse

from chengnuo.web.entitlements.forms import SAID
from chengnuo.web.entitlements.pages import title
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of
from chengnuo.web.throttle import Throttle

QUESTION, RESULT, LETTER = "question", "result", "letter"
SENT = ("answer", "at", "to", "instead", LETTER, SAID, *(f"{SAID}_{part}" for part in ("year", "month", "day")))


@dataclass(frozen=True, kw_only=True)
class HurryPage(Page):
    """`wait`: seconds."""

    wait: int


def unhurried(
    view: Callable[[Request], HttpResponse], sent: tuple[str, ...] = SENT
) -> Callable[[Request], HttpResponse]:
    """Answers a press only where its address has one left. `sent`: what its pages send, and nothing else is carried."""

    @wraps(view)
    def answered(request: Request) -> HttpResponse:
        wait = max(map(ceil, _waits(request)), default=0) if request.method == "POST" else 0
        return _hurry_page(request, wait, sent) if wait else view(request)

    return answered


def _waits(request: Request) -> Iterator[float]:
    costs = (QUESTION, RESULT) if request.POST.get("to") == RESULT or LETTER in request.POST else (QUESTION,)
    for each in costs:
        throttle = Throttle(settings.CALCULATOR_RATES[each], of=f"calculator.{each}")
        if not throttle.allow_request(request):
            yield throttle.wait() or 1


def _hurry_page(request: Request, wait: int, sent: tuple[str, ...]) -> HttpResponse:
    """Nothing is reckoned for it."""
    carried = tuple((name, value) for name in sent for value in request.POST.getlist(name))
    page = HurryPage(shell=replace(shell_of(request), carried=carried or (("answer", ""),)), title=title(), wait=wait)
    response = render(request, "entitlements/hurry.html", page, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(wait)
    return response
