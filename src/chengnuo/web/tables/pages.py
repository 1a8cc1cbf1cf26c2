"""Tables that an office takes in: which there are, what would become of each row, and the table back with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from chengnuo.imports import queries
from chengnuo.imports.lifecycle import BatchStatus
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.returned import MEDIA_TYPES, Reasons, harmless, returned, workbook_of
from chengnuo.imports.targets import Target, targets
from chengnuo.web.deeds import Button, buttons_of
from chengnuo.web.pages import Answer, Page, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of
from chengnuo.web.tables.acts import DEEDS, known, listed_at
from chengnuo.web.tables.words import ORDER, STATUS, RowLine, line_of, numbers_of, reason_of
from chengnuo.web.words import Word, local_day

SHOWN = 50
KEEPING = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, kw_only=True)
class TargetRow:
    title: str
    hint: str
    href: str


@dataclass(frozen=True, kw_only=True)
class BatchRow:
    title: str
    href: str
    day: str
    rows: int
    word: Word


@dataclass(frozen=True, kw_only=True)
class TablesPage(Page):
    targets: tuple[TargetRow, ...]
    batches: tuple[BatchRow, ...]


@dataclass(frozen=True, kw_only=True)
class TablePage(Page):
    """`waits`: the worker has it in hand, `done` of `chunks` parts; `lines` are the first rows, and `back` is where the whole table
    is fetched with its reasons, "" when nothing of it is kept any more.
    """

    word: Word
    answers: tuple[Answer, ...]
    is_rehearsed: bool
    waits: bool
    done: int
    chunks: int
    lines: tuple[RowLine, ...]
    more: bool
    back_href: str
    buttons: tuple[Button, ...]


def listed(request: Request) -> HttpResponse:
    found = queries.targets_of(request.actor)
    page = TablesPage(
        shell=shell_of(request),
        title=_("Tables"),
        targets=tuple(_target(target) for target in found),
        batches=tuple(_row(batch) for batch in queries.batches(request.actor, most=SHOWN)),
    )
    return render(request, "tables/tables.html", page)


def begin(request: Request, target: str) -> HttpResponse:
    found = known(request, target)
    rows = ([*map(harmless, row)] for row in found.template())
    return _download(workbook_of(rows), "xlsx", found.name)


def table(request: Request, batch: UUID) -> HttpResponse:
    found = queries.batch(request.actor, batch)
    target = targets.known[found.target]
    lines = _first_lines(request, found, target)
    page = TablePage(
        shell=shell_of(request),
        title=_(target.title),
        back=listed_at(),
        word=STATUS[BatchStatus(found.status)],
        answers=numbers_of(found),
        is_rehearsed=found.status == BatchStatus.REHEARSED,
        waits=found.status in {BatchStatus.STAGED, BatchStatus.APPLYING, BatchStatus.UNDOING},
        done=found.done,
        chunks=found.chunks,
        lines=lines[:SHOWN],
        more=found.rows > SHOWN,
        back_href=reverse("tables:back", args=[found.pk]) if lines else "",
        buttons=buttons_of(request, found, DEEDS, page="tables:table_deed"),
    )
    return render(request, "tables/table.html", page)


def back(request: Request, batch: UUID) -> HttpResponse:
    """The person's own table with its reasons."""
    found = queries.batch(request.actor, batch)
    layout = targets.known[found.target].layout
    sheet, header = queries.table(request.actor, found)
    left, _stayed = queries.not_in(found)
    reasons = {row.line: reason_of(row, layout) for row in queries.rows(request.actor, found)}
    reasons |= dict.fromkeys(left, _("somebody changed it after the rehearsal: it stays as it stood"))
    return _download(returned(sheet, header, Reasons(_("What becomes of it"), reasons)), sheet.kind, found.target)


def _first_lines(request: Request, batch: ImportBatch, target: Target) -> tuple[RowLine, ...]:
    """Of the first five hundred rows: faults first, then what changes."""
    rows = sorted(queries.first_rows(request.actor, batch), key=lambda row: ORDER.index(row.verdict))
    return tuple(line_of(row, target) for row in rows)


def _target(target: Target) -> TargetRow:
    return TargetRow(title=_(target.title), hint=_(target.hint), href=reverse("tables:send", args=[target.name]))


def _row(batch: ImportBatch) -> BatchRow:
    return BatchRow(
        title=_(targets.known[batch.target].title),
        href=reverse("tables:table", args=[batch.pk]),
        day=local_day(batch.staged_at),
        rows=batch.rows,
        word=STATUS[BatchStatus(batch.status)],
    )


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content, content_type=MEDIA_TYPES[kind], headers=KEEPING | disposition)
