"""A family's own page of its review: what is held, one question, and its rights. It opens with the code of the letter."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.models import Award
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refused import NotHere
from chengnuo.policies.questions import questions
from chengnuo.policies.values import value
from chengnuo.reviews import queries, rights
from chengnuo.reviews.models import How, Review
from chengnuo.reviews.operations import answering
from chengnuo.reviews.operations.anew import Restated, asked_again
from chengnuo.web.acting import acted, sent
from chengnuo.web.casework.claims import fact_said, facts_by_name, programme_name
from chengnuo.web.deeds import Button, buttons_of, deed_page, kind_of
from chengnuo.web.errors import too_many
from chengnuo.web.forms import ActForm
from chengnuo.web.pages import Answer, Page, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.reviews import deeds, words
from chengnuo.web.reviews.forms import LetterCode
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.who import hold_receipt
from chengnuo.web.words import Word, day_words, language

LOOK = "yearly review"
BEHIND_THE_RECEIPT = frozenset({"state_anew"})
ASKED = ("open", "silent")


class NothingForm(ActForm):
    scope = "review.say_unchanged"


@dataclass(frozen=True, kw_only=True)
class DoorPage(Page):
    at_counter: bool


@dataclass(frozen=True, kw_only=True)
class OwnPage(Page):
    """`is_asked`: the question stands open; `has_receipt`: what is held is shown; `until` until when; `review_by` and `suit_by` are "" where nothing was decided."""

    status: Word
    is_asked: bool
    has_receipt: bool
    until: str
    facts: tuple[Answer, ...]
    buttons: tuple[Button, ...]
    reasons: tuple[str, ...]
    review_by: str
    suit_by: str


@require_http_methods(["GET", "POST"])
def door(request: Request) -> HttpResponse:
    """Where the code of the letter is typed, alone or at a counter."""
    if not ratelimit.consume(request, action="receipt_code"):
        return too_many(request)
    form = LetterCode(sent(request))
    if form.is_bound and form.is_valid():
        found = queries.by_code(form.cleaned_data["code"])
        if found is not None:
            hold_receipt(request, found)
            return redirect("reviews:own", found)
        form.add_error("code", _("No page opens with this code. Compare it with the letter, group by group."))
    page = DoorPage(shell=shell_of(request), title=_("The yearly question"), at_counter=request.actor.is_officer)
    return render(request, "reviews/door.html", page, form)


@require_http_methods(["GET", "POST"])
def own(request: Request, review: UUID) -> HttpResponse:
    """Says in one step that nothing has changed."""
    found = _held(request, review)
    if found is None:
        return _code_first(request)
    form = NothingForm(sent(request))
    does = partial(answering.say_unchanged, review=found.pk, how=_how(request))
    if acted(request, form, does, said=_("Thank you. You need do nothing more: the support goes on.")):
        return redirect("reviews:own", found.pk)
    ways = rights.remedies(found)
    page = OwnPage(
        shell=shell_of(request),
        title=_("Has anything changed?") if found.status in ASKED else _("The yearly question"),
        status=words.REVIEW[found.status],
        is_asked=found.status in ASKED,
        has_receipt=_has_receipt(request, found),
        until=day_words(found.campaign.answer_until),
        facts=answers(_facts(found, request.actor, of_claim=_has_receipt(request, found))),
        buttons=_buttons(request, found),
        reasons=tuple(map(str, words.ENDS.values())),
        review_by=day_words(ways.review_by) if ways else "",
        suit_by=day_words(ways.suit_by) if ways else "",
    )
    return render(request, "reviews/own.html", page, form)


@require_http_methods(["GET", "POST"])
def own_deed(request: Request, review: UUID, name: str) -> HttpResponse:
    kind = kind_of(deeds.OWN, name)
    found = _held(request, review)
    if found is None:
        return _code_first(request)
    has_receipt = _has_receipt(request, found)
    if name in BEHIND_THE_RECEIPT and not has_receipt:
        messages.info(request, _("Type the receipt code of your claim first, or ask to be called."))
        return redirect("reviews:own", found.pk)
    back = Link(label=_("Back to the question"), href=reverse("reviews:own", args=[found.pk]))
    return deed_page(request, kind, review=found, back=back, about=held(found, request.actor) if has_receipt else ())


def _buttons(request: Request, review: Review) -> tuple[Button, ...]:
    """Also an officer who types a letter's code sees no more than the letter opens."""
    hidden = frozenset() if _has_receipt(request, review) else BEHIND_THE_RECEIPT
    shown = {name: kind for name, kind in deeds.OWN.items() if name not in hidden}
    return buttons_of(request, review, shown, page="reviews:own_deed")


def held(review: Review, viewer: Actor) -> tuple[Answer, ...]:
    """What the support rests on, as it is held: the review comes filled in."""
    return held_in(review.award, viewer)


def held_in(award: Award, viewer: Actor) -> tuple[Answer, ...]:
    """The same of an award; nothing that tells of children, which nobody states anew."""
    return answers(_held_facts(award, viewer))


def stated_otherwise(award: Award, stated: Restated, viewer: Actor) -> tuple[Answer, ...]:
    """What somebody states, and what is held of it until now where that is otherwise: for whoever has to decide on it."""
    held, known = _opened(award, viewer), facts_by_name(award.programme)
    rows = []
    for entity, said in stated.items():
        for name, new in said.items():
            fact = known[f"{entity}.{name}"]
            told, before = (
                fact_said(fact, new),
                {fact_said(fact, each[name]) for each in held.get(entity, ()) if name in each},
            )
            until_now = ", ".join(sorted(before - {told}))
            rows.append(
                (
                    str(questions().of(fact).asks),
                    told + (_(" (until now: %(old)s)") % {"old": until_now} if until_now else ""),
                )
            )
    return answers(rows)


def _opened(award: Award, viewer: Actor) -> Mapping[str, Any]:
    return json.loads(award.facts.reveal(by=viewer, reason=LOOK)) if award.facts else {}


def _facts(review: Review, viewer: Actor, *, of_claim: bool) -> Iterator[tuple[str, str]]:
    """`of_claim`: they have the claim's receipt. A letter passes through more hands: what it opens says nothing of the person."""
    if of_claim:
        yield _("What it is about"), programme_name(review.award.programme)
    yield _("For the year"), str(review.campaign.year)
    for year in benefits.years(review.award_id)[:2] if of_claim else ():
        yield _("Due for %(year)s") % {"year": year.year}, value(year.fen, "fen", language())
    if review.appointed_on:
        yield _("An appointment"), day_words(review.appointed_on)
    if review.change:
        yield _("What you told us"), str(words.CHANGES[review.change])
    if review.changed_on:
        yield _("Since"), day_words(review.changed_on)
    if of_claim:
        yield from _held_facts(review.award, viewer)


def _has_receipt(request: Request, review: Review) -> bool:
    return review.award.claim.case_id in request.actor.holds


def _held_facts(award: Award, viewer: Actor) -> Iterator[tuple[str, str]]:
    known = facts_by_name(award.programme)
    for entity, members in _opened(award, viewer).items():
        asked = asked_again(award.programme).get(entity, ())
        for name, said in (one for each in members for one in each.items()):
            fact = known.get(f"{entity}.{name}")
            if fact is not None and name in asked:
                yield str(questions().of(fact).asks), fact_said(fact, said)


def _how(request: Request) -> str:
    return How.COUNTER if request.actor.is_officer else How.CODE


def _held(request: Request, review: UUID) -> Review | None:
    """Only with a code: of the letter, or of the claim's receipt. An officer's own way to it is the desk's page."""
    if not request.actor.holds:
        return None
    try:
        found = queries.review(request.actor, review)
    except NotHere:
        return None
    return found if request.actor.holds & {found.pk, found.award.claim.case_id} else None


def _code_first(request: Request) -> HttpResponse:
    messages.info(request, _("Type the code of the letter. The page closes by itself after half an hour."))
    return redirect("reviews:door")
