"""What becomes of a row and of a table, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.foundation.sealed import MASK
from chengnuo.imports import queries
from chengnuo.imports.faults import Fault
from chengnuo.imports.kinds import Value
from chengnuo.imports.layout import Column, Layout
from chengnuo.imports.lifecycle import BatchStatus
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.rehearsal import Planned, Verdict
from chengnuo.imports.targets import Target, targets
from chengnuo.web.named import Named
from chengnuo.web.pages import Answer, answers
from chengnuo.web.words import Word, local_day

STATUS = {
    BatchStatus.STAGED: Word(gettext_lazy("being read"), "calm", "clock"),
    BatchStatus.REHEARSED: Word(gettext_lazy("only rehearsed"), "warn", "triangle"),
    BatchStatus.APPLYING: Word(gettext_lazy("being taken in"), "calm", "clock"),
    BatchStatus.APPLIED: Word(gettext_lazy("taken in"), "good", "tick"),
    BatchStatus.UNDOING: Word(gettext_lazy("being undone"), "calm", "clock"),
    BatchStatus.UNDONE: Word(gettext_lazy("undone"), "plain", "dash"),
    BatchStatus.DROPPED: Word(gettext_lazy("dropped"), "plain", "dash"),
    BatchStatus.CLOSED: Word(gettext_lazy("taken in, for good"), "good", "tick"),
}
VERDICTS = {
    Verdict.REFUSE: Word(gettext_lazy("is not taken in"), "bad", "cross"),
    Verdict.CHANGE: Word(gettext_lazy("is changed"), "warn", "triangle"),
    Verdict.ADD: Word(gettext_lazy("is added"), "good", "tick"),
    Verdict.SAME: Word(gettext_lazy("stays as it is"), "plain", "dash"),
}
ORDER = list(VERDICTS)
SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class RowLine(Named):
    """One row of the file: its number, its key, what becomes of it, and in a line each why or what changes."""

    line: int
    key: str
    word: Word
    says: tuple[str, ...]


def line_of(row: Planned, target: Target) -> RowLine:
    secret = any(column.secret for column in target.layout.columns)
    says = (*faults_of(row.faults, target.layout), *_changes(row, target.layout))
    return RowLine(line=row.line, key=MASK if secret else row.key, word=VERDICTS[row.verdict], says=says)


def reason_of(row: Planned, layout: Layout) -> str:
    """What stands beside the row in the table that goes back."""
    return "；".join((str(VERDICTS[row.verdict]), *faults_of(row.faults, layout)))


def faults_of(faults: Iterable[Fault], layout: Layout) -> Iterator[str]:
    for fault in faults:
        said = _(fault.sentence) % fault.facts
        yield f"{layout.column(fault.column).label}: {said}" if fault.column else said


def numbers_of(batch: ImportBatch) -> tuple[Answer, ...]:
    layout = targets.known[batch.target].layout
    left, stayed = queries.not_in(batch) if batch.left or batch.stayed else ([], [])
    seen = batch.rehearsed_at is not None
    rows = (
        (_("Read on"), local_day(batch.staged_at)),
        (_("Rows in the file"), str(batch.rows)),
        (_("Columns that were found"), "、".join(str(layout.column(name).label) for name in batch.columns)),
        (_("Columns that are not there"), _absent(batch, layout)),
        (_("would be added"), str(batch.adds) if seen else ""),
        (_("would be changed"), str(batch.changes) if seen else ""),
        (_("stay as they are"), str(batch.sames) if seen else ""),
        (_("not taken in, with the reason"), str(batch.refusals) if seen else ""),
        (_("Taken in on"), local_day(batch.applied_at) if batch.applied_at else ""),
        (_("Changed by somebody after the rehearsal, left as they stood: rows"), _lines(left)),
        (_("Changed by somebody since, not undone: rows"), _lines(stayed)),
    )
    return answers(rows)


def _lines(numbers: list[int]) -> str:
    return "、".join(map(str, numbers[:SHOWN])) + ("…" if len(numbers) > SHOWN else "")


def _absent(batch: ImportBatch, layout: Layout) -> str:
    return "、".join(str(column.label) for column in layout.columns if column.name not in batch.columns)


def _changes(row: Planned, layout: Layout) -> Iterator[str]:
    for name, was in row.was.items():
        column = layout.column(name)
        yield f"{column.label}: {_shown(column, was)} → {_shown(column, row.values[name])}"


def _shown(column: Column, value: Value) -> str:
    return MASK if column.secret else str(value) or _("nothing")
