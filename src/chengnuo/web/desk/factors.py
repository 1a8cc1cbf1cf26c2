"""A head says yes to another second factor for somebody of their office, or of one below it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengnuo.foundation.refused import NotHere
from chengnuo.people import registers
from chengnuo.people.models import FactorReset
from chengnuo.people.operations import factors
from chengnuo.web.acting import act_page, sent
from chengnuo.web.casework.stories import local_minute
from chengnuo.web.forms import JustDo
from chengnuo.web.pages import Answer
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link


def waiting(request: Request) -> tuple[Link, ...]:
    """For the desk: what this head is asked for."""
    found = registers.resets(request.actor, since=request.at - factors.GOOD_FOR)
    return tuple(Link(label=each.account.name, href=reverse("desk:confirm_factor", args=[each.pk])) for each in found)


@require_http_methods(["GET", "POST"])
def confirm(request: Request, reset: UUID) -> HttpResponse:
    found = _asked(request, reset)
    return act_page(
        request,
        JustDo(sent(request)),
        partial(factors.confirm, reset=found.pk),
        title=_("Let %(name)s set up another second factor") % {"name": found.account.name},
        label=_("Yes, they told me themselves"),
        said=_("Done. They sign in with their password, and set up another one before any page opens."),
        says=_(
            "Say yes only if the person told you so face to face: whoever has their password gets in with it. They are signed out "
            "everywhere, and told by both names at the next sign-in. To say no, do nothing: it ends after a day."
        ),
        about=(
            Answer(label=_("Asked for by"), value=found.asked_by.name),
            Answer(label=_("Asked for at"), value=local_minute(found.asked_at)),
        ),
        back=Link(label=_("My desk"), href=reverse("desk:inbox")),
        grave=True,
    )


def _asked(request: Request, reset: UUID) -> FactorReset:
    for each in registers.resets(request.actor, since=request.at - factors.GOOD_FOR):
        if each.pk == reset:
            return each
    raise NotHere
