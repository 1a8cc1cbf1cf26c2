"""Putting right what was stated in a claim, for whoever holds its receipt."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chengnuo.benefits import queries
from chengnuo.cases.models import Case
from chengnuo.foundation.refused import NotHere
from chengnuo.web.claims.restate import answer
from chengnuo.web.entitlements.views import kept_nowhere
from chengnuo.web.held import with_receipt
from chengnuo.web.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
@kept_nowhere
@with_receipt
def restate(request: Request, case: Case) -> HttpResponse:
    """Raises NotHere where the request is no claim."""
    found = queries.claim_of(request.actor, case.pk)
    if found is None:
        raise NotHere
    return answer(request, found.pk, reverse("family:request", args=[case.pk]))
