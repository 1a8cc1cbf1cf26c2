"""An award at the desk: what is due, paid and outstanding year by year, on which determinations that rests, and how it is changed; and
one such change, which another officer confirms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.benefits import queries
from chengnuo.benefits.models import Award, Due
from chengnuo.core.instants import local_date
from chengnuo.foundation.gate import gate
from chengnuo.payments import queries as payments
from chengnuo.promises import queries as promises
from chengnuo.reviews import queries as reviews
from chengnuo.reviews.lifecycle import ENDING
from chengnuo.reviews.models import Amendment
from chengnuo.reviews.operations import amending
from chengnuo.web.acting import ask_freshly
from chengnuo.web.casework import awards as words
from chengnuo.web.casework.awards import Changed, changes_of
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import Button, Kind, buttons_of, deed_page, kind_of
from chengnuo.web.fields import Choice, Day, Text
from chengnuo.web.forms import ActForm, JustDo
from chengnuo.web.money.told import COMES, LATE, WHOLE
from chengnuo.web.named import Named
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.public.service import yuan
from chengnuo.web.requests import Request
from chengnuo.web.reviews.forms import Anew
from chengnuo.web.reviews.own import held_in, stated_otherwise
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import Word, day_words, local_day

LOOK = "award at the desk"


def _reasons() -> Text:
    return Text(
        ask=gettext_lazy("Write the reasons."),
        label=gettext_lazy("Why, in plain words"),
        hint=gettext_lazy("The person reads them. Name the law where it is by one."),
        rows=4,
        most=1000,
    )


class Determine(Anew):
    """A year, and what the person states otherwise; the rest is as it is held."""

    of_another = True
    year = Choice(ask=gettext_lazy("Choose the year."), label=gettext_lazy("Which year?"))
    reasons = _reasons()

    def programme_of(self, noun: Award) -> str:
        return noun.programme

    def fill(self, noun: Award, viewer: Any) -> None:
        super().fill(noun, viewer)
        years = range(self.today.year, noun.begins - 1, -1)
        self.offer("year", [(str(year), str(year)) for year in years])

    def clean(self) -> dict[str, Any]:
        facts, said = super().clean()["facts"], self.cleaned_data
        return {"facts": facts} | {name: said[name] for name in ("year", "reasons") if name in said}

    def clean_year(self) -> int:
        return int(self.cleaned_data["year"])


class End(ActForm):
    ending = Choice(
        ask=gettext_lazy("Choose why it ends."),
        label=gettext_lazy("Why does it end?"),
        options=[(ending, said) for ending, said in words.ENDINGS.items() if ending in ENDING],
        hint=gettext_lazy("By nothing else. Nobody asks why somebody no longer wants it."),
    )
    on = Day(ask=gettext_lazy("Write the day."), label=gettext_lazy("Since which day?"))
    reasons = _reasons()


class Restore(ActForm):
    reasons = _reasons()


DEEDS: Mapping[str, Kind] = {
    "determine": Kind(
        Determine,
        amending.determine,
        gettext_lazy("Propose to determine a year anew"),
        gettext_lazy(
            "By the rules of today. Write only what is otherwise; how many children anybody has is not asked. Nothing changes until another officer has confirmed it."
        ),
    ),
    "end": Kind(
        End,
        amending.end,
        gettext_lazy("Propose to end it"),
        gettext_lazy(
            "From the day on which it happened. What was due until then stays due. Nothing changes until another officer has confirmed it."
        ),
        grave=True,
    ),
    "restore": Kind(
        Restore,
        amending.restore,
        gettext_lazy("Propose that it goes on: it was ended by mistake"),
        gettext_lazy(
            "As if it had not ended: the years since are determined anew, and what was not paid of them is owed. Another officer than the one who ended it has to confirm it."
        ),
    ),
}
AMENDMENT: Mapping[str, Kind] = {
    "confirm": Kind(
        JustDo,
        amending.confirm,
        gettext_lazy("Confirm it"),
        gettext_lazy("It counts from now on. The family is told, and reads the reasons."),
        grave=True,
    ),
    "drop": Kind(JustDo, amending.drop, gettext_lazy("Give it up"), gettext_lazy("The award stays as it is.")),
}


@dataclass(frozen=True, kw_only=True)
class AwardYear(Named):
    """`why`: why the rest is not there; "" where nothing is outstanding."""

    year: str
    state: Word
    due: str
    paid: str
    outstanding: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Determined(Named):
    """One sum as it was determined: `who` by, and by which edition of the law as data; `note` where it is not what the rules gave."""

    year: str
    fen: str
    day: str
    who: str
    note: str


@dataclass(frozen=True, kw_only=True)
class AwardPage(Page):
    """`too_much`: where what was paid too much is proposed to be asked back, None where nothing was."""

    status: Word
    about: tuple[Answer, ...]
    years: tuple[AwardYear, ...]
    determined: tuple[Determined, ...]
    changes: tuple[Changed, ...]
    held: tuple[Answer, ...]
    buttons: tuple[Button, ...]
    links: tuple[Link, ...]
    too_much: Link | None


@require_GET
def award(request: Request, award: UUID) -> HttpResponse:
    found = queries.award(request.actor, award)
    dues = queries.determinations(found)
    years = queries.years_in(dues)
    told = payments.told_of(found, by=request.actor, today=local_date(request.at), years=years)
    # what is not paid above what is due costs no question
    is_over = any(each.paid > each.due for each in told.years) and payments.overpaid(request.actor, found, years)
    page = AwardPage(
        shell=shell_of(request),
        title=programme_name(found.programme),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=words.AWARD[found.status],
        about=_about(found, request),
        years=tuple(map(_year, told.years)),
        determined=tuple(map(_determined, dues)),
        changes=changes_of(reviews.amendments(request.actor, found.pk), request.actor, at_desk=True),
        held=held_in(found, request.actor),
        buttons=buttons_of(request, found, DEEDS, page="desk:award_deed"),
        links=_links(found),
        too_much=_too_much(found) if is_over else None,
    )
    return render(request, "desk/award.html", page)


@require_http_methods(["GET", "POST"])
def award_deed(request: Request, award: UUID, name: str) -> HttpResponse:
    kind = kind_of(DEEDS, name)
    found = queries.award(request.actor, award, action=f"award.{name}")
    back = Link(label=_("Back to the award"), href=reverse("desk:award", args=[found.pk]))
    return deed_page(request, kind, award=found, back=back, about=_about(found, request))


@require_GET
def amendment(request: Request, amendment: UUID) -> HttpResponse:
    found = reviews.amendment(request.actor, amendment)
    may_open = gate.allows(request.actor, "award.at_desk", found.award)
    page = OwedPage(
        shell=shell_of(request),
        title=words.amendment_name(found.sort),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=words.AMENDMENT[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_proposed(found, request),
        buttons=buttons_of(request, found, AMENDMENT, page="desk:amendment_deed"),
        more=Link(label=_("The award"), href=reverse("desk:award", args=[found.award_id])) if may_open else None,
    )
    return render(request, "desk/owed.html", page)


@require_http_methods(["GET", "POST"])
def amendment_deed(request: Request, amendment: UUID, name: str) -> HttpResponse:
    kind = kind_of(AMENDMENT, name)
    found = reviews.amendment(request.actor, amendment, action=f"amendment.{name}")
    ask_freshly(request, f"amendment.{name}")
    back = Link(label=_("Back"), href=reverse("desk:amendment", args=[found.pk]))
    return deed_page(request, kind, amendment=found, back=back, about=_proposed(found, request))


def _about(found: Award, request: Request) -> tuple[Answer, ...]:
    rows = (
        (_("Name"), _name(found, request)),
        (_("What it is about"), programme_name(found.programme)),
        (_("Village or community"), str(found.village or "")),
        (_("Since the year"), str(found.begins)),
        (_("Granted on"), local_day(found.granted_at)),
        (_("Ended from"), day_words(found.ends_on)),
        (_("Why"), str(words.ENDINGS[found.ended_for]) if found.ended_for else ""),
    )
    return answers(rows)


def _proposed(found: Amendment, request: Request) -> tuple[Answer, ...]:
    confirmed = found.confirmed_by
    facts = found.facts.reveal(by=request.actor, reason=amending.LOOK, of=found.award_id) if found.facts else "{}"
    rows = (
        (_("Name"), _name(found.award, request)),
        (_("What it is about"), programme_name(found.award.programme)),
        (_("Village or community"), str(found.award.village or "")),
        (_("What is proposed"), words.what_of(found)),
        (_("Reasons"), words.reasons_of(found, request.actor)),
        (_("Proposed by"), f"{found.proposed_by.office} · {found.proposed_by}"),
        (_("Proposed on"), local_day(found.proposed_at)),
        (_("Who confirms it"), "" if confirmed else str(found.office)),
        (_("Confirmed by"), f"{confirmed.office} · {confirmed}" if confirmed else ""),
        (_("Confirmed on"), local_day(found.confirmed_at) if found.confirmed_at else ""),
    )
    return answers(rows) + stated_otherwise(found.award, json.loads(facts), request.actor)


def _name(found: Award, request: Request) -> str:
    return str(found.name.reveal(by=request.actor, reason=LOOK)) if found.name else ""


def _year(told: payments.Year) -> AwardYear:
    return AwardYear(
        year=str(told.year),
        state=LATE if told.is_late else COMES if told.outstanding else WHOLE,
        due=yuan(told.due),
        paid=yuan(told.paid),
        outstanding=yuan(told.outstanding) if told.outstanding else "",
        why=" ".join(str(cause) for cause in (told.cause, told.rest) if cause),
    )


def _determined(due: Due) -> Determined:
    return Determined(
        year=str(due.year),
        fen=yuan(due.fen),
        day=local_day(due.determined_at),
        who=f"{due.determined_by.office} · {due.determined_by}",
        note=_("decided otherwise than the rules give, with reasons") if due.departs else "",
    )


def _links(found: Award) -> tuple[Link, ...]:
    """Both are the granting office's own, as the award is."""
    return (
        Link(label=_("Where the payee is paid"), href=reverse("money:account", args=[found.pk])),
        Link(label=_("The claim that it rests on"), href=reverse("desk:claim", args=[found.claim_id])),
    )


def _too_much(found: Award) -> Link:
    """The way to propose that it is asked back: by a person, never by itself."""
    return Link(label=_("More was paid than is due: look at it"), href=reverse("money:ask_back", args=[found.pk]))
