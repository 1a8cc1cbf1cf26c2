"""Whether the county would stand again if its machine were lost tonight: the nightly backups, as they were tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengnuo.foundation import space
from chengnuo.keeping import drill, rotation
from chengnuo.keeping.models import Drill
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of

SHOWN = 14


@dataclass(frozen=True, kw_only=True)
class Night:
    """`said` is what went wrong, as the machine says it, or ""."""

    at: str
    worked: bool
    made_in: str
    put_back_in: str
    size: str
    said: str


@dataclass(frozen=True, kw_only=True)
class BackupsPage(Page):
    """`tone` is that of the notice: success, error, or info where no backups are set up."""

    tone: str
    said: str
    facts: tuple[Answer, ...]
    nights: tuple[Night, ...]


def backups(request: Request) -> HttpResponse:
    tone, said = _state(request)
    page = BackupsPage(
        shell=shell_of(request),
        title=_("Backups"),
        tone=tone,
        said=said,
        facts=tuple(_facts()),
        nights=tuple(map(_night, drill.newest(SHOWN))),
    )
    return render(request, "county/backups.html", page)


def _state(request: Request) -> tuple[str, str]:
    if settings.BACKUPS is None:
        return "info", _("No nightly backups are set up on this machine. Ask whoever runs it.")
    worked = drill.last()
    if worked is None:
        return "error", _("No backup has been put back yet. Ask whoever runs this machine.")
    said = {"when": _when(worked)}
    if drill.is_stale(request.at):
        return "error", _("No backup has been put back since %(when)s. Ask whoever runs this machine today.") % said
    return "success", _("The backup of %(when)s was put back into a scratch place, and was whole.") % said


def _facts() -> list[Answer]:
    older = rotation.older()
    free = _("%(percent)s %%") % {"percent": f"{space.measure.free():.0f}"}
    rows = [Answer(label=_("Free on the disk"), value=free)]
    if older:
        # how much is sealed with them is counted by ./run manage rotate_keys: it opens every file
        rows.append(Answer(label=_("Replaced keys that are still needed"), value=", ".join(older)))
    return rows


def _night(found: Drill) -> Night:
    return Night(
        at=_when(found),
        worked=found.worked,
        made_in=_seconds(found.backed_up_in),
        put_back_in=_seconds(found.put_back_in),
        size=_("%(megabytes)s MB") % {"megabytes": f"{found.size / 1_000_000:,.0f}"} if found.size else "",
        said=found.said,
    )


def _seconds(took: timedelta | None) -> str:
    if took is None:
        return ""
    seconds = max(1, round(took.total_seconds()))
    return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}


def _when(found: Drill) -> str:
    return date_format(localtime(found.at), "DATETIME_FORMAT")
