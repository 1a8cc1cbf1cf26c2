"""Meetings before everybody's eyes: those of a place, one by the number on its papers, and corrections by those who were there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from chengnuo.core.instants import local_date
from chengnuo.meetings import queries
from chengnuo.meetings.lifecycle import MEETING
from chengnuo.meetings.models import Meeting
from chengnuo.meetings.operations import minuting
from chengnuo.people.codes import codes_of
from chengnuo.web.acting import act_page, sent
from chengnuo.web.meetings.forms import CorrectForm
from chengnuo.web.meetings.words import (
    STANDING,
    STATUS,
    Decided,
    Row,
    conditions_of,
    decided,
    facts_of,
    meeting_name,
    read_out,
    reply_to,
    when,
)
from chengnuo.web.notices.public import unindexed
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.public.places import here, place_link
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word

MOST = 50


@dataclass(frozen=True, kw_only=True)
class Listed:
    href: str
    name: str
    day: str
    word: Word


@dataclass(frozen=True, kw_only=True)
class PlacePage(Page):
    rows: tuple[Listed, ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an office answered a meeting before."""

    words: str
    office: str
    reply: str


@dataclass(frozen=True, kw_only=True)
class MeetingPage(Page):
    """`correct_at`: where those who were there have the minutes corrected; "" while that cannot be."""

    status: Word
    standing: Word | None
    answers: tuple[Answer, ...]
    conditions: tuple[Row, ...]
    decided: tuple[Decided, ...]
    told: tuple[Told, ...]
    minutes: str
    corrections: tuple[tuple[str, str], ...]
    correct_at: str


@require_safe
def of_place(request: Request, code: str) -> HttpResponse:
    today = local_date(request.at)
    place = here(code, on=today)
    page = PlacePage(
        shell=shell_of(request),
        title=_("Meetings: %(place)s") % {"place": place.name},
        trail=(place_link(place, codes_of([place.pk], on=today)[place.pk]),),
        rows=tuple(_listed(each) for each in queries.of_place(place.pk, most=MOST)),
    )
    return render(request, "meetings/place.html", page)


@require_safe
def meeting(request: Request, number: str) -> HttpResponse:
    found = _by(number)
    stands = queries.standing_of(found)
    place = found.office.place_id
    code = codes_of([place], on=local_date(request.at))[place]
    page = MeetingPage(
        shell=shell_of(request),
        title=meeting_name(found.says.name, found.number),
        trail=(Link(label=str(found.office.place.name), href=reverse("meetings:of_place", args=[code])),),
        status=STATUS[found.status],
        standing=STANDING[stands.standing] if found.present else None,
        answers=facts_of(found),
        conditions=conditions_of(stands),
        decided=decided(found, stands, at_desk=False),
        told=tuple(Told(**each) for each in read_out(queries.to_read_out(found))),
        minutes=found.minutes,
        corrections=tuple((each.words, reply_to(each)) for each in found.corrections.exclude(answered_at=None)),
        correct_at=reverse("meetings:correct", args=[found.number]) if _is_open(found, request) else "",
    )
    return render(request, "meetings/meeting.html", page)


@require_http_methods(["GET", "POST"])
@unindexed
def correct(request: Request, number: str) -> HttpResponse:
    """Asks for a correction of the minutes, by the word and the line of the list of attendance."""
    found = _by(number)
    if not _is_open(found, request):
        raise Http404
    return act_page(
        request,
        CorrectForm(sent(request)),
        partial(minuting.correct, meeting=found.pk),
        title=_("Have the minutes corrected"),
        says=_(
            "Only who was there can: by the word on the list of attendance and by their line. Your name is not asked. The committee sees your line, and has the list."
        ),
        said=_("It is asked for. The committee answers it, and both stand beside the minutes."),
        back=Link(label=_("Back to the meeting"), href=reverse("meetings:meeting", args=[found.number])),
    )


def _by(number: str) -> Meeting:
    return queries.by_number(number.replace("-", "").upper())


def _is_open(meeting: Meeting, request: Request) -> bool:
    return MEETING.correct.objection(meeting.status, meeting, request.at) is None


def _listed(meeting: Meeting) -> Listed:
    return Listed(
        href=reverse("meetings:meeting", args=[meeting.number]),
        name=str(meeting.says.name),
        day=when(meeting),
        word=STATUS[meeting.status],
    )
