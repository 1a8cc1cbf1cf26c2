"""Meetings at the desk: called, held, minuted, put up by the committee; answered by the office that one asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.foundation import files
from chengnuo.foundation.gate import gate
from chengnuo.meetings import queries
from chengnuo.meetings.models import Correction, Meeting, Resolution
from chengnuo.meetings.operations import calling, holding, minuting, resolving
from chengnuo.people import queries as people
from chengnuo.policies.meetings import meetings as kinds
from chengnuo.promises import queries as promises
from chengnuo.web.acting import act_page, ask_freshly, sent, sent_files
from chengnuo.web.casework.photos import HEADERS
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Button, Kind, buttons_of, deed_page, kind_of
from chengnuo.web.forms import JustDo
from chengnuo.web.meetings import forms, sheets
from chengnuo.web.meetings.words import (
    RESOLUTION,
    STANDING,
    STATUS,
    Decided,
    Row,
    asked_of,
    conditions_of,
    decided,
    facts_of,
    meeting_name,
    reply_to,
    votes_of,
    when,
)
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word

MOST = 50
DEEDS: dict[str, Kind] = {
    "change": Kind(
        forms.ChangeForm,
        calling.change,
        gettext_lazy("Change the day or the place"),
        gettext_lazy("It is a new call: the days of notice count from now on. Put the new sheet up."),
    ),
    "hold": Kind(
        forms.HoldForm,
        holding.hold,
        gettext_lazy("The meeting was held"),
        gettext_lazy("Say how many came, from the list that they signed. Whether it was valid follows from it."),
    ),
    "resolve": Kind(
        forms.ResolveForm,
        resolving.resolve,
        gettext_lazy("Enter what was decided"),
        gettext_lazy("One decision at a time, with its votes. Where it asks something of an office, that becomes the office's duty once the minutes are closed."),
        moves=("decide",),
    ),
    "draft": Kind(
        forms.MinutesForm,
        minuting.draft,
        gettext_lazy("Write the minutes"),
        gettext_lazy("Everybody reads them. Those who were there may ask for corrections for some days."),
    ),
    "photograph": Kind(
        forms.PageForm,
        holding.photograph,
        gettext_lazy("Keep a page of the list of attendance"),
        gettext_lazy("It proves who came. It is sealed, and nobody but your committee opens it."),
    ),
    "close": Kind(
        JustDo,
        minuting.close,
        gettext_lazy("Close the minutes"),
        gettext_lazy("They do not change any more. What was adopted and asks something of an office becomes its duty now."),
        grave=True,
    ),
    "put_up": Kind(
        JustDo,
        minuting.put_up,
        gettext_lazy("The minutes hang at the board"),
        gettext_lazy("Only when they hang."),
    ),
    "call_off": Kind(
        JustDo,
        calling.call_off,
        gettext_lazy("Call the meeting off"),
        gettext_lazy("Nobody meets. Put a note over the sheet at the board; call another meeting where it is needed."),
        grave=True,
    ),
}  # fmt: skip
ANSWER: dict[str, Kind] = {
    "answer": Kind(
        forms.ReplyForm,
        resolving.answer,
        gettext_lazy("Answer the meeting"),
        gettext_lazy("Your answer is public at once."),
    )
}


@dataclass(frozen=True, kw_only=True)
class Listed:
    href: str
    name: str
    office: str
    day: str
    word: Word


@dataclass(frozen=True, kw_only=True)
class MeetingsPage(Page):
    """`calls`: the kinds of meeting that the reader may call."""

    rows: tuple[Listed, ...]
    calls: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A correction that was asked for; `href` answers it, "" where it is answered or not the reader's."""

    line: int
    words: str
    reply: str
    href: str


@dataclass(frozen=True, kw_only=True)
class MeetingPage(OwedPage):
    standing: Word | None
    conditions: tuple[Row, ...]
    decided: tuple[Decided, ...]
    minutes: str
    corrections: tuple[Asking, ...]
    papers: tuple[Link, ...]
    public: str


@require_GET
def meetings(request: Request) -> HttpResponse:
    rows = tuple(_listed(each) for each in queries.listed(request.actor, most=MOST))
    place = people.place_of(request.actor) if gate.may(request.actor, "meeting.call") else None
    offered = queries.kinds_of(place.pk if place else None, on=local_date(request.at))
    calls = tuple(
        Link(label=str(kind.name), href=reverse("desk:call_meeting", args=[key])) for key, kind in offered.items()
    )
    page = MeetingsPage(shell=shell_of(request), title=_("Meetings"), rows=rows, calls=calls)
    return render(request, "meetings/meetings.html", page)


@require_http_methods(["GET", "POST"])
def call(request: Request, sort: str) -> HttpResponse:
    if (kind := kinds().kinds.get(sort)) is None:
        raise Http404
    form = forms.CallForm(sent(request), sent_files(request), kind=kind)
    return act_page(
        request,
        form,
        partial(calling.call, sort=sort),
        title=_("Call a meeting: %(kind)s") % {"kind": kind.name},
        label=_("Call the meeting"),
        says=_("Everybody sees the call from now on. Print the sheet, and put it up at the notice board today."),
        back=_back(),
    )


@require_GET
def meeting(request: Request, meeting: UUID) -> HttpResponse:
    found = queries.meeting(request.actor, meeting)
    stands, may = queries.standing_of(found), _may(request, found)
    page = MeetingPage(
        shell=shell_of(request),
        title=meeting_name(found.says.name, found.number),
        trail=(_back(),),
        status=STATUS[found.status],
        standing=STANDING[stands.standing] if found.present else None,
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=facts_of(found),
        conditions=conditions_of(stands),
        decided=decided(found, stands, at_desk=True),
        minutes=found.minutes,
        corrections=_corrections(found, may),
        buttons=_buttons(request, found, may),
        papers=_papers(found, may),
        public=reverse("meetings:meeting", args=[found.number]),
    )
    return render(request, "meetings/desk.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, meeting: UUID, name: str) -> HttpResponse:
    kind = kind_of(DEEDS, name)
    action = f"meeting.{kind.moves[0] if kind.moves else name}"
    found = queries.meeting(request.actor, meeting, action=action)
    ask_freshly(request, action)
    return deed_page(request, kind, meeting=found, back=_to(found), about=())


@require_http_methods(["GET", "POST"])
def correction(request: Request, meeting: UUID, correction: UUID) -> HttpResponse:
    """Answers what somebody who was there wants corrected."""
    found = queries.meeting(request.actor, meeting, action="meeting.answer_correction")
    asked = found.corrections.filter(pk=correction, answered_at=None).first()
    if asked is None:
        raise Http404
    return act_page(
        request,
        forms.AnswerCorrection(sent(request)),
        partial(minuting.answer_correction, correction=asked.pk),
        title=_("Answer a correction"),
        says=_("Both stand beside the minutes. Where it is taken up, change the minutes as well."),
        back=_to(found),
        about=_asked(asked),
    )


@require_GET
def page(request: Request, meeting: UUID, page: UUID) -> HttpResponse:
    """A page of the list of attendance; a look at it is recorded. Raises NotHere, FileBroken."""
    file = queries.page_of(request.actor, meeting, page)
    made = files.content(file, by=request.actor, reason="list of attendance")
    disposition = {"Content-Disposition": 'inline; filename="page.jpg"'}
    return HttpResponse(made, content_type=file.media_type, headers=HEADERS | disposition)


@require_GET
def sheet(request: Request, meeting: UUID, name: str) -> HttpResponse:
    """A paper of the meeting: its call, its list of attendance, its tally, its minutes."""
    found = queries.meeting(request.actor, meeting)
    # the word of a meeting is for those who come to it, and for nobody above
    if name not in dict(sheets.offered(found, calls=gate.allows(request.actor, "meeting.hold", found))):
        raise Http404
    made = sheets.made(found, name, request.at)
    disposition = f'inline; filename="{name}-{found.number}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": disposition})


@require_GET
def resolution(request: Request, resolution: UUID) -> HttpResponse:
    found = queries.resolution(request.actor, resolution)
    owed = OwedPage(
        shell=shell_of(request),
        title=_("Asked by a meeting"),
        trail=(),
        status=RESOLUTION[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_about(found),
        buttons=buttons_of(request, found, ANSWER, page="desk:resolution_deed"),
        more=Link(label=_("Open the meeting"), href=reverse("meetings:meeting", args=[found.meeting.number])),
    )
    return render(request, "desk/owed.html", owed)


@require_http_methods(["GET", "POST"])
def resolution_deed(request: Request, resolution: UUID, name: str) -> HttpResponse:
    kind = kind_of(ANSWER, name)
    found = queries.resolution(request.actor, resolution, action=f"resolution.{name}")
    back = Link(label=_("Back to what was asked"), href=reverse("desk:resolution", args=[found.pk]))
    return deed_page(request, kind, resolution=found, back=back, about=_about(found))


def _listed(meeting: Meeting) -> Listed:
    return Listed(
        href=reverse("desk:meeting", args=[meeting.pk]),
        name=str(meeting.says.name),
        office=str(meeting.office),
        day=when(meeting),
        word=STATUS[meeting.status],
    )


def _may(request: Request, meeting: Meeting) -> Collection[str]:
    """The gate is asked once for the whole page."""
    return gate.which(request.actor, {f"meeting.{move.name}" for move in meeting.lifecycle}, meeting)


def _buttons(request: Request, meeting: Meeting, may: Collection[str]) -> tuple[Button, ...]:
    """What is decided is entered while the minutes are open: its button follows their move."""
    open_now = {move.name for move in meeting.lifecycle.open_to(meeting.status, meeting, request.at)}
    ready = {name: kind.moves[0] if kind.moves else name for name, kind in DEEDS.items()}
    ready = {name: move for name, move in ready.items() if move in open_now}
    return tuple(
        Button(
            label=str(DEEDS[name].label),
            href=reverse("desk:meeting_deed", args=[meeting.pk, name]),
            says=str(DEEDS[name].says),
            grave=DEEDS[name].grave,
        )
        for name, move in ready.items()
        if f"meeting.{move}" in may
    )


def _corrections(meeting: Meeting, may: Collection[str]) -> tuple[Asking, ...]:
    answers_it = "meeting.answer_correction" in may
    return tuple(
        Asking(
            line=each.line,
            words=each.words,
            reply=reply_to(each),
            href=reverse("desk:correction", args=[meeting.pk, each.pk]) if answers_it and not each.answered_at else "",
        )
        for each in meeting.corrections.all()
    )


def _asked(correction: Correction) -> tuple[Answer, ...]:
    return answers(((_("Line of the list"), str(correction.line)), (_("What is to be corrected"), correction.words)))


def _papers(meeting: Meeting, may: Collection[str]) -> tuple[Link, ...]:
    """What can be printed, and the photographed pages, for whoever may open them."""
    printed = [
        Link(label=str(label), href=reverse("desk:meeting_sheet", args=[meeting.pk, name]))
        for name, label in sheets.offered(meeting, calls="meeting.hold" in may)
    ]
    if meeting.present is None or "meeting.photograph" not in may:
        return tuple(printed)
    kept = [
        Link(
            label=_("Page %(n)d of the list of attendance") % {"n": number},
            href=reverse("desk:meeting_page", args=[meeting.pk, file.pk]),
        )
        for number, file in enumerate(queries.pages_of(meeting), 1)
    ]
    return (*printed, *kept)


def _about(resolution: Resolution) -> tuple[Answer, ...]:
    meeting = resolution.meeting
    rows = (
        (_("Meeting"), f"{meeting.says.name}, {meeting.office}, {when(meeting)}"),
        (_("What was decided, or asked"), resolution.words),
        (_("Votes"), votes_of(resolution)),
        (_("Asked"), asked_of(resolution)),
        (_("The answer"), resolution.reply),
    )
    return answers(rows)


def _to(meeting: Meeting) -> Link:
    return Link(label=_("Back to the meeting"), href=reverse("desk:meeting", args=[meeting.pk]))


def _back() -> Link:
    return Link(label=_("Meetings"), href=reverse("desk:meetings"))
