"""One record that does not fit: what was found, where to put it right, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.foundation.refs import Ref, registry
from chengnuo.promises import queries as promises
from chengnuo.registers import queries
from chengnuo.registers.checks import checks
from chengnuo.registers.models import Finding, Resident
from chengnuo.registers.operations import mending
from chengnuo.web.acting import ask_freshly
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Kind, buttons_of, deed_page, kind_of
from chengnuo.web.fields import Text
from chengnuo.web.forms import ActForm, JustDo
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, answers, render
from chengnuo.web.registers.words import FINDING
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of

LOOK = "a record that does not fit"


class KeepForm(ActForm):
    words = Text(
        ask=gettext_lazy("Say where you looked, and what stands there."),
        label=gettext_lazy("Why is it right?"),
        hint=gettext_lazy("A few words: where you looked, and what stands there."),
        rows=3,
        most=300,
    )


DEEDS: Mapping[str, Kind] = {
    "mend": Kind(JustDo, mending.mend, gettext_lazy("It is put right"), gettext_lazy("First put the record right. Where it still does not fit, the next check finds it again.")),
    "keep": Kind(KeepForm, mending.keep, gettext_lazy("It is right as it is"), gettext_lazy("It is not asked about again until the record changes.")),
}  # fmt: skip


@require_GET
def finding(request: Request, finding: UUID) -> HttpResponse:
    found = queries.finding(request.actor, finding)
    page = OwedPage(
        shell=shell_of(request),
        title=_("A record that does not fit"),
        status=FINDING[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_about(request, found),
        buttons=buttons_of(request, found, DEEDS, page="registers:finding_deed"),
        more=Link(label=_("Open the record"), href=_record(found)),
    )
    return render(request, "desk/owed.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, finding: UUID, name: str) -> HttpResponse:
    kind, action = kind_of(DEEDS, name), f"finding.{name}"
    ask_freshly(request, action)
    found = queries.finding(request.actor, finding, action=action)
    back = Link(label=_("Back to the record"), href=reverse("registers:finding", args=[found.pk]))
    return deed_page(request, kind, finding=found, about=_about(request, found), back=back)


def _about(request: Request, finding: Finding) -> tuple[Answer, ...]:
    """What does not fit, and never whose record it is: that is opened with the record, by whoever may."""
    check = checks.known.get(finding.fault)
    why = finding.words.reveal(by=request.actor, reason=LOOK) if finding.words else ""
    rows = (
        (_("What does not fit"), _(check.says) if check else finding.fault),
        (_("What to do"), _(check.to_do) if check else ""),
        (_("Payments"), _("go on: a check stops nothing")),
        (_("Found on"), date_format(finding.found_on, "DATE_FORMAT")),
        (_("Why it is right"), why),
    )
    return answers(rows)


def _record(finding: Finding) -> str:
    where = registry.link(Ref(finding.about_kind, finding.about))
    return f"{where}?why=mend" if finding.about_kind == Resident.kind else where
