"""Public notices: those that run at a place, and one by the number on its paper. Neither is indexed, and no number is guessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.core.internal import ratelimit  # the public one counts no address that is only opened
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengnuo.core.instants import local_date
from chengnuo.notices import queries
from chengnuo.notices.models import Notice
from chengnuo.people.codes import codes_of
from chengnuo.web.account.accounts import APP
from chengnuo.web.errors import too_many
from chengnuo.web.notices.words import Line, days_of, facts_of, lines_of
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.public.places import here, place_link
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

UNSEEN = {"X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet", "Cache-Control": "no-store"}
ROBOTS = "User-agent: *\nDisallow: /notices/\n"
View = Callable[..., HttpResponse]


@dataclass(frozen=True, kw_only=True)
class Running:
    """One notice of a place: what it is, of which office, for which days."""

    heading: str
    href: str
    office: str
    days: str


@dataclass(frozen=True, kw_only=True)
class NoticesPage(Page):
    notices: tuple[Running, ...]


@dataclass(frozen=True, kw_only=True)
class NoticePage(Page):
    """`runs`: its list is shown; otherwise `lines` is empty. `object_at` begins an objection, `complain_at` a complaint about the
    office: `above` handles both.
    """

    runs: bool
    says: str
    answers: tuple[Answer, ...]
    lines: tuple[Line, ...]
    object_at: str
    complain_at: str
    above: str


def unindexed(view: View) -> View:
    """A page that no search engine keeps and nobody copies by the hundred."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **more: Any) -> HttpResponse:
        if not ratelimit.consume(request, app=APP, action="notice", limit_get=True):
            return too_many(request)
        answer = view(request, *args, **more)
        for name, value in UNSEEN.items():
            answer[name] = value
        return answer

    return guarded


@require_safe
def robots(_request: Request) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
@unindexed
def running(request: Request, code: str) -> HttpResponse:
    today = local_date(request.at)
    place = here(code, on=today)
    page = NoticesPage(
        shell=shell_of(request),
        title=_("Public notices: %(place)s") % {"place": place.name},
        trail=(place_link(place, codes_of([place.pk], on=today)[place.pk]),),
        notices=tuple(_running(notice) for notice in queries.running(place.pk, at=request.at)),
    )
    return render(request, "notices/running.html", page)


@require_safe
@unindexed
def notice(request: Request, number: str) -> HttpResponse:
    """While it runs, its list; afterwards that it is over, and no more of it."""
    found = queries.by_number(number.replace("-", "").upper())
    return render(request, "notices/notice.html", _page(request, found))


def _page(request: Request, notice: Notice) -> NoticePage:
    runs, office = notice.runs(request.at), notice.office
    return NoticePage(
        shell=shell_of(request),
        title=str(notice.says.heading) if runs else _("This notice is over"),
        trail=(Link(label=str(office.place.name), href=_of_place(request, notice)),),
        runs=runs,
        says=str(notice.says.says) if runs else _("Its list is shown nowhere any more."),
        answers=facts_of(notice),
        lines=lines_of(queries.shown(notice)) if runs else (),
        object_at=reverse("notices:object", args=[notice.number, "begin"]) if office.above else "",
        complain_at=f"{reverse('family:complain')}?about={office.key}&notice={notice.number}" if office.above else "",
        above=str(office.above or ""),
    )


def _of_place(request: Request, notice: Notice) -> str:
    place = notice.office.place_id
    return reverse("notices:running", args=[codes_of([place], on=local_date(request.at))[place]])


def _running(notice: Notice) -> Running:
    return Running(
        heading=str(notice.says.heading),
        href=reverse("notices:notice", args=[notice.number]),
        office=str(notice.office),
        days=days_of(notice),
    )
