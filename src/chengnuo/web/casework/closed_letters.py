"""A closed letter at the desk: print it, close it, and say that it is on its way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.channels import queries
from chengnuo.channels.lifecycle import LET_GO, OUT, OWED, TOLD, WRITE
from chengnuo.channels.models import ClosedLetter, Way
from chengnuo.channels.operations import writing
from chengnuo.foundation.refused import NotHere
from chengnuo.promises import queries as promises
from chengnuo.web.casework.slips import Slip, slip_in_letter
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Kind, buttons_of, deed_page, kind_of
from chengnuo.web.fields import Choice
from chengnuo.web.forms import ActForm, JustDo
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, day_words, local_day

STATUS: dict[str, Word] = {
    OWED: Word(gettext_lazy("to be written"), "calm", "clock"),
    OUT: Word(gettext_lazy("on its way"), "good", "tick"),
    TOLD: Word(gettext_lazy("told"), "good", "tick"),
    LET_GO: Word(gettext_lazy("not sent: none is wanted, or another one says it too"), "plain", "dash"),
}
TO_DO = {
    WRITE: gettext_lazy(
        "No message reaches this family: tell it by a closed letter, in person, or by telephone where it agreed to be called; and say here how."
    )
}
WAYS = {
    Way.LETTER.value: gettext_lazy("by letter"),
    Way.PHONE.value: gettext_lazy("by telephone"),
    Way.PERSON.value: gettext_lazy("in person"),
}


class Tell(ActForm):
    way = Choice(
        ask=gettext_lazy("Choose how."),
        label=gettext_lazy("How was the family told?"),
        options=[(way, WAYS[way]) for way in (Way.PHONE.value, Way.PERSON.value)],
        hint=gettext_lazy("Say to the family itself, and to nobody else, that there is something new and what it is."),
    )


DEEDS: dict[str, Kind] = {
    "send_out": Kind(
        JustDo,
        writing.send_out,
        gettext_lazy("The letter is on its way"),
        gettext_lazy("It was printed, closed, and posted or handed over. Nothing on its envelope says what it is about."),
    ),
    "tell": Kind(
        Tell,
        writing.tell,
        gettext_lazy("The family was told"),
        gettext_lazy("You told it by telephone or in person. Your post and the day are kept, and the family reads them."),
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LetterPage(Page):
    letter: Slip


def letter_name(number: str) -> str:
    return _("A closed letter, %(number)s") % {"number": number}


NAMED = {ClosedLetter.kind: (queries.closed_letters_named, letter_name)}


def lines_of(letters: Iterable[ClosedLetter]) -> tuple[tuple[str, Word, str], ...]:
    """Since when there was something new, how its letter stands, on which day and how it was told: for the family."""
    return tuple((day_words(each.news_on), STATUS[each.status], _when(each)) for each in letters)


def _when(letter: ClosedLetter) -> str:
    way = WAYS[letter.way] if letter.status == TOLD else ""
    return " · ".join(filter(None, (day_words(letter.out_on), str(way))))


@require_GET
def closed_letter(request: Request, letter: UUID) -> HttpResponse:
    found = queries.closed_letter(request.actor, letter)
    page = OwedPage(
        shell=shell_of(request),
        title=letter_name(found.case.number),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=STATUS[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_about(found),
        buttons=buttons_of(request, found, DEEDS, page="desk:closed_letter_deed"),
        onward=_print(found),
        more=Link(label=_("Open the request"), href=reverse("desk:case", args=[found.case_id])),
    )
    return render(request, "desk/owed.html", page)


@require_GET
def paper(request: Request, letter: UUID) -> HttpResponse:
    """It carries no name and no code, and says no more than a message does."""
    found = queries.closed_letter(request.actor, letter)
    if not found.may_be_written:
        raise NotHere
    writing.printed(found.pk, at=request.at)
    page = LetterPage(
        shell=shell_of(request), title=letter_name(found.case.number), back=_back(found), letter=slip_in_letter(found)
    )
    return render(request, "desk/closed_letter.html", page)


@require_http_methods(["GET", "POST"])
def deed(request: Request, letter: UUID, name: str) -> HttpResponse:
    kind = kind_of(DEEDS, name)
    found = queries.closed_letter(request.actor, letter, action=f"closed_letter.{name}")
    return deed_page(request, kind, letter=found, back=_back(found), about=_about(found))


def _back(letter: ClosedLetter) -> Link:
    return Link(label=_("Back to the letter"), href=reverse("desk:closed_letter", args=[letter.pk]))


def _print(letter: ClosedLetter) -> Link | None:
    if letter.status != OWED or not letter.may_be_written:
        return None
    return Link(label=_("Open the letter and print it"), href=reverse("desk:closed_letter_paper", args=[letter.pk]))


def _about(letter: ClosedLetter) -> tuple[Answer, ...]:
    return answers(
        (
            (_("Request"), letter.case.number),
            (_("Something new since"), date_format(letter.news_on, "DATE_FORMAT")),
            (_("For whom"), _("The name stands on the page of the request. Write it on the envelope by hand.")),
            (_("Why"), _("A message was sent and did not arrive.") if letter.undelivered else ""),
            (_("Printed on"), local_day(letter.printed_at) if letter.printed_at else ""),
            (_("Told on"), _when(letter)),
            (_("Told by"), f"{letter.told_by.office} · {letter.told_by}" if letter.told_by else ""),
        )
    )
