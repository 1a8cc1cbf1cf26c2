"""The result: what somebody is entitled to first, then what is not yet decided, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chengnuo.core.rules import PLACE, Determination, Gives, Outcome
from chengnuo.policies.values import value
from chengnuo.web.entitlements.answers import ONLY
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.cards import Card, card_of
from chengnuo.web.entitlements.claiming import claims_for
from chengnuo.web.entitlements.pages import shell_with, title
from chengnuo.web.entitlements.stands import in_force_on
from chengnuo.web.pages import Page
from chengnuo.web.requests import Request
from chengnuo.web.words import language


@dataclass(frozen=True, kw_only=True)
class ResultPage(Page):
    """`total`, `most`: the money of this year in words, at least and at most, "" where there is none; `elsewhere`: programmes that
    hang on the place, which was not said; `without_number`: those that hang on a number that is not held here; `left_out`: says
    that something was, as nobody wished it.
    """

    day: str
    total: str
    most: str
    entitled: tuple[Card, ...]
    undecided: tuple[Card, ...]
    others: tuple[Card, ...]
    elsewhere: tuple[str, ...]
    without_number: tuple[str, ...]
    left_out: str
    programmes: str


def result_page(request: Request, asking: Asking) -> ResultPage:
    found, claims = counting(asking), claims_for(asking.answers)
    cards = {kind: tuple(card_of(each, asking, claims) for each in found if each.outcome is kind) for kind in Outcome}
    total, most = _total(card for kind in Outcome for card in cards[kind])
    return ResultPage(
        shell=shell_with(request, asking.answers),
        title=title(),
        day=date_format(asking.answers.today, "DATE_FORMAT"),
        total=total,
        most=most,
        entitled=cards[Outcome.ENTITLED],
        undecided=cards[Outcome.UNDECIDED],
        others=cards[Outcome.NOT_ENTITLED],
        elsewhere=tuple(dict.fromkeys(_names_that_wait_for_the_place(asking))),
        without_number=tuple(str(each.words.name) for each in asking.without_number),
        left_out=_left_out(asking),
        programmes=reverse("entitlements:programmes"),
    )


def counting(asking: Asking) -> list[Determination]:
    """Without the programmes that are not in force on this day at this place, unless they were chosen, or that wait for the place;
    money first, the most first.
    """
    chosen = ONLY in asking.answers.said
    found = [each for each in asking.found if PLACE not in each.needs and (chosen or not each.is_over)]
    kinds = list(Gives)
    return sorted(found, key=lambda each: (kinds.index(each.programme.gives), -(each.amount or 0)))


def _names_that_wait_for_the_place(asking: Asking) -> Iterator[str]:
    """Without what has ended everywhere."""
    for each in (each.programme for each in asking.found if PLACE in each.needs):
        if in_force_on(asking.answers.today, each):
            yield str(each.words.name)


def _left_out(asking: Asking) -> str:
    """Whoever named a situation of their own is not told that nobody asks about it."""
    if not asking.hidden:
        return ""
    if asking.topics:
        return _("Support for other particular situations is left out.")
    return _("Support for particular situations is left out, as nobody is asked about it by itself.")


def _total(cards: Iterable[Card]) -> tuple[str, str]:
    """The money of this year, at least and at most: each open reading may be settled by itself; "" for one sum."""
    sums = [card.sums for card in cards if any(card.sums)]
    if len(sums) < 2:  # noqa: PLR2004  # one sum is its own total
        return "", ""
    least, most = (value(sum(map(choose, sums)), "fen", language()) for choose in (min, max))
    return least, "" if least == most else most
