"""What the gate asks for the public addresses."""

from __future__ import annotations

from chengnuo.web.open import OPEN

PUBLIC: dict[str, str] = dict.fromkeys(
    (
        "public:home",
        "public:services",
        "public:service",
        "public:contact",
        "public:not_held",
        "public:charter",
        "public:people",
        "public:step_in",
        "public:promises",
        "public:office",
        "public:office_live",
        "public:promise",
        "public:promise_live",
        "public:place",
        "public:place_live",
        "public:board",
        "public:release",
        "public:release_file",
        "public:log",
        "public:heads",
        "public:consistency",
        "public:export",
        "public:verifier",
    ),
    OPEN,
)
