"""The case that a browser holds the receipt of, or the way back to typing its code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chengnuo.cases import queries as cases
from chengnuo.cases.models import Case
from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere
from chengnuo.web.requests import Request

P = ParamSpec("P")


def with_receipt(
    view: Callable[Concatenate[Request, Case, P], HttpResponse],
) -> Callable[Concatenate[Request, UUID, P], HttpResponse]:
    """Gives the view the case; without its receipt the code is asked for, the same for every case that is or is not there."""

    @wraps(view)
    def opened(request: Request, case: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if case not in request.actor.holds:
            return _code_first(request)
        try:
            found = cases.seen(request.actor, case, on=local_date(request.at))
        except NotHere:  # erased since, or about the office of the officer who helps
            return _code_first(request)
        return view(request, found, *args, **kwargs)

    return cast("Callable[Concatenate[Request, UUID, P], HttpResponse]", opened)


def _code_first(request: Request) -> HttpResponse:
    messages.info(
        request, _("Type the code of the receipt. A page with a request closes by itself after half an hour.")
    )
    return redirect("family:follow")
