"""What stands on a slip of the day or in a closed letter, in the family's language: that there is something new, by when it is owed, whom to ask nearby."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from chengnuo.cases.lifecycle import NOTICE, CaseStatus
from chengnuo.channels.models import ClosedLetter
from chengnuo.channels.queries import News
from chengnuo.people import queries as people
from chengnuo.people.models import Office
from chengnuo.promises import queries as promises
from chengnuo.web.named import Named
from chengnuo.web.words import last_day_of


@dataclass(frozen=True, kw_only=True)
class Slip(Named):
    """`title` and `lines` are in the family's `language`; `number` and `href` stand on the part that the officer cuts off."""

    language: str
    title: str
    lines: tuple[str, ...]
    number: str
    href: str


def slips_of(found: list[News], day: date) -> tuple[Slip, ...]:
    due = promises.due_of([case.pk for case in found], besides=NOTICE)
    near = people.committees_of({case.contact__village for case in found if case.contact__village})
    return tuple(_slip(case, day, due.get(case.pk), near.get(case.contact__village)) for case in found)


def slip_in_letter(letter: ClosedLetter) -> Slip:
    """The same for a closed letter: inside of it, whom to ask is whoever wrote it."""
    case, office = letter.case, letter.office
    with override(case.contact.language):
        asked = (
            _("Whom to ask: %(office)s, telephone %(telephone)s") if office.telephone else _("Whom to ask: %(office)s")
        )
        return Slip(
            language=case.contact.language,
            title=_title(case.number),
            lines=(_new(letter.news_on), asked % {"office": office, "telephone": office.telephone}),
            number=case.number,
            href=reverse("desk:case", args=[case.pk]),
        )


def _slip(case: News, day: date, due: datetime | None, near: Office | None) -> Slip:
    with override(case.contact__language):
        return Slip(
            language=case.contact__language,
            title=_title(case.number),
            lines=tuple(filter(None, (_new(day), _stands(case, due), _whom(near)))),
            number=case.number,
            href=reverse("desk:case", args=[case.pk]),
        )


def _title(number: str) -> str:
    return _("Your request %(number)s") % {"number": number}


def _new(day: date) -> str:
    """As little as a message says: it is read by whoever finds it."""
    says = _("Since %(day)s there is something new. Look with the code on your receipt, or ask at any counter.")
    return says % {"day": date_format(day, "DATE_FORMAT")}


def _stands(case: News, due: datetime | None) -> str:
    """By when the office owes it, or for whom it waits."""
    if case.status == CaseStatus.WAITING:
        return _("An answer from you is waited for; the time limit waits too.")
    if case.status == CaseStatus.PAUSED:
        return _("The time limit stands still at the moment; the story of your request says why.")
    if case.status == CaseStatus.DONE and case.answer_by:
        return _("Please say by %(day)s whether it is resolved.") % {"day": last_day_of(case.answer_by)}
    return _("The office owes it to you by %(day)s.") % {"day": last_day_of(due)} if due else ""


def _whom(near: Office | None) -> str:
    """The committee of the family's own village: which office works on it would tell what was asked for."""
    if near is None:
        return ""
    by = _("Near you: %(office)s, telephone %(telephone)s") if near.telephone else _("Near you: %(office)s")
    return by % {"office": near, "telephone": near.telephone}
