"""Deadlines in an officer's own calendar (RFC 5545): a file, and a private address that a calendar reads again and again.

Both say numbers and services, and nobody's name; of what is guarded the number alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from icalendar import Calendar, Event

from chengnuo.channels import queries
from chengnuo.channels.operations import feeds
from chengnuo.core.deadlines import last_day
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.gate import gate
from chengnuo.promises import queries as promises
from chengnuo.web.acting import act_page, acted, sent
from chengnuo.web.desk.rows import Row, duty_lines
from chengnuo.web.forms import JustDo
from chengnuo.web.pages import Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import local_day

MOST = 1000
READ_AGAIN = timedelta(hours=4)
DAY = timedelta(days=1)


class Opening(JustDo):
    scope = "feed.open"


@dataclass(frozen=True, kw_only=True)
class CalendarPage(Page):
    """`since` is the day on which the address was made, "" where there is none; `secret` the address, on the page right after."""

    since: str
    mail: str
    secret: str = ""


@require_GET
def calendar(request: Request) -> HttpResponse:
    return _page(request)


@require_http_methods(["GET", "POST"])
def opening(request: Request) -> HttpResponse:
    """Not led away after it is done: the address is on the answer itself, and on no other page."""
    made: list[str] = []
    form = Opening(sent(request))
    said = _("The address is made. What read the one before finds nothing there any more.")
    if acted(request, form, lambda **what: made.append(feeds.open_feed(**what)), said=said):
        return _page(request, settings.PUBLIC_ADDRESS + reverse("desk:feed", args=made) if made else "")
    return act_page(
        request,
        form,
        feeds.open_feed,
        title=_("Make a calendar address"),
        says=_("You see it once. Whoever has it reads your deadlines, so give it to your own calendar alone."),
        back=_back(),
    )


@require_http_methods(["GET", "POST"])
def ending(request: Request) -> HttpResponse:
    return act_page(
        request,
        JustDo(sent(request)),
        feeds.end_feed,
        title=_("End my calendar address"),
        says=_("What reads it finds nothing there from now on. You can make another one at any time."),
        back=_back(),
        grave=True,
    )


@require_GET
def feed(request: Request, secret: str) -> HttpResponse:
    """For a calendar, which signs in nowhere: whoever holds no post today has nothing in it."""
    return _answer(feeds.reader(secret, on=local_date(request.at)), request.at)


@require_GET
def file(request: Request) -> HttpResponse:
    answer = _answer(request.actor, request.at)
    answer["Content-Disposition"] = f'attachment; filename="duties-{local_date(request.at)}.ics"'
    return answer


def _answer(reader: Actor, now: datetime) -> HttpResponse:
    duties = promises.due(reader, mine=True, most=MOST) if gate.may(reader, "duty.list") else []
    lines = zip(duties, duty_lines(duties, viewer=reader, now=now), strict=True)
    made = Calendar()
    made.add("prodid", "-//Chengnuo//duties//")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Deadlines in my hands"))
    made.add("refresh-interval", READ_AGAIN)
    for event in _events(lines, now):
        made.add_component(event)
    return HttpResponse(
        made.to_ical(), content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


def _events(lines: Iterable[tuple[promises.Line, Row]], now: datetime) -> Iterable[Event]:
    """A day in the calendar for each deadline. It takes up no time, and calendars that know no tasks show it too."""
    for duty, row in lines:
        event = Event()
        day = last_day(duty.due_at)
        event.add("uid", str(duty.pk))
        event.add("dtstamp", now)
        event.add("dtstart", day)
        event.add("dtend", day + DAY)
        event.add("summary", _said(duty, row))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        event.add("url", settings.PUBLIC_ADDRESS + row.href)
        yield event


def _said(duty: promises.Line, row: Row) -> str:
    parts = (row.number,) if duty.is_guarded else (row.number, row.title, row.what)
    return " · ".join(filter(None, (*parts, _("provisional") if duty.is_provisional else "")))


def _page(request: Request, secret: str = "") -> HttpResponse:
    found = queries.feed_of(request.actor)
    page = CalendarPage(
        shell=shell_of(request),
        title=_("Deadlines in my calendar"),
        back=Link(label=_("My desk"), href=reverse("desk:inbox")),
        since=local_day(found.opened_at) if found else "",
        mail=reverse("desk:digest") if queries.can_mail() else "",
        secret=secret,
    )
    return render(request, "desk/calendar.html", page)


def _back() -> Link:
    return Link(label=_("Deadlines in my calendar"), href=reverse("desk:calendar"))
