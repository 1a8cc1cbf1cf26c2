"""The receipt: once on the page, as a slip to print, and as the log's proof; and the blank form of a service."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengnuo.cases import queries as cases
from chengnuo.cases.models import Case, CaseKind
from chengnuo.core.instants import local_date
from chengnuo.foundation.log import proofs
from chengnuo.foundation.refused import NotHere
from chengnuo.promises.models import PromiseKind
from chengnuo.web.casework import papers
from chengnuo.web.casework.receipts import Receipt, receipt_of
from chengnuo.web.held import with_receipt
from chengnuo.web.pages import Page, render
from chengnuo.web.public.service import standing
from chengnuo.web.requests import Request
from chengnuo.web.shell import shell_of
from chengnuo.web.who import kept_code


@dataclass(frozen=True, kw_only=True)
class DonePage(Page):
    """`address` is where the code is typed, in full, to be written down; `unnamed`: it opens there alone; `complain`
    is "" where no office stands above: then the receipt's own words name the one way.
    """

    receipt: Receipt
    is_complaint: bool
    is_objection: bool
    unnamed: bool
    address: str
    slip: str
    story: str
    complain: str


@dataclass(frozen=True, kw_only=True)
class GonePage(Page):
    """Where the receipt is no longer shown: the same for every request, sent from here or never sent at all."""


@require_GET
def done(request: Request, case: UUID) -> HttpResponse:
    """Right after sending. Nobody who did not send it sees whose it is."""
    if case not in request.actor.holds:
        return render(request, "family/gone.html", GonePage(shell=shell_of(request), title=_("We already have this")))
    found = cases.seen(request.actor, case)
    receipt = _receipt(request, found)
    page = DonePage(
        shell=shell_of(request),
        title=_received(found),
        receipt=receipt,
        is_complaint=found.is_complaint,
        is_objection=found.sort == CaseKind.OBJECTION,
        unnamed=found.is_anonymous,
        address=settings.PUBLIC_ADDRESS + receipt.follow,
        slip=reverse("family:slip", args=[case]),
        story=reverse("family:request", args=[case]),
        complain=f"{reverse('family:complain')}?case={case}" if found.office.above else "",
    )
    return render(request, "family/done.html", page)


def _received(case: Case) -> str:
    if case.sort == CaseKind.OBJECTION:
        return _("We have your objection")
    return _("We have your complaint") if case.is_complaint else _("We have your request")


@require_GET
@with_receipt
def slip(request: Request, case: Case) -> HttpResponse:
    """In the reader's language; printed at a counter, in the one that the person chose when asking."""
    language = case.contact.language if request.actor.is_officer else get_language()
    with override(language):
        return _pdf(papers.slip(_receipt(request, case), at=request.at), "receipt.pdf")


@require_GET
def form(request: Request, service: str) -> HttpResponse:
    """The blank form of a service; the same for everybody."""
    version = standing(service, on=local_date(request.at))
    if version.promise.kind != PromiseKind.SERVICE:
        raise NotHere
    return _pdf(papers.blank_form(version, at=request.at), f"{service}.pdf")


@require_GET
@with_receipt
def proof(_request: Request, case: Case) -> HttpResponse:
    """What the log holds of this case: each entry with its proof, or with the signed promise of one (chengnuo.record/1)."""
    entries = proofs.of(Case.kind, case.pk)
    record = {"schema": "chengnuo.record/1", "entries": entries, "promised": proofs.waiting(Case.kind, case.pk)}
    return JsonResponse(record, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _receipt(request: Request, case: Case) -> Receipt:
    return receipt_of(case, viewer=request.actor, now=request.at, code=kept_code(request, case.pk))


def _pdf(made: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
