"""Letters at the desk: the next one, and no other; printed, taken along, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.core.instants import local_date
from chengnuo.core.text3 import Text3
from chengnuo.foundation.receipts import NUMBER_DIGITS
from chengnuo.outreach import queries
from chengnuo.outreach.models import Letter
from chengnuo.outreach.operations import handing
from chengnuo.policies.finders import finders
from chengnuo.promises import queries as promises
from chengnuo.web.acting import ActPage
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Button, Kind, buttons_of, deed_page, kind_of
from chengnuo.web.forms import ActForm, Choice, Digits, Form, JustDo
from chengnuo.web.outreach import paper, words
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word


class OutcomeForm(ActForm):
    outcome = Choice(
        ask=gettext_lazy("Choose what became of it."), label=gettext_lazy("What became of it?"), options=words.OUTCOMES
    )


class NumberForm(Form):
    number = Digits(
        ask=gettext_lazy("Type the number at the foot of the letter."),
        label=gettext_lazy("The number at the foot of the letter"),
        hint=gettext_lazy("12 digits. Spaces do not matter."),
        shape=rf"\d{{{NUMBER_DIGITS}}}",
        wrong=gettext_lazy("The number has 12 digits. Compare it with the letter."),
        most=40,
    )


DEEDS: dict[str, Kind] = {
    "record": Kind(
        OutcomeForm,
        handing.record,
        gettext_lazy("Say what became of it"),
        gettext_lazy("One of five answers, and no words: nothing is kept about the person or the home."),
        moves=("deliver",),
    ),
    "carry": Kind(
        JustDo,
        handing.carry,
        gettext_lazy("It is printed and I take it along"),
        gettext_lazy("The next letter is shown. What became of this one you say with the number at its foot."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class NextPage(Page):
    """One letter, or none: then `status` is None. `prints` is its paper; `ways` lead on to what else there is."""

    status: Word | None
    prints: str
    answers: tuple[Answer, ...]
    duties: tuple[tuple[str, Word, str], ...]
    buttons: tuple[Button, ...]
    ways: tuple[Link, ...]


@require_GET
def next_(request: Request) -> HttpResponse:
    found = queries.next_letter(request.actor, on=local_date(request.at))
    page = NextPage(
        shell=shell_of(request),
        title=_("The next letter") if found else _("Letters"),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=words.LETTER[found.status] if found else None,
        prints=reverse("outreach:print", args=[found.pk]) if found else "",
        answers=_about(request, found) if found else (),
        duties=duty_rows(promises.duties_of(found.pk), now=request.at)[-1:] if found else (),
        buttons=buttons_of(request, found, DEEDS, page="outreach:letter_deed") if found else (),
        ways=(
            Link(label=_("What became of a letter that I took along"), href=reverse("outreach:numbered")),
            Link(label=_("Somebody wants no letters"), href=reverse("outreach:at_counter")),
            Link(label=_("Somebody wants letters again"), href=reverse("outreach:again_at_counter")),
            Link(label=_("Whose time runs out"), href=reverse("outreach:next_reminder")),
        ),
    )
    return render(request, "outreach/next.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, letter: UUID, name: str) -> HttpResponse:
    kind = kind_of(DEEDS, name)
    found = queries.letter(request.actor, letter, action=f"letter.{name}")
    back = Link(label=_("The next letter"), href=reverse("outreach:next"))
    return deed_page(request, kind, letter=found, back=back, about=_about(request, found))


@require_http_methods(["GET", "POST"])
def numbered(request: Request) -> HttpResponse:
    """Leads to the one letter whose number was typed, if it is in this officer's hands."""
    form = NumberForm(request.POST or None)
    if form.is_valid():
        found = queries.letter_numbered(request.actor, form.cleaned_data["number"])
        if found is not None:
            return redirect("outreach:letter_deed", found.pk, "record")
        form.add_error("number", _("No letter with this number is in your hands."))
    page = ActPage(
        shell=shell_of(request),
        title=_("What became of a letter that I took along"),
        back=Link(label=_("The next letter"), href=reverse("outreach:next")),
        label=_("Go on"),
        says=_("Each letter has a number at its foot. Letters are never shown in a list."),
    )
    return render(request, "outreach/numbered.html", page, form)


@require_GET
def print_(request: Request, letter: UUID) -> HttpResponse:
    """The paper of one letter, for its contact alone; that the name was opened is kept."""
    found = queries.letter(request.actor, letter)
    content = paper.letter(found, queries.recipient(request.actor, found), at=request.at)
    headers = {"Content-Disposition": 'inline; filename="letter.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _about(request: Request, letter: Letter) -> tuple[Answer, ...]:
    to = queries.recipient(request.actor, letter)
    return answers(
        (
            (_("What it is"), str(finders().label)),
            (_("For"), to.name),
            (_("Village or community"), _place(to.village)),
            (_("Number"), letter.number),
            (_("Tried before"), _("once; this is the last time") if letter.contacts else ""),
        )
    )


def _place(village: Text3 | None) -> str:
    return str(village) if village else ""
