"""What is done with a table: sent, taken in, undone, dropped."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.foundation.actor import Actor
from chengnuo.imports import queries
from chengnuo.imports.models import ImportBatch
from chengnuo.imports.operations import applying, ending, onward, undoing
from chengnuo.imports.operations.stage import stage
from chengnuo.imports.targets import Target
from chengnuo.web.acting import act_page, acted, ask_freshly, sent, sent_files
from chengnuo.web.deeds import Kind, deed_page, kind_of
from chengnuo.web.fields import TableFile
from chengnuo.web.forms import ActForm, JustDo
from chengnuo.web.pages import Answer
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link
from chengnuo.web.tables.words import numbers_of


class TableForm(ActForm):
    content = TableFile(
        ask=gettext_lazy("Choose a file."),
        label=gettext_lazy("The table"),
        hint=gettext_lazy("A workbook (.xlsx) or a table as text (.csv, .txt), up to 20 MB."),
    )


def apply(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> None:
    applying.apply(batch=batch, by=by, at=at, key=key)
    onward.go_on_with(batch, at=at)


def undo(*, batch: UUID, by: Actor, at: datetime, key: UUID) -> None:
    undoing.undo(batch=batch, by=by, at=at, key=key)
    onward.go_on_with(batch, at=at)


DEEDS: dict[str, Kind] = {
    "apply": Kind(
        JustDo, apply, gettext_lazy("Take it in"),
        gettext_lazy("What the rehearsal found good is written; rows with a fault, and rows that somebody changed since, stay as they are. For thirty days it can be undone."),
        gettext_lazy("The table is being taken in."),
    ),
    "undo": Kind(
        JustDo, undo, gettext_lazy("Undo it"),
        gettext_lazy("Each row gets back what stood there before, unless somebody has changed it since: those are listed."),
        gettext_lazy("The table is being undone."), grave=True,
    ),
    "drop": Kind(
        JustDo, ending.drop, gettext_lazy("Drop it"),
        gettext_lazy("Nothing was changed, and nothing of the file is kept."),
        gettext_lazy("The table is dropped."),
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def send(request: Request, table: str) -> HttpResponse:
    ask_freshly(request, "import_batch.stage")
    target = known(request, table)
    form, made = TableForm(sent(request), sent_files(request)), list[ImportBatch]()

    def take_and_rehearse(*, content: bytes, by: Actor, at: datetime, key: UUID) -> None:
        made.append(stage(target=target.name, content=content, by=by, at=at, key=key))
        onward.go_on_with(made[0].pk, at=at)

    if acted(request, form, take_and_rehearse, said=_("The table is read. Nothing is changed yet.")):
        where = reverse("tables:table", args=[made[0].pk]) if made else reverse("tables:list")
        return redirect(where)
    return act_page(
        request,
        form,
        take_and_rehearse,
        title=_(target.title),
        label=_("Send and rehearse"),
        says=_("First you see row by row what would change. Nothing changes before you say so."),
        back=listed_at(),
        about=_columns(target),
        more=Link(label=_("A table to begin with"), href=reverse("tables:begin", args=[target.name])),
    )


@require_http_methods(["GET", "POST"])
def deed(request: Request, batch: UUID, name: str) -> HttpResponse:
    kind, action = kind_of(DEEDS, name), f"import_batch.{name}"
    ask_freshly(request, action)
    found = queries.batch(request.actor, batch, action=action)
    back = Link(label=_("Back to the table"), href=reverse("tables:table", args=[found.pk]))
    return deed_page(request, kind, batch=found, back=back, about=numbers_of(found))


def known(request: Request, name: str) -> Target:
    """One that this person may take in. Raises Http404."""
    found = next((target for target in queries.targets_of(request.actor) if target.name == name), None)
    if found is None:
        raise Http404
    return found


def listed_at() -> Link:
    return Link(label=_("Tables"), href=reverse("tables:list"))


def _columns(target: Target) -> tuple[Answer, ...]:
    needed, free = _("needed"), _("may be left out")
    columns = target.layout.columns
    return tuple(Answer(label=str(each.label), value=needed if each.required else free) for each in columns)
