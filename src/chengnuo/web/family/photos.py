"""The family's own photos of papers: to look at, and to take back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.cases.models import Case
from chengnuo.web.casework import photos
from chengnuo.web.held import with_receipt
from chengnuo.web.requests import Request

WHERE = photos.Where(
    case="family:request", deed="family:deed", photo="family:photo", take_back="family:take_back_photo"
)


@require_GET
@with_receipt
def photo(request: Request, case: Case, photo: UUID) -> HttpResponse:
    return photos.picture(request, case.pk, photo)


@require_http_methods(["GET", "POST"])
@with_receipt
def take_back(request: Request, case: Case, photo: UUID) -> HttpResponse:
    return photos.take_back_page(request, case, photo, WHERE)
