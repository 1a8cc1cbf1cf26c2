"""Photos of papers for whoever works on the case: to look at, and to take back what was sent by mistake."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.cases import queries as cases
from chengnuo.web.casework import photos
from chengnuo.web.requests import Request

WHERE = photos.Where(case="desk:case", deed="desk:deed", photo="desk:photo", take_back="desk:take_back_photo")


@require_GET
def photo(request: Request, case: UUID, photo: UUID) -> HttpResponse:
    return photos.picture(request, case, photo)


@require_http_methods(["GET", "POST"])
def take_back(request: Request, case: UUID, photo: UUID) -> HttpResponse:
    return photos.take_back_page(request, cases.seen(request.actor, case), photo, WHERE)
