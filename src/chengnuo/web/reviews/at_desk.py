"""One review and one check at the desk: what is held, what is owed, and what can be done."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chengnuo.benefits import queries as benefits
from chengnuo.foundation.gate import gate
from chengnuo.foundation.refused import NotHere
from chengnuo.payments import queries as payments
from chengnuo.policies.values import value
from chengnuo.promises import queries as promises
from chengnuo.reviews import queries
from chengnuo.reviews.models import Change, Check, Review
from chengnuo.reviews.operations.anew import asked_again
from chengnuo.web.casework.claims import programme_name
from chengnuo.web.casework.stories import duty_rows
from chengnuo.web.deeds import buttons_of, deed_page, kind_of
from chengnuo.web.owed import OwedPage
from chengnuo.web.pages import Answer, answers, render
from chengnuo.web.requests import Request
from chengnuo.web.reviews import deeds, words
from chengnuo.web.reviews.own import held, stated_otherwise
from chengnuo.web.shell import Link, shell_of
from chengnuo.web.words import day_words, language

LOOK, DESK = "yearly review at the desk", "review.at_desk"


@require_GET
def review(request: Request, review: UUID) -> HttpResponse:
    found = queries.review(request.actor, review, action=DESK)
    may = gate.which(request.actor, ["review.determine", "review.print", "review.state_anew"], found)
    is_to_call = found.change == Change.CALL and "review.state_anew" in may
    letter = reverse("reviews:letter", args=[found.pk])
    page = OwedPage(
        shell=shell_of(request),
        title=words.review_name("", found.campaign.year),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=words.REVIEW[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_about(request, found)
        + (_telephone(request, found) if is_to_call else ())
        + (_rests_on(request, found) if "review.determine" in may else ()),
        buttons=buttons_of(request, found, deeds.REVIEW, page="reviews:review_deed"),
        onward=_paid_too_much(request, found),
        more=Link(label=_("Print the letter with its code and the form"), href=letter)
        if "review.print" in may
        else None,
    )
    return render(request, "desk/owed.html", page)


@require_http_methods(["GET", "POST"])
def review_deed(request: Request, review: UUID, name: str) -> HttpResponse:
    kind = kind_of(deeds.REVIEW, name)
    found = queries.review(request.actor, review, action=f"review.{name}")
    if not gate.allows(request.actor, DESK, found):
        raise NotHere
    back = Link(label=_("Back to the review"), href=reverse("reviews:review", args=[found.pk]))
    # a change is the county's from then on: whoever took it in at the village's counter sees it no longer; after a letter the next waits
    then = reverse("desk:inbox") if kind.moves or name == "send_out" else ""
    return deed_page(request, kind, review=found, back=back, then=then, about=_about(request, found))


@require_GET
def check(request: Request, check: UUID) -> HttpResponse:
    found = queries.check(request.actor, check)
    may = gate.which(request.actor, ["review_check.agree"], found)
    page = OwedPage(
        shell=shell_of(request),
        title=_("A check by chance"),
        trail=(Link(label=_("My desk"), href=reverse("desk:inbox")),),
        status=words.CHECK[found.status],
        duties=duty_rows(promises.duties_of(found.pk), now=request.at),
        answers=_of_check(request, found) + (held(found.review, request.actor) if may else ()),
        buttons=buttons_of(request, found, deeds.CHECK, page="reviews:check_deed"),
    )
    return render(request, "desk/owed.html", page)


@require_http_methods(["GET", "POST"])
def check_deed(request: Request, check: UUID, name: str) -> HttpResponse:
    kind = kind_of(deeds.CHECK, name)
    found = queries.check(request.actor, check, action=f"review_check.{name}")
    back = Link(label=_("Back to the check"), href=reverse("reviews:check", args=[found.pk]))
    return deed_page(request, kind, review_check=found, back=back, about=_of_check(request, found))


def _telephone(request: Request, review: Review) -> tuple[Answer, ...]:
    """For whoever calls: the family asked for it. Whoever held the letter may have written the number: who it is, is asked first."""
    if review.phone:
        number = review.phone.reveal(by=request.actor, reason=LOOK, of=review.award_id)
        return answers([(_("Telephone, written by whoever asked to be called"), number)])
    case = review.award.claim.case
    return answers([(_("Telephone"), case.contact.phone.reveal(by=request.actor, reason=LOOK, of=case.pk))])


def _rests_on(request: Request, review: Review) -> tuple[Answer, ...]:
    """For whoever decides: what was due so far, and what is held."""
    years = benefits.years(review.award_id)[:2]
    dues = [(_("Due for %(year)s") % {"year": each.year}, value(each.fen, "fen", language())) for each in years]
    return answers(dues) + held(review, request.actor) + _stated(request, review)


def _stated(request: Request, review: Review) -> tuple[Answer, ...]:
    """What the family states anew: nobody decides on what they have not seen."""
    if review.change != Change.FACTS or review.facts is None:
        return ()
    said = json.loads(review.facts.reveal(by=request.actor, reason=LOOK, of=review.award_id))
    asked = asked_again(review.award.programme)
    new = {
        entity: {name: each[name] for each in members for name in asked.get(entity, ()) if name in each}
        for entity, members in said.items()
    }
    return stated_otherwise(review.award, new, request.actor)


def _paid_too_much(request: Request, review: Review) -> Link | None:
    """The way to propose that it is asked back: by a person, never by itself."""
    if review.status not in ("determined", "ended") or not payments.overpaid(request.actor, review.award):
        return None
    return Link(
        label=_("More was paid than is due: look at it"), href=reverse("money:ask_back", args=[review.award_id])
    )


def _about(request: Request, review: Review) -> tuple[Answer, ...]:
    rows = (
        (_("Name"), _name(request, review)),
        (_("What it is about"), _programme(request, review)),
        (_("Village or community"), str(review.home or "")),
        (_("Answers until"), day_words(review.campaign.answer_until)),
        (_("The letter went out"), day_words(review.letter_out_on)),
        (_("Asked so far"), _("%(n)s of 2 times") % {"n": review.contacts} if review.contacts else ""),
        (_("An appointment"), day_words(review.appointed_on)),
        (_("What was told"), str(words.CHANGES[review.change]) if review.change else ""),
        (_("Since"), day_words(review.changed_on)),
    )
    return answers(rows)


def _programme(request: Request, review: Review) -> str:
    """Whoever only sends its letter or asks the family need not know what somebody receives."""
    knows = gate.allows(request.actor, "review.renew", review)
    return programme_name(review.award.programme) if knows else ""


def _of_check(request: Request, check: Check) -> tuple[Answer, ...]:
    rows = (
        (_("Name"), _name(request, check.review)),
        (_("Village or community"), str(check.review.award.village or "")),
        (_("What it is about"), programme_name(check.review.award.programme)),
        (_("Visits so far"), _("%(n)s of 2") % {"n": check.visits} if check.visits else ""),
        (_("An appointment"), day_words(check.appointed_on)),
        (_("What is otherwise"), str(words.DIFFERENCES[check.difference]) if check.difference else ""),
    )
    return answers(rows)


def _name(request: Request, review: Review) -> str:
    return str(review.award.name.reveal(by=request.actor, reason=LOOK)) if review.award.name else ""
