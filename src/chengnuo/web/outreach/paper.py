"""The letter on paper: the same sentences for everybody it is sent to, a neutral heading, and no programme's name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengnuo.core.instants import local_date
from chengnuo.foundation.refused import NotHere
from chengnuo.outreach.models import Letter
from chengnuo.outreach.queries import Recipient
from chengnuo.people import queries as people
from chengnuo.policies.finders import COUNTER, Finder, finders
from chengnuo.web.casework.papers import made
from chengnuo.web.requests import Request
from chengnuo.web.square import square_of


def letter(found: Letter, to: Recipient, *, at: datetime) -> bytes:
    """One page A4 for an envelope with a window, as PDF/A. Raises NotHere when its finder is gone."""
    row = next((row for row in reversed(finders().rows) if row.key == found.finder), None)
    if row is None:
        raise NotHere
    return made("letter.typ", said_on(row, at) | _to(found, to), at)


@require_GET
def handed_out(request: Request, finder: str) -> HttpResponse:
    """What lies at the counters of birth certificates and household registration: nobody's name is on it, and nobody is counted."""
    row = finders().on(local_date(request.at)).get(finder)
    if row is None or row.sent_by != COUNTER:
        raise NotHere
    content = made("letter.typ", said_on(row, request.at), request.at)
    headers = {"Content-Disposition": 'inline; filename="letter.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def said_on(row: Finder, at: datetime) -> dict[str, Any]:
    """What stands on every letter of a finder, whoever it is for."""
    known, calculator = finders(), settings.PUBLIC_ADDRESS + reverse("entitlements:calculate")
    return {
        "heading": str(known.label),
        "to": [],
        "says": str(row.says),
        "why": str(known.why(row)),
        "alone": str(known.letter.alone),
        "address": calculator,
        "qr": square_of(calculator).svg,
        "helper_label": str(known.letter.helper),
        "helper": _helper(known.helper, at),
        "stop": None,
        "printed": _("Printed on %(day)s") % {"day": localtime(at).strftime("%Y-%m-%d")},
    }


def _to(found: Letter, to: Recipient) -> dict[str, Any]:
    address = settings.PUBLIC_ADDRESS + reverse("outreach:stop")
    # behind the #, which no browser sends: no server and no log on the way reads the code
    at_once = f"{address}#{to.code}"
    return {
        "to": [str(to.village) if to.village else "", to.name],
        "stop": {
            "says": str(finders().letter.stop),
            "address": address,
            "code": " ".join(to.code[start : start + 4] for start in range(0, len(to.code), 4)),
            "qr": square_of(at_once).svg,
        },
        "number": _("Number %(number)s") % {"number": found.number},
    }


def _helper(key: str, at: datetime) -> str:
    """The office, who sits at its counter today, and the telephone."""
    office = people.open_office(key)
    if office is None:
        raise NotHere
    counter = people.counter_of(office.pk)
    names = people.holder_names({counter.pk}, on=local_date(at)) if counter else {}
    name = names.get(counter.pk, "") if counter else ""
    return _(" · ").join(filter(None, (str(office.name), name, office.telephone)))
