"""Which programmes are claimed with a service of the catalogue: each leads to its own questions, with or without answers."""

from __future__ import annotations

from datetime import date

from chengnuo.policies.claims import claims
from chengnuo.web.entitlements.claiming import claimable_on
from chengnuo.web.entitlements.pages import Press


def offers_of(service: str, day: date) -> tuple[Press, ...]:
    """None for a service that is asked for like any other."""
    found = claimable_on(day).items()
    return tuple(Press(label=str(each.words.name), value=key) for key, each in found if claims()[key] == service)
