"""Every address: by audience, and what allauth and Django bring along."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from chengnuo.web import errors
from chengnuo.web.api.open311.surface import surface as open311
from chengnuo.web.api.surface import surface

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("chengnuo.web.public.urls")),
    path("", include("chengnuo.web.notices.urls")),
    path("", include("chengnuo.web.meetings.urls")),
    path("", include("chengnuo.web.money.public_urls")),
    path("entitlements/", include("chengnuo.web.entitlements.urls")),
    path("claim/", include("chengnuo.web.claims.urls")),
    path("", include("chengnuo.web.family.urls")),
    path("desk/", include("chengnuo.web.desk.urls")),
    path("desk/", include("chengnuo.web.oversight.urls")),
    path("desk/", include("chengnuo.web.county.urls")),
    path("desk/tables/", include("chengnuo.web.tables.urls")),
    path("desk/register/", include("chengnuo.web.registers.urls")),
    path("desk/money/", include("chengnuo.web.money.urls")),
    path("", include("chengnuo.web.reviews.urls")),
    path("", include("chengnuo.web.outreach.urls")),
    path("", include("chengnuo.web.machines.urls")),
    path("api/v1/", surface.urls),
    path("open311/v2/", open311.urls),
    path("accounts/", include("chengnuo.web.account.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

handler400 = errors.bad_request
handler403 = errors.denied
handler404 = errors.not_found
handler429 = errors.too_many  # asked for by allauth
handler500 = errors.server_error
