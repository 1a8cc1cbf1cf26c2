"""What the family of a case was sent, for whoever works on it: sent is not told."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengnuo.cases import queries as cases
from chengnuo.channels import queries
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.web.casework.sent import sent_page
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link


@require_GET
def sent(request: Request, case: UUID) -> HttpResponse:
    found = cases.seen(request.actor, case)
    if not gate.allows(request.actor, "message.see", found):
        raise NotHere
    back = Link(label=_("Back to the case"), href=reverse("desk:case", args=[found.pk]))
    title = _("Messages to the family's telephone")
    return sent_page(request, queries.messages_of(request.actor, found.pk), title=title, back=back)
