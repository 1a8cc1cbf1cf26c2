"""The counter: an officer enters a request for somebody who stands there, or opens one by its receipt, and is named as the one who helped."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chengnuo.cases import queries as cases
from chengnuo.cases.models import Channel
from chengnuo.core.instants import local_date
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refused import NotHere
from chengnuo.people import queries as people
from chengnuo.promises.models import PromiseKind, PromiseVersion
from chengnuo.web.casework import asking_pages
from chengnuo.web.casework.asking_pages import Way
from chengnuo.web.casework.receipts import Receipt, receipt_of
from chengnuo.web.claims.offers import offers_of
from chengnuo.web.family.follow import CounterCodeForm
from chengnuo.web.journey import forget_all
from chengnuo.web.pages import Page, render
from chengnuo.web.public.catalogue import LONGEST_QUERY, Row, row_of, shelf
from chengnuo.web.public.finding import found
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.who import drop_receipts

AT_THE_COUNTER = Way(ask="desk:counter", done="desk:counter_done", up="desk:counter", at_counter=True, claims=offers_of)


@dataclass(frozen=True, kw_only=True)
class PickPage(Page):
    """`groups`: the office's own services, then the others; of what was searched for one, the closest first, without a name."""

    query: str
    groups: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class HandedPage(Page):
    receipt: Receipt
    slip: str
    case: str
    by_phone: bool = False


@require_GET
def pick(request: Request) -> HttpResponse:
    """What does the person want? Found by whatever they call it."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    items = shelf(local_date(request.at))
    if query:
        items = tuple(found(query, items, lambda item: item.findable))
    asked_for = [item.version for item in items if item.version.promise.kind == PromiseKind.SERVICE]
    page = PickPage(
        shell=shell_of(request),
        title=_("Receive at the counter"),
        back=_to_the_desk(),
        query=query,
        groups=_grouped([("", asked_for)] if query else _own_first(asked_for, request.actor)),
    )
    return render(request, "desk/counter.html", page, CounterCodeForm())


@require_http_methods(["GET", "POST"])
def ask(request: Request, service: str, step: str = "") -> HttpResponse:
    if not step:
        return asking_pages.start(request, AT_THE_COUNTER, service)
    return asking_pages.step(request, AT_THE_COUNTER, service, step)


@require_GET
def done(request: Request, case: UUID) -> HttpResponse:
    """The receipt to hand over, as long as this browser holds it: afterwards no officer sees the code again."""
    if case not in request.actor.holds:
        messages.info(
            request, _("We already have this. It was received once and counts once; its code is not shown again.")
        )
        return redirect("desk:counter")
    received = cases.seen(request.actor, case)
    if received.channel not in (Channel.COUNTER, Channel.PHONE):
        raise NotHere
    by_phone = received.channel == Channel.PHONE
    page = HandedPage(
        shell=shell_of(request),
        title=_("Received. Read the code aloud.") if by_phone else _("Received. Hand over the slip."),
        by_phone=by_phone,
        receipt=receipt_of(received, viewer=request.actor, now=request.at),
        slip=reverse("family:slip", args=[case]),
        case=reverse("desk:case", args=[case]),
    )
    return render(request, "desk/counter_done.html", page)


@require_POST
def next_person(request: Request) -> HttpResponse:
    """Receipts, and what was half typed, leave the screen before somebody else stands there."""
    drop_receipts(request)
    forget_all(request.session)
    return redirect("desk:counter")


def _own_first(versions: list[PromiseVersion], officer: Actor) -> list[tuple[str, list[PromiseVersion]]]:
    """What the officer's own office does, by its level where every such office does it; then what it passes on."""
    place = people.place_of(officer)
    own: list[PromiseVersion] = []
    others: list[PromiseVersion] = []
    for version in versions:
        promise = version.promise
        is_own = promise.office_id in officer.offices if promise.office_id else place and promise.level == place.level
        (own if is_own else others).append(version)
    return [(_("What your office does"), own), (_("What other offices do"), others)]


def _grouped(groups: list[tuple[str, list[PromiseVersion]]]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    return tuple(
        (label, tuple(_at_the_counter(row_of(version), version.promise.key) for version in versions))
        for label, versions in groups
        if versions
    )


def _at_the_counter(row: Row, key: str) -> Row:
    return Row(
        title=row.title,
        summary=row.summary,
        href=reverse(AT_THE_COUNTER.ask, args=[key]),
        limit=row.limit,
        office=row.office,
    )


def _to_the_desk() -> Link:
    return Link(label=_("My desk"), href=reverse("desk:inbox"))
