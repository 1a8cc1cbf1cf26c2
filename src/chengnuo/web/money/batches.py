"""One payment batch: what stands in it as sums, who did which part, what the bank sent back, and the file for the bank."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.foundation.gate import gate
from chengnuo.imports.returned import MEDIA_TYPES
from chengnuo.payments import queries
from chengnuo.payments.bank_file import bank_file
from chengnuo.payments.lifecycle import EXPORTED, RECONCILED
from chengnuo.payments.models import Batch, Payment
from chengnuo.people import queries as people
from chengnuo.policies.bank_files import bank_files
from chengnuo.promises import queries as promises
from chengnuo.web.acting import ask_freshly
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Button, buttons_of, deed_page, kind_of
from chengnuo.web.money import deeds, words
from chengnuo.web.money.funds import back_to, title_of
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.public.service import yuan
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, local_day

HAS_A_FILE = (EXPORTED, RECONCILED)
FRESH = ("approve", "export")


@dataclass(frozen=True, kw_only=True)
class Failure:
    href: str
    reason: str
    fen: str
    word: Word


@dataclass(frozen=True, kw_only=True)
class BatchPage(Page):
    """`files` are where the paying officer opens the file, by its kind; `failures` the first hundred."""

    status: Word
    facts: tuple[Answer, ...]
    duties: tuple[tuple[str, Word, str], ...]
    buttons: tuple[Button, ...]
    files: tuple[Link, ...]
    failures: tuple[Failure, ...]


def waiting(request: Request) -> tuple[Link, ...]:
    """For the desk: what waits for a part of whoever looks, as the duty to pay stands at the head's desk alone."""
    return tuple(
        Link(
            label=f"{title_of(each.fund)} / {each.number}: {words.BATCH[each.status]}",
            href=reverse("money:batch", args=[each.pk]),
        )
        for each in queries.waiting(request.actor)
    )


@require_GET
def batch(request: Request, batch: UUID) -> HttpResponse:
    found = queries.batch(request.actor, batch)
    page = BatchPage(
        shell=shell_of(request),
        title=f"{title_of(found.fund)} / {found.number}",
        trail=(Link(label=_("Payments"), href=reverse("money:home")), back_to(found.fund)),
        status=words.BATCH[found.status],
        facts=_facts(found),
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        buttons=buttons_of(request, found, deeds.BATCH, page="money:batch_deed"),
        files=_files(request, found),
        failures=tuple(map(_failure, queries.failures(request.actor, found))),
    )
    return render(request, "money/batch.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, batch: UUID, name: str) -> HttpResponse:
    kind = kind_of(deeds.BATCH, name)
    if name in FRESH:
        ask_freshly(request, f"batch.{name}")
    found = queries.batch(request.actor, batch, action=f"batch.{name}")
    back = Link(label=_("Back to the batch"), href=reverse("money:batch", args=[found.pk]))
    return deed_page(request, kind, batch=found, back=back, about=_facts(found))


@require_GET
def file(request: Request, batch: UUID, kind: str) -> HttpResponse:
    """For the paying officer alone, after a fresh sign-in; what it opens is kept as looks."""
    if kind not in MEDIA_TYPES:
        raise Http404
    gate.require(request.actor, "batch.file", request.at)
    found = queries.batch(request.actor, batch, action="batch.file")
    if found.status not in HAS_A_FILE:
        raise Http404
    content = bank_file(found, kind, county=people.cell().county.name, by=request.actor)
    name = f"{found.fund.year}-{found.number}-{str(found.pk)[:8]}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=MEDIA_TYPES[kind], headers=headers)


def _files(request: Request, batch: Batch) -> tuple[Link, ...]:
    if batch.status not in HAS_A_FILE or not gate.which(request.actor, ["batch.file"], batch):
        return ()
    labels = {"csv": _("Open the file for the bank (CSV)"), "xlsx": _("Open the file for the bank (workbook)")}
    return tuple(Link(label=labels[kind], href=reverse("money:file", args=[batch.pk, kind])) for kind in MEDIA_TYPES)


def _facts(batch: Batch) -> tuple[Answer, ...]:
    told = queries.counted(batch)
    rows = (
        (_("Payees"), str(batch.payees)),
        (_("Sum"), yuan(batch.sum_fen)),
        (_("Owed to all of them"), yuan(batch.owed_fen) if batch.owed_fen > batch.available_fen else ""),
        (_("Only a part is there: who is paid first"), str(words.ORDERS[batch.order]) if batch.owed_fen > batch.available_fen else ""),
        (_("No account is known yet"), str(batch.without_account) if batch.without_account else ""),
        (_("Paid so far"), str(told["paid"]) if told["paid"] else ""),
        (_("Sent back by the bank"), str(told["failed"]) if told["failed"] else ""),
        (_("One account for several people"), str(told["alike"]) if told["alike"] else ""),
        (_("Accounts that were changed since the last payment"), str(told["changed"]) if told["changed"] else ""),
        (_("A number that does not fit a card"), str(told["odd"]) if told["odd"] else ""),
        (_("People who have to approve it"), str(batch.approvals_needed)),
        *((str(words.PARTS[each.part]), f"{each.post.office} · {each.post} · {local_day(each.at)}") for each in queries.signatures(batch)),
    )  # fmt: skip
    return answers(rows)


def _failure(payment: Payment) -> Failure:
    return Failure(
        href=reverse("money:payment", args=[payment.pk]),
        reason=str(bank_files().reasons[payment.reason].name),
        fen=yuan(payment.fen),
        word=words.PAYMENT[payment.status],
    )
