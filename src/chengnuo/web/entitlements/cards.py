"""One programme for one member of the family, as pages and letters say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chengnuo.core.rules import FIGURE, Determination, Gives, Outcome
from chengnuo.core.rules.outlook import Otherwise
from chengnuo.policies.course_words import then_told, years_told
from chengnuo.policies.loader import parameters
from chengnuo.policies.outlook import outlook
from chengnuo.policies.questions import questions
from chengnuo.policies.values import amount, phrase
from chengnuo.web.because import OUTCOMES, Because
from chengnuo.web.entitlements.answers import MORE, Slot
from chengnuo.web.entitlements.asking import Asking
from chengnuo.web.entitlements.claiming import Claim, Claims, claim_of
from chengnuo.web.entitlements.pages import Press
from chengnuo.web.entitlements.reasons import (
    SURE,
    Number,
    OpenReading,
    Untested,
    numbers_of,
    readings_of,
    reasons_of,
    untested_of,
)
from chengnuo.web.entitlements.stands import spans
from chengnuo.web.named import Named
from chengnuo.web.words import Word, language


@dataclass(frozen=True, kw_only=True)
class Card(Named):
    """`key` names it among the results; `years`: years and what is due in them; `then`: what comes after, or what would change it;
    `needs`: the questions whose answers are missing; `on_paper`: what heads a letter instead
    of the name; `fails`: what does not hold, and `alone`: all else does;
    `otherwise`: what else it may come to, as open readings are settled; `sums`: this year's money in fen by every reading;
    `claims`: with what a press claims it, "" where that cannot be done here; `unasked`: a situation that nobody was asked about
    might change the result.
    """

    key: str
    name: str
    on_paper: str
    about: str
    word: Word
    sum: str
    otherwise: str
    sums: tuple[int, ...]
    years: tuple[tuple[str, str], ...]
    then: str
    closes: str
    payer: str
    provider: str
    claim: Claim | None
    claims: str
    unasked: bool
    needs: tuple[Press, ...]
    fails: str
    alone: bool
    reasons: tuple[Because, ...]
    numbers: tuple[Number, ...]
    readings: tuple[OpenReading, ...]
    untested: tuple[Untested, ...]
    notes: tuple[str, ...]
    sure: str


def card_of(found: Determination, asking: Asking, claims: Claims) -> Card:
    words, entitled = found.programme.words, found.outcome is Outcome.ENTITLED
    ahead = outlook(found, asking.household, asking.answers.asked)
    return Card(
        key=key_of(found),
        name=str(words.name),
        on_paper=str(words.on_paper or ""),
        about=_about(found, asking),
        word=OUTCOMES[found.outcome],
        sum=_sum(found),
        otherwise=_(" or ").join(dict.fromkeys(_told(found, ahead.otherwise))),
        sums=tuple(
            each.amount or 0 for each in (found, *(other.found for other in ahead.otherwise)) if _is_money(each)
        ),
        years=tuple(years_told(found, ahead.course, language())),
        then=_stands(found) if found.is_over else then_told(found, ahead.course, language()),
        closes=date_format(found.closes, "DATE_FORMAT") if entitled and isinstance(found.closes, date) else "",
        payer=str(words.payer),
        provider=str(words.provider or ""),
        claim=(claim := claim_of(found.programme, claims)),
        claims=key_of(found) if claim and claim.key and not found.is_over else "",
        unasked=asking.hangs_on_silence(found),
        needs=_needs(found, asking),
        fails=_(", ").join(str(each.condition.name) for each in found.failed),
        alone=found.fails_alone,
        reasons=reasons_of(found),
        numbers=numbers_of(found),
        readings=readings_of(ahead.otherwise),
        untested=untested_of(found),
        notes=tuple(map(str, words.notes)),
        sure=str(SURE[found.certainty]),
    )


def key_of(found: Determination) -> str:
    return f"{found.programme.words.key}.{found.member + 1}"


def _about(found: Determination, asking: Asking) -> str:
    several = asking.answers.members.get(found.programme.who.name, 0) > 1
    return _("Child %(number)s") % {"number": found.member + 1} if several else ""


def _sum(found: Determination) -> str:
    """The amount with its period; of what has none, the period alone."""
    if found.outcome is not Outcome.ENTITLED:
        return ""
    period = str(found.programme.words.period)
    due = amount(found, language())
    return phrase("amount", language(), amount=due, period=period) if due else period


def _is_money(found: Determination) -> bool:
    return found.programme.gives is Gives.MONEY and found.outcome is not Outcome.UNDECIDED


def _told(found: Determination, others: tuple[Otherwise, ...]) -> Iterator[str]:
    """What other readings come to, beside a result: of what is not yet decided, the answers are wanted first."""
    for other in (each.found for each in others):
        outcomes = {found.outcome, other.outcome}
        if Outcome.ENTITLED in outcomes and Outcome.UNDECIDED not in outcomes:
            yield amount(other, language()) or str(OUTCOMES[other.outcome])


def _stands(found: Determination) -> str:
    where = _("; ").join(spans(parameters().history(found.programme.stands)))
    return _("It is in force: %(where)s.") % {"where": where}


def _needs(found: Determination, asking: Asking) -> tuple[Press, ...]:
    """Each missing answer with the question at which it is given."""
    presses = {}
    for fact in (each for each in found.needs if each is not FIGURE):
        topic = questions().of(fact).topic
        if topic and topic not in asking.topics:
            name = MORE
        else:
            number = found.member + 1 if fact.entity == found.programme.who.name else 1
            name = str(asking.where(Slot(fact.entity, number, fact.name)))
        label = _("what you would rather not say") if name == MORE else str(fact.label)
        presses[name] = Press(label=label, value=name)
    return tuple(presses.values())
