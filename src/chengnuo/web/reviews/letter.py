"""The letter of one review: neutral on the outside, a code, what is held, and the form to be sent back. One at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengnuo.foundation.sealed import looked
from chengnuo.reviews import queries
from chengnuo.reviews.codes import code_of
from chengnuo.reviews.models import Review
from chengnuo.web.casework.papers import made
from chengnuo.web.requests import Request
from chengnuo.web.reviews import words
from chengnuo.web.square import square_of
from chengnuo.web.words import day_words

GROUP = 4
LOOK = "letter of a review printed"


@require_GET
def letter(request: Request, review: UUID) -> HttpResponse:
    found = queries.review(request.actor, review, action="review.print")
    # the code that it carries opens the family's page: each print is kept like a look
    looked(by=request.actor, label="reviews.review.letter", row=str(found.pk), reason=LOOK)
    headers = {"Content-Disposition": 'inline; filename="letter.pdf"', "Cache-Control": "no-store"}
    paper = made("review.typ", said_in_letter(found), request.at)
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def said_in_letter(review: Review) -> dict[str, Any]:
    """It names no programme and no person: whoever opens it by mistake learns that somebody is asked a question."""
    code, address = code_of(review.pk), settings.PUBLIC_ADDRESS + reverse("reviews:door")
    return {
        "heading": _("One question a year"),
        "kind": _("Public support, %(year)s") % {"year": review.campaign.year},
        "says": _(
            "Has anything changed? If not, one word is enough, and everything goes on. If you do not answer, it goes on too."
        ),
        "facts": [
            {"label": _("Answers until"), "value": day_words(review.campaign.answer_until)},
            {"label": _("Whom to ask"), "value": f"{review.award.office} {review.award.office.telephone}"},
        ],
        "code_label": _("Your code"),
        "code": " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP)),
        "keep": _("Whoever has this code can answer for you: show it to nobody you do not trust."),
        "web": _(
            "With a telephone: open this page and type the code. With the receipt code of the claim also what is held of you."
        ),
        "paper_label": _("Or on this paper, at any counter or by post"),
        "boxes": [
            _("Nothing has changed."),
            *map(str, words.ENDS.values()),
            _("Something else that I was asked for is otherwise. Please call me on this number:"),
        ],
        "since": _("Since which day (only where something has changed)"),
        "never": _("Never asked: births, pregnancy, examinations. Two contacts at most, by appointment."),
        "sign": _("Signature or thumbprint, and the day"),
        "officer": _("Filled in by the officer: post, day"),
        "address": address,
        "qr": square_of(address).svg,
    }
