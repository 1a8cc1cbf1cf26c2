"""What the rules give for a statement, while it is still under the pen; and where it leads whoever it refuses: nobody is turned away
because they chose the wrong name, or because nobody asked them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from chengnuo.core.rules import Outcome
from chengnuo.web.entitlements.answers import MORE, ONLY
from chengnuo.web.entitlements.asking import Asking, determined
from chengnuo.web.entitlements.cards import card_of, key_of
from chengnuo.web.entitlements.claiming import claimable_on
from chengnuo.web.entitlements.pages import Press, QuestionPage
from chengnuo.web.named import Named
from chengnuo.web.words import Word


@dataclass(frozen=True, kw_only=True)
class Given(Named):
    """`fails`: what does not hold; `unasked`: a situation that nobody was asked about might change it; `instead`: what the same
    statement gives under another name, each with what claims it.
    """

    outcome: Word | None
    sum: str
    fails: str
    entitled: bool
    unasked: bool
    instead: tuple[Press, ...]


def given_by(asking: Asking) -> Given:
    found = asking.found[0] if asking.found else None
    card = card_of(found, asking, {}) if found else None
    entitled = found is not None and found.outcome is Outcome.ENTITLED
    return Given(
        outcome=card.word if card else None,
        sum=card.sum if card else "",
        fails=card.fails if card else "",
        entitled=entitled,
        unasked=bool(card and card.unasked),
        instead=() if entitled else tuple(_instead(asking)),
    )


def asked_for_a_claim(page: QuestionPage) -> QuestionPage:
    """The calculator keeps nothing; a claim does, and says so before anybody speaks of a loss."""
    if page.at != MORE:
        return page
    why = _(
        "We do not ask about this unless you wish it. What you state is kept sealed with this claim, and with nothing else."
    )
    return replace(page, why=why)


def _instead(asking: Asking) -> Iterator[Press]:
    for key, programme in claimable_on(asking.answers.today).items():
        if key == asking.answers.said.get(ONLY):
            continue
        for each in determined(programme, asking.household, asking.answers.asked) or ():
            if each.outcome is Outcome.ENTITLED:
                yield Press(label=str(programme.words.name), value=key_of(each))
