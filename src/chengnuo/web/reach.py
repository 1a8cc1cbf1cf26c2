"""How an office is reached: its telephone, and when it is open; its own hours, or the county's."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from chengnuo.people.models import Office
from chengnuo.policies.loader import parameters
from chengnuo.web.pages import Answer


def county_hours(on: date) -> str:
    """Such as 08:30–17:30, as the parameters say on a day."""
    opens, closes = (parameters().at(f"limits.office_{end}", on).value for end in ("opens", "closes"))
    return f"{opens}–{closes}"


def hours_of(office: Office, *, on: date) -> str:
    return _("%(hours)s on working days") % {"hours": office.hours or county_hours(on)}


def reach_of(office: Office, *, on: date) -> tuple[Answer, ...]:
    """The lines for a page or a slip; without the telephone where none is known."""
    telephone = Answer(label=_("Telephone of the office"), value=office.telephone, call=office.telephone)
    rows = (telephone, Answer(label=_("Office hours"), value=hours_of(office, on=on)))
    return tuple(row for row in rows if row.value)
