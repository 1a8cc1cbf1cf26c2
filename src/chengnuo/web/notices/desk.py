"""Public notices at the desk: what waits, what runs; publish with a preview, hang with a proof, recall in one step, take down."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.foundation import files
from chengnuo.foundation.plain import NotForThePublic
from chengnuo.foundation.refused import NotHere
from chengnuo.notices import queries
from chengnuo.notices.lifecycle import DRAFTED, least_lines
from chengnuo.notices.models import Notice
from chengnuo.notices.operations import publishing
from chengnuo.promises import queries as promises
from chengnuo.web.acting import ask_freshly
from chengnuo.web.casework import papers
from chengnuo.web.casework.photos import HEADERS
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Kind, buttons_of, deed_page, kind_of
from chengnuo.web.forms import JustDo
from chengnuo.web.notices.hanging import HANG, HangForm, RecallForm, sheet_of
from chengnuo.web.notices.words import STATUS, days_of, facts_of, lines_of, notice_name
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word

MOST = 50
DEEDS: dict[str, Kind] = {
    "publish": Kind(
        JustDo,
        publishing.publish,
        gettext_lazy("Publish this list"),
        gettext_lazy("Everybody sees this very list from now on, until its last day; then it goes by itself. Print the sheet and put it up at once."),
        gettext_lazy("It is published. Print the sheet, and put it up at the notice board."),
    ),
    HANG: Kind(
        HangForm,
        publishing.hang,
        gettext_lazy("It hangs at the board"),
        gettext_lazy("Only when it hangs. Take the photo of the strip with the square alone: no name may be on it."),
    ),
    "take_down": Kind(
        JustDo,
        publishing.take_down,
        gettext_lazy("It is taken down"),
        gettext_lazy("Only when no paper of it hangs any more. Tear the list up."),
    ),
    "recall": Kind(
        RecallForm,
        publishing.recall,
        gettext_lazy("Recall this notice"),
        gettext_lazy("The list leaves the page at once and cannot come back. What hangs at the board has to be taken down."),
        gettext_lazy("It is recalled: nobody sees the list on the page any more. Take down what hangs at the board."),
        grave=True,
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """One notice in the list of an office."""

    href: str
    name: str
    office: str
    days: str
    word: Word


@dataclass(frozen=True, kw_only=True)
class NoticesPage(Page):
    rows: tuple[Row, ...]


@require_GET
def notices(request: Request) -> HttpResponse:
    rows = tuple(_row(each) for each in queries.listed(request.actor, most=MOST))
    page = NoticesPage(shell=shell_of(request), title=_("Public notices"), rows=rows)
    return render(request, "desk/notices.html", page)


@require_GET
def notice(request: Request, notice: UUID) -> HttpResponse:
    found = queries.notice(request.actor, notice)
    page = OwedPage(
        shell=shell_of(request),
        title=notice_name(found.says.heading, found.number),
        trail=(Link(label=_("Public notices"), href=reverse("desk:notices")),),
        status=STATUS[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_about(found, request),
        buttons=buttons_of(request, found, DEEDS, page="desk:notice_deed"),
        onward=_sheet_link(found, request),
        more=_proof_link(found),
    )
    return render(request, "desk/owed.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, notice: UUID, name: str) -> HttpResponse:
    kind, action = kind_of(DEEDS, name), f"notice.{name}"
    found = queries.notice(request.actor, notice, action=action)
    ask_freshly(request, action)
    back = Link(label=_("Back to the notice"), href=reverse("desk:notice", args=[found.pk]))
    return deed_page(request, kind, notice=found, back=back, about=_about(found, request))


@require_GET
def sheet(request: Request, notice: UUID) -> HttpResponse:
    """The paper for the board, while it runs: what is over is not printed. Raises NotHere."""
    found = queries.notice(request.actor, notice)
    if not found.runs(request.at):
        raise NotHere
    headers = {"Content-Disposition": f'inline; filename="{found.number}.pdf"', "Cache-Control": "no-store"}
    made = papers.made("notice.typ", sheet_of(found), request.at)
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@require_GET
def proof(request: Request, notice: UUID) -> HttpResponse:
    """The photo that proves that it hung; a look at it is recorded. Raises NotHere, FileBroken."""
    found = queries.notice(request.actor, notice)
    if found.proof is None:
        raise NotHere
    made = files.content(found.proof, by=request.actor, reason="proof of a notice")
    disposition = {"Content-Disposition": 'inline; filename="proof.jpg"'}
    return HttpResponse(made, content_type=found.proof.media_type, headers=HEADERS | disposition)


def _row(notice: Notice) -> Row:
    return Row(
        href=reverse("desk:notice", args=[notice.pk]),
        name=notice_name(notice.says.heading, notice.number),
        office=str(notice.office),
        days=days_of(notice) or _("not published yet"),
        word=STATUS[notice.status],
    )


def _about(notice: Notice, request: Request) -> tuple[Answer, ...]:
    """What it says, with the very list that everybody sees or will see; none where it is shown to nobody any more."""
    drafted = notice.status == DRAFTED
    rows = (
        (_("Why it waits"), _waits(notice, request) if drafted else ""),
        (_("The list"), _list_of(notice) if drafted or notice.runs(request.at) else ""),
    )
    return (*facts_of(notice), *answers(rows))


def _list_of(notice: Notice) -> str:
    """Of one that leads to a person only that it does: who has to recall it must be able to open it."""
    try:
        seen = lines_of(queries.shown(notice))
    except NotForThePublic as refused:
        return _(refused.said)
    return "\n".join(f"{line.reference} · {line.name} · {line.village}" for line in seen)


def _waits(notice: Notice, request: Request) -> str:
    least = least_lines(request.at)
    if notice.size >= least:
        return ""
    says = ngettext(
        "%(n)d line. A list of fewer than %(least)d is not published alone: it waits, and is joined with the next claims.",
        "%(n)d lines. A list of fewer than %(least)d is not published alone: it waits, and is joined with the next claims.",
        notice.size,
    )
    return says % {"n": notice.size, "least": least}


def _sheet_link(notice: Notice, request: Request) -> Link | None:
    if not notice.runs(request.at):
        return None
    return Link(label=_("Open the sheet and print it on A4"), href=reverse("desk:notice_sheet", args=[notice.pk]))


def _proof_link(notice: Notice) -> Link | None:
    if notice.proof is None:
        return None
    return Link(
        label=_("Look at the photo that proves that it hung"), href=reverse("desk:notice_proof", args=[notice.pk])
    )
