"""The way from money to the award that it is paid for."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.benefits.models import Award
from chengnuo.foundation.gate import gate
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link


def way_to(request: Request, award: Award) -> Link | None:
    """None for whoever may not open its page: the office that pays needs none."""
    if not gate.may(request.actor, "award.at_desk") or not gate.allows(request.actor, "award.at_desk", award):
        return None
    return Link(label=_("The award"), href=reverse("desk:award", args=[award.pk]))
