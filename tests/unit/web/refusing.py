"""Test-only addresses: each raises one kind of refusal, as an operation behind a page would, or breaks in another way."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import path

from chengnuo.config import urls
from chengnuo.foundation.refused import (
    AlreadyReceived,
    MoveRefused,
    NotAllowed,
    NotHere,
    Overtaken,
    SignInAgain,
)

REFUSALS = {
    "not-here": NotHere(),
    "not-allowed": NotAllowed(),
    "sign-in-again": SignInAgain(),
    "move": MoveRefused("The case has ended.", why="ended"),
    "overtaken": Overtaken(),
    "already": AlreadyReceived("case", "1"),
}
FAULTS = {
    "suspicious": SuspiciousOperation("quoted nowhere"),
    "denied": PermissionDenied("quoted nowhere"),
    "broken": ZeroDivisionError("quoted nowhere"),
}


def refuse(request, name):
    raise REFUSALS[name]


def fail(request, name):
    raise FAULTS[name]


urlpatterns = [
    *urls.urlpatterns,
    path("refuse/<slug:name>/", refuse, name="refuse"),
    path("fail/<slug:name>/", fail, name="fail"),
]
handler400, handler403, handler404, handler429, handler500 = (
    urls.handler400, urls.handler403, urls.handler404, urls.handler429, urls.handler500,
)  # fmt: skip
