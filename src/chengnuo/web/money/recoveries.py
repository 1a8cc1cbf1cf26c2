"""What was paid above what is due, at the desk: proposed by one officer, decided by another, and what has come back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.foundation.gate import gate
from chengnuo.payments import queries
from chengnuo.payments.models import Recovery
from chengnuo.payments.operations import recovery as asking_back
from chengnuo.promises import queries as promises
from chengnuo.web.acting import act_page, sent
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Kind, buttons_of, deed_page, kind_of
from chengnuo.web.fields import Choice, Digits, Text, Yuan
from chengnuo.web.forms import ActForm, JustDo
from chengnuo.web.money import words
from chengnuo.web.money.awarded import way_to
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, answers, render
from chengnuo.web.public.service import yuan
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import day_words

LOOK = "money to be asked back"
FOR_THEM = gettext_lazy("The person reads these words.")


class AskBack(ActForm):
    year = Choice(ask=gettext_lazy("Choose the year."), label=gettext_lazy("Of which year?"))
    fen = Yuan(ask=gettext_lazy("Write the sum."), label=gettext_lazy("How many yuan were paid too much?"))
    why = Choice(ask=gettext_lazy("Choose why."), label=gettext_lazy("Why?"), options=words.WHY.items())
    reasons = Text(
        ask=gettext_lazy("Write the reasons."), label=gettext_lazy("In plain words"), hint=FOR_THEM, rows=4, most=1000
    )

    def clean_year(self) -> int:
        return int(self.cleaned_data["year"])


class Months(Digits):
    """A count, not a number in groups: a point or a sign in it is a mistake, and not passed over."""

    def to_python(self, value: object) -> str:
        return Text.to_python(self, value)


class Instalments(ActForm):
    instalments = Months(
        shape="[0-9]{1,2}",
        wrong=gettext_lazy("Write a number from 1 to 60."),
        ask=gettext_lazy("Write over how many months."),
        label=gettext_lazy("Over how many months may it be paid back?"),
        hint=gettext_lazy("1 is at once. Ask the person first what they can bear."),
    )

    def clean_instalments(self) -> int:
        return int(self.cleaned_data["instalments"])


class Answered(ActForm):
    answer = Text(
        ask=gettext_lazy("Write your reasons."), label=gettext_lazy("Your reasons"), hint=FOR_THEM, rows=4, most=1000
    )


class Kept(Answered, Instalments):
    pass


class Received(ActForm):
    fen = Yuan(ask=gettext_lazy("Write the sum."), label=gettext_lazy("How many yuan have come back?"))


DEEDS: Mapping[str, Kind] = {
    "decide": Kind(Instalments, asking_back.decide, gettext_lazy("Ask it back"), gettext_lazy("The person is told today, with the reasons and how to object. Later money is paid in full all the same."), grave=True),
    "drop": Kind(JustDo, asking_back.drop, gettext_lazy("Do not ask it back"), gettext_lazy("It ends here, and the person is not troubled.")),
    "receive": Kind(Received, asking_back.receive, gettext_lazy("Write down what has come back"), gettext_lazy("It is booked by an entry of its own."), moves=("receive",)),
    "keep": Kind(Kept, asking_back.keep, gettext_lazy("Answer the objection: it is still asked back"), gettext_lazy("With reasons, and perhaps over more months."), grave=True),
    "waive": Kind(Answered, asking_back.waive, gettext_lazy("Waive what is open"), gettext_lazy("Nothing more is asked of the person, who reads why.")),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def ask_back(request: Request, award: UUID) -> HttpResponse:
    """Where more was paid than is due. Nothing is proposed by a list or by time: somebody has looked."""
    found = queries.payee(request.actor, award, action="award.ask_back")
    over = queries.overpaid(request.actor, found.award)
    form = AskBack(sent(request))
    form.offer("year", [(str(year), f"{year}: {yuan(fen)}") for year, fen in over.items()])
    says = _(
        "You propose it; another officer decides. It is never taken from later money, and it may be let go where it would be hard."
    )
    about = answers(
        (
            (_("Payee"), found.name(by=request.actor, reason=LOOK)),
            *((str(year), _("paid too much: %(sum)s") % {"sum": yuan(fen)}) for year, fen in over.items()),
            (_("Paid too much"), "" if over else _("nothing")),
        )
    )
    does = partial(asking_back.propose, award=found.award.pk)
    back = Link(label=_("Payments"), href=reverse("money:home"))
    more = way_to(request, found.award)
    return act_page(
        request, form, does, title=_("Propose to ask money back"), says=says, back=back, about=about, more=more
    )


@require_GET
def recovery(request: Request, recovery: UUID) -> HttpResponse:
    found = queries.recovery(request.actor, recovery)
    page = OwedPage(
        shell=shell_of(request),
        title=_("Money asked back"),
        trail=(Link(label=_("Payments"), href=reverse("money:home")),),
        status=words.RECOVERY[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_about(request, found),
        buttons=buttons_of(request, found, DEEDS, page="money:recovery_deed"),
        more=way_to(request, found.award),
    )
    return render(request, "desk/owed.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, recovery: UUID, name: str) -> HttpResponse:
    kind = kind_of(DEEDS, name)
    found = queries.recovery(request.actor, recovery, action=f"recovery.{name}")
    back = Link(label=_("Back"), href=reverse("money:recovery", args=[found.pk]))
    return deed_page(request, kind, recovery=found, back=back, about=_about(request, found))


def _about(request: Request, recovery: Recovery) -> tuple[Answer, ...]:
    """Name and words are for the office that asks; the one that takes the money in needs the name alone."""
    own = bool(gate.which(request.actor, ["recovery.propose"], recovery))
    name = recovery.award.name
    rows = (
        (_("Payee"), name.reveal(by=request.actor, reason=LOOK) if name else ""),
        *told_of(recovery),
        *(said_of(recovery, request.actor, LOOK) if own else ()),
    )
    return answers(rows)


def told_of(recovery: Recovery) -> tuple[tuple[str, str], ...]:
    """What is asked back, and until when somebody may object."""
    still = queries.still_open(recovery)
    monthly = -(-still // recovery.instalments)
    months = ngettext("%(n)d month, %(sum)s a month", "%(n)d months, %(sum)s a month", recovery.instalments)
    over = months % {"n": recovery.instalments, "sum": yuan(monthly)}
    return (
        (_("Of the year"), str(recovery.year)),
        (_("Asked back"), yuan(recovery.fen)),
        (_("Has come back"), yuan(recovery.back_fen) if recovery.back_fen else ""),
        (_("Still open"), yuan(still) if still != recovery.fen else ""),
        (_("Over"), over if recovery.told_on and recovery.instalments > 1 else ""),
        (_("Why"), str(words.WHY[recovery.why])),
        (_("Told on"), day_words(recovery.told_on)),
        (_("An objection is possible until"), day_words(recovery.object_by)),
    )


def said_of(recovery: Recovery, viewer: object, reason: str) -> tuple[tuple[str, str], ...]:
    """The words of the office and of the person."""
    parts = (
        (_("Reasons"), recovery.reasons),
        (_("The objection"), recovery.objection),
        (_("The answer"), recovery.answer),
    )
    return tuple((label, text.reveal(by=viewer, reason=reason, of=recovery.award_id)) for label, text in parts if text)
