"""The interface's addresses. All are open to the gate of pages: each operation asks for the token and scope that it needs."""

from __future__ import annotations

from chengnuo.web.open import OPEN

API: dict[str, str] = dict.fromkeys(
    (
        "api:openapi-json",
        "api:api-root",
        "api:places",
        "api:place",
        "api:services",
        "api:service",
        "api:promises",
        "api:promise",
        "api:figures",
        "api:release",
        "api:entitlements",
        "api:requests",
        "api:follow",
        "open311:openapi-json",
        "open311:api-root",
        "open311:discovery",
        "open311:services",
        "open311:service",
        "open311:requests",
        "open311:request",
    ),
    OPEN,
)
