"""Reads and binds the law of today before anybody asks: else the first visitor of a process waits for it."""

from __future__ import annotations

from django.conf import settings

from chengnuo.core.instants import local_date
from chengnuo.core.rules import Asked
from chengnuo.foundation import clock
from chengnuo.policies.bound import bound
from chengnuo.policies.law_places import DIGITS, as_law
from chengnuo.policies.programmes import programmes
from chengnuo.web.entitlements.facts import named_with


def bind_law() -> None:
    """For whoever is registered in this county; it takes half a second."""
    asked = Asked(local_date(clock.now()), place=as_law(settings.COUNTY.ljust(DIGITS, "0")))
    for programme in programmes():
        named_with(programme)
        bound(programme, asked)
