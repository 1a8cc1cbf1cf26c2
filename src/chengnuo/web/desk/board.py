"""A village's board sheet at the desk: print it, say that it is up, say that it is down."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.openness import queries
from chengnuo.openness.models import BoardSheet
from chengnuo.openness.operations import sheets
from chengnuo.people.codes import codes_of
from chengnuo.promises import queries as promises
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Kind, buttons_of, deed_page, kind_of
from chengnuo.web.forms import JustDo
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, answers, render
from chengnuo.web.public.hanging import STATUS, last_day, sheet_name
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import local_day

DEEDS: dict[str, Kind] = {
    "put_up": Kind(
        JustDo,
        sheets.put_up,
        gettext_lazy("It hangs at the board"),
        gettext_lazy("Only when it hangs: everybody reads the day on the village's public page, and it is not taken back."),
    ),
    "take_down": Kind(
        JustDo,
        sheets.take_down,
        gettext_lazy("It is taken down"),
        gettext_lazy("Only when it is down: everybody reads the day on the village's public page, and it is not taken back."),
    ),
}  # fmt: skip


def board(request: Request, sheet: UUID) -> HttpResponse:
    found = queries.sheet(request.actor, sheet)
    page = OwedPage(
        shell=shell_of(request),
        title=sheet_name(found.village.name, found.period),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=STATUS[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_about(found),
        buttons=buttons_of(request, found, DEEDS, page="desk:board_deed"),
        onward=_print(found, request),
    )
    return render(request, "desk/owed.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, sheet: UUID, name: str) -> HttpResponse:
    kind = kind_of(DEEDS, name)
    found = queries.sheet(request.actor, sheet, action=f"board_sheet.{name}")
    back = Link(label=_("Back to the board sheet"), href=reverse("desk:board", args=[found.pk]))
    return deed_page(request, kind, sheet=found, back=back, about=_about(found))


def _about(sheet: BoardSheet) -> tuple[Answer, ...]:
    rows = (
        (
            _("The sheet"),
            _("One large sheet for the notice board: what is promised here, and how to ask and complain."),
        ),
        (_("Office"), str(sheet.office)),
        (_("Put up on"), local_day(sheet.put_up_at) if sheet.put_up_at else ""),
        (_("It hangs until"), last_day(sheet)),
        (_("Taken down on"), local_day(sheet.taken_down_at) if sheet.taken_down_at else ""),
    )
    return answers(rows)


def _print(sheet: BoardSheet, request: Request) -> Link | None:
    """While its quarter runs: what hangs says what stands now."""
    today = local_date(request.at)
    if today > sheet.ends:
        return None
    code = codes_of([sheet.village_id], on=today)[sheet.village_id]
    return Link(label=_("Open the sheet and print it on A3"), href=reverse("public:board", args=[code]))
