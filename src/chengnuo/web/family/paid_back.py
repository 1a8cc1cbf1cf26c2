"""What a family is asked to pay back: how much, why, until when it may object, and that nothing is taken from later money."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from chengnuo.cases.models import Case
from chengnuo.foundation.refused import NotHere
from chengnuo.payments import queries
from chengnuo.payments.models import Recovery
from chengnuo.payments.operations import recovery as asking_back
from chengnuo.web.acting import acted, sent
from chengnuo.web.forms import ActForm, Text
from chengnuo.web.held import with_receipt
from chengnuo.web.money import words
from chengnuo.web.money.recoveries import said_of, told_of
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, day_words

LOOK = "shown to whom it is asked of"


class Objection(ActForm):
    words = Text(
        ask=gettext_lazy("Write why you do not agree."),
        label=gettext_lazy("Why do you not agree?"),
        hint=gettext_lazy("In your own words. Until it is answered nothing is asked of you."),
        rows=4,
        most=1000,
    )


@dataclass(frozen=True, kw_only=True)
class PaidBackPage(Page):
    """`may_object`: the form stands open; `until`: the last day of it."""

    status: Word
    facts: tuple[Answer, ...]
    may_object: bool
    until: str


@require_http_methods(["GET", "POST"])
@with_receipt
def paid_back(request: Request, case: Case, recovery: UUID) -> HttpResponse:
    found = queries.recovery(request.actor, recovery)
    if found.award.claim.case_id != case.pk or not found.told_on:
        raise NotHere
    form = Objection(sent(request))

    def does(**said: object) -> Recovery:
        return asking_back.object_to(recovery=found.pk, **said)  # type: ignore[arg-type]  # as the form has checked them

    if acted(request, form, does, said=_("It is received. Nothing is asked of you until it is answered.")):
        found = queries.recovery(request.actor, recovery)
        form = Objection()
    page = PaidBackPage(
        shell=shell_of(request),
        title=_("Money asked back"),
        back=Link(label=_("Back to my request"), href=reverse("family:request", args=[case.pk])),
        status=words.RECOVERY[found.status],
        facts=answers((*told_of(found), *said_of(found, request.actor, LOOK))),
        may_object=queries.may_object(found, request.at),
        until=day_words(found.object_by),
    )
    return render(request, "family/paid_back.html", page, form)
