"""The calculator's addresses: anyone may ask what the law gives."""

from __future__ import annotations

from chengnuo.web.open import OPEN

ENTITLEMENTS: dict[str, str] = dict.fromkeys(
    ("entitlements:calculate", "entitlements:letter", "entitlements:programmes"), OPEN
)
