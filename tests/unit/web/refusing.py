"""Test-only addresses: each raises one kind of refusal, as an operation behind a page would."""

from __future__ import annotations

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


def refuse(request, name):
    raise REFUSALS[name]


urlpatterns = [*urls.urlpatterns, path("refuse/<slug:name>/", refuse, name="refuse")]
handler400, handler403, handler404, handler429, handler500 = (
    urls.handler400, urls.handler403, urls.handler404, urls.handler429, urls.handler500,
)  # fmt: skip
