"""The claim of one programme on paper: its questions with boxes, who claims, the declaration, and where it is handed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chengnuo.core.instants import local_date
from chengnuo.core.rules import Fact, Programme
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.foundation.refused import NotHere
from chengnuo.policies.bank_files import bank_files
from chengnuo.policies.questions import questions
from chengnuo.policies.stages import CHILD, is_guarded
from chengnuo.promises.models import PromiseVersion
from chengnuo.web.casework.asking import consents_asked
from chengnuo.web.casework.papers import made
from chengnuo.web.claims.claimed import CLAIM
from chengnuo.web.entitlements.claiming import claimable_on, offered_on
from chengnuo.web.entitlements.facts import facts_asked_by, named_with
from chengnuo.web.entitlements.forms import grades_of
from chengnuo.web.entitlements.views import kept_nowhere
from chengnuo.web.public.catalogue import who_answers
from chengnuo.web.requests import Request
from chengnuo.web.square import square_of

ALL_OF_IT = 18  # characters of an identity number


@require_POST
@kept_nowhere
def blank(request: Request) -> HttpResponse:
    """The blank form of the programme that the button names; the same for everybody. Raises NotHere."""
    programme = claimable_on(local_date(request.at)).get(request.POST.get(CLAIM, ""))
    if programme is None:
        raise NotHere
    headers = {"Content-Disposition": 'inline; filename="form.pdf"'}
    return HttpResponse(blank_form(programme, at=request.at), content_type="application/pdf", headers=headers)


def blank_form(programme: type[Programme], *, at: datetime) -> bytes:
    """One or two pages A4, as PDF/A, in the reader's language."""
    version = offered_on(local_date(at))[programme.words.key]
    return made("claim.typ", said_on_form(programme, version, local_date(at).year), at)


def said_on_form(programme: type[Programme], version: PromiseVersion, year: int) -> dict[str, Any]:
    words, address = programme.words, settings.PUBLIC_ADDRESS + reverse("entitlements:calculate")
    return {
        "kind": _("Claim form"),
        "heading": str(words.on_paper or words.name),
        "facts": [
            *([{"label": _("Programme"), "value": str(words.name)}] if words.on_paper else []),
            {"label": _("For the year"), "value": str(year)},
            {"label": _("Who pays"), "value": str(words.payer)},
        ],
        "questions_label": _("What you state"),
        "questions_hint": _("Tick or write. If you do not know something, tick that: you may claim all the same."),
        "questions": [_question(fact) for fact in _asked(programme)],
        "taken": _("; ").join(str(asked.taken) for fact in _all(programme) if (asked := questions().of(fact)).taken),
        "taken_label": _("What is taken as so, unless you write otherwise:"),
        "who_label": _("Who claims"),
        "lines": [
            _("Your name, as it stands on the identity card"),
            _("Township"),
            _("Village or community"),
            _("Telephone (may stay empty)"),
        ],
        "numbers": list(_numbers(programme)),
        "consents_label": _("What may we use the number for? Tick what you want; each is your choice."),
        "consents": [str(label) for _purpose, label in consents_asked()],
        "never": _(
            "Never asked here, and without any weight: pregnancy, examinations, which method anybody uses, what was once called a "
            "violation, and whether a child's parents are married. Leave such things out."
        ),
        "declares": _("What I stated is true, as far as I know. My written word stands in the place of proofs."),
        "sign": _("Signature or thumbprint, and the day"),
        "officer": _("Filled in by the officer: number of the request, post, day"),
        "hand_in_label": _("Where to hand it in"),
        "hand_in": _where(programme, version),
        "address": address,
        "qr": square_of(address).svg,
        "calculator": _("To reckon it first, without a name: open this page."),
        "cover": _cover(version) if is_guarded(programme) else None,
    }


def _cover(version: PromiseVersion) -> dict[str, Any]:
    """The cover of the envelope: the office and one neutral label, and neither a programme nor a name."""
    return {
        "cut": _("Cut out, and glue it on a closed envelope. Nothing on it tells what is inside."),
        "to_label": _("To be opened only by"),
        "office": who_answers(version),
        "label": str(bank_files().label),
        "closed": _("Hand on unopened."),
        "lines": [_("Taken in closed by: office, post"), _("Day"), _("Handed on closed by"), _("Day")],
        "how_label": _("How it goes"),
        "how": [
            _("Any counter of a village, township or the county takes it in and hands it on within the day, closed."),
            _("The counter writes nothing down but that an envelope came. It asks for no name."),
            _("The county's officer opens it, enters the claim, and is named as the one who helped."),
            _("The receipt comes to you in a closed envelope, or at the telephone that you wrote down."),
        ],
    }


def _all(programme: type[Programme]) -> list[Fact]:
    """What it asks, in the order in which people are asked."""
    order = list(questions().by_fact)
    found = [fact for by_name in facts_asked_by(programme).values() for fact in by_name.values()]
    return sorted(found, key=lambda fact: order.index(str(fact)) if str(fact) in order else len(order))


def _asked(programme: type[Programme]) -> Iterator[Fact]:
    """Without what nobody is asked by itself, unless the programme is for just that."""
    for fact in _all(programme):
        question = questions().of(fact)
        if question.topic in named_with(programme) or not (question.topic or question.taken):
            yield fact


def _question(fact: Fact) -> dict[str, Any]:
    """`parts`: the blanks of a line, each with what stands behind it; `boxes`: what can be ticked."""
    question = questions().of(fact)
    boxes = [_("Yes"), _("No")] if fact.kind == TRUTH else []
    boxes += list(grades_of(fact).values()) if fact.kind == "grade" else []
    none = [str(question.none)] if fact.perhaps else []
    return {
        "asks": str(question.asks),
        "hint": str(question.hint),
        "parts": [] if boxes else [_("year"), _("month"), _("day")] if fact.kind == DAY else [""],
        "boxes": [*boxes, *none, _("I do not know")],
    }


def _numbers(programme: type[Programme]) -> Iterator[dict[str, Any]]:
    yield {"label": _("Your identity number"), "count": ALL_OF_IT}
    if programme.who.name == CHILD:
        yield {"label": _("The child's identity number"), "count": ALL_OF_IT}


def _where(programme: type[Programme], version: PromiseVersion) -> str:
    if not is_guarded(programme):
        return _("At any counter. You get a receipt with a code at once, and the name of who answers for it.")
    return _(
        "In a closed envelope, at any counter or by post, to: %(office)s. Only who works on the claim there opens it; nobody in the "
        "village sees it, and no notice is hung up. The receipt comes back in a closed envelope too."
    ) % {"office": who_answers(version)}
