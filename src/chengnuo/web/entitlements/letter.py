"""One programme's result as a letter of one page: to keep, to show at a counter, to hand to whoever helps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chengnuo.foundation.refused import NotHere
from chengnuo.web.casework.papers import made
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.cards import Card, card_of, key_of
from chengnuo.web.entitlements.claiming import claims_for
from chengnuo.web.entitlements.hurry import LETTER, unhurried
from chengnuo.web.entitlements.results import counting
from chengnuo.web.entitlements.views import kept_nowhere, read_answers
from chengnuo.web.requests import Request


@require_POST
@kept_nowhere
@unhurried
def letter(request: Request) -> HttpResponse:
    """The result that the button names. Raises NotHere where these answers have none of that name."""
    answers, _whole = read_answers(request)
    asking = Asking(answers)
    found = next((each for each in counting(asking) if key_of(each) == request.POST.get(LETTER)), None)
    if found is None:
        raise NotHere
    card = card_of(found, asking, claims_for(answers))
    paper = made("entitlement.typ", said_on_letter(card, date_format(answers.today, "DATE_FORMAT")), request.at)
    headers = {"Content-Disposition": 'attachment; filename="letter.pdf"'}
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def said_on_letter(card: Card, day: str) -> dict[str, Any]:
    """What the letter says. It names nobody."""
    return {
        "kind": _("What the rules give, as of %(day)s") % {"day": day},
        "heading": _(", ").join(filter(None, (card.on_paper or card.name, card.about))),
        "result": _(", ").join(filter(None, (str(card.word), card.sum))),
        "facts": [{"label": label, "value": value} for label, value in _facts(card) if value],
        "reasons_label": _("Why"),
        "reasons": [
            {"mark": each.mark, "name": each.name, "facts": each.facts, "source": each.source} for each in card.reasons
        ],
        "numbers_label": _("The numbers of law"),
        "numbers": [{"says": _number(each), "source": each.source} for each in card.numbers],
        "besides_label": _("To be known besides"),
        "besides": list(_besides(card)),
        "no_decision": _(
            "This was reckoned from answers that somebody gave without a name; nothing of it was kept. It is no decision: the office"
            " decides, and has to give its reasons in writing."
        ),
    }


def _facts(card: Card) -> Iterator[tuple[str, str]]:
    yield _("Programme"), card.name if card.on_paper else ""
    yield _("As the place settles what the texts leave open"), card.otherwise
    yield from card.years
    yield _("Claim by"), card.closes
    yield _("Who pays"), card.payer
    yield _("Who does it"), card.provider
    yield _("Still to be known:"), "; ".join(each.label for each in card.needs)
    yield _("Only this does not hold:") if card.alone else _("This does not hold:"), card.fails
    if card.claim:
        yield _("Where to claim"), f"{card.claim.title}: {card.claim.office}"
        yield _("What to bring"), "; ".join(f"{each.name} ({each.instead.rstrip('.。')})" for each in card.claim.bring)


def _number(number: Any) -> str:
    said = {"label": number.label, "value": number.value, "begins": number.begins, "sure": number.sure}
    return _("%(label)s: %(value)s, in force since %(begins)s (%(sure)s)") % said


def _besides(card: Card) -> Iterator[str]:
    if card.then:
        yield card.then
    for each in card.untested:
        name = {"name": each.name}
        yield (
            _(
                "This rests on the facts that may be used. The text also says “%(name)s”, which this system neither records nor tests."
            )
            % name
        )
    for reading in card.readings:
        said = {"question": reading.question, "taken": reading.taken}
        others = [_("If it were “%(option)s”: %(outcome)s") % {"option": o, "outcome": r} for o, r in reading.others]
        yield " ".join([_("The texts leave open: %(question)s Taken here: %(taken)s.") % said, *others])
    yield from card.notes
