"""A claim in plain words: what the rules give for what was stated, and which stage it has reached. The same for family and officer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengnuo.benefits import queries as benefits
from chengnuo.benefits.lifecycle import ClaimStatus
from chengnuo.benefits.models import Claim
from chengnuo.cases.models import Case
from chengnuo.core.rules import Fact, Outcome, Programme
from chengnuo.core.rules.graph import DAY, TRUTH
from chengnuo.core.rules.parameters import Source
from chengnuo.core.text3 import Text3
from chengnuo.foundation.actor import Actor
from chengnuo.foundation.refused import NotHere
from chengnuo.policies.claims import claims
from chengnuo.policies.course_words import OF_EVERY_PROGRAMME
from chengnuo.policies.explaining import MARKS
from chengnuo.policies.household import NONE, facts_of
from chengnuo.policies.programmes import programmes
from chengnuo.policies.questions import NO_SUCH, questions
from chengnuo.policies.values import phrase, value
from chengnuo.web.because import HOLDS, OUTCOMES, Because
from chengnuo.web.named import Named
from chengnuo.web.words import Word, language

LOOK = "claim page"

STATUS = {
    ClaimStatus.OPEN: Word(gettext_lazy("being examined"), "calm", "clock"),
    ClaimStatus.WAITING: Word(gettext_lazy("waiting for an answer"), "plain", "pause"),
    ClaimStatus.PAUSED: Word(gettext_lazy("paused for a named reason"), "plain", "pause"),
    ClaimStatus.GRANTED: Word(gettext_lazy("granted"), "good", "tick"),
    ClaimStatus.REFUSED: Word(gettext_lazy("refused"), "bad", "cross"),
    ClaimStatus.WITHDRAWN: Word(gettext_lazy("withdrawn"), "plain", "dash"),
}
Json = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Told(Named):
    """What the rules give. `sum`: with its period, "" where nothing is due; `needs`: answers that are missing; `failed`: conditions that
    do not hold; `notes`: what a text also says, which nobody tests here; `years`: years of an entitlement and what is due in them.
    """

    name: str
    year: str
    outcome: Word
    sum: str
    needs: tuple[str, ...]
    failed: tuple[str, ...]
    reasons: tuple[Because, ...]
    notes: tuple[str, ...]
    years: tuple[tuple[str, str], ...]


def claim_in(case: Case, viewer: Actor) -> Claim | None:
    """None where the request is no claim: most services are not asked about."""
    return benefits.claim_of(viewer, case.pk) if case.promise.promise.key in claims().values() else None


def told_of(claim: Claim, viewer: Actor) -> Told:
    """The proposal that is kept with a claim, in the reader's language. An officer's look at it is recorded.

    Raises NotHere where it is gone, with its case.
    """
    if claim.proposal is None:
        raise NotHere
    told = json.loads(claim.proposal.reveal(by=viewer, reason=LOOK, of=claim.case_id))
    known, entitled = facts_by_name(claim.programme), told["outcome"] == Outcome.ENTITLED
    return Told(
        name=said(told["name"]),
        year=str(claim.year),
        outcome=OUTCOMES[Outcome(told["outcome"])],
        sum=_sum(claim.programme, told) if entitled else "",
        needs=tuple(str(known[each].label) for each in told["needs"] if each in known),
        failed=tuple(said(each["name"]) for each in told["reasons"] if each["key"] in told["failed"]),
        reasons=tuple(_because(each, known) for each in _shown(told)),
        notes=tuple(_note(each) for each in told["untested"] if entitled),
        years=tuple(_years(told)) if entitled else (),
    )


@cache
def programme_by(key: str) -> type[Programme] | None:
    """None of one that the law held here does not know any more."""
    return next((each for each in programmes() if each.words.key == key), None)


def programme_name(key: str) -> str:
    found = programme_by(key)
    return str(found.words.name) if found else key


def facts_by_name(programme: str) -> dict[str, Fact]:
    """What a programme asks, by the names under which it is kept: `person.born`."""
    found = programme_by(programme)
    entities = facts_of([found]) if found else {}
    return {str(fact): fact for by_name in entities.values() for fact in by_name.values()}


def said(texts: Json) -> str:
    """Words in three scripts, as they are kept with a claim."""
    return str(Text3(texts["zh-Hans"], texts["zh-Hant"], texts["en"]))


def fact_said(fact: Fact | None, known: object) -> str:
    """A stated fact in words."""
    if known == NONE and fact is not None:
        return str(questions().of(fact).none)
    if isinstance(known, str) and fact is not None and fact.kind == DAY:
        return date_format(date.fromisoformat(known), "DATE_FORMAT")
    return value(known, fact.kind if fact else "", language())


def stated_rows(programme: str, facts: Mapping[str, Sequence[Json]]) -> Iterator[tuple[str, str]]:
    """What somebody stated, as question and answer; also what was taken instead of asking."""
    known = facts_by_name(programme)
    for entity, members in facts.items():
        for name, stated in (one for each in members for one in each.items()):
            fact = known.get(f"{entity}.{name}")
            yield _as_asked(fact, stated) if fact else (name, fact_said(None, stated))


def _as_asked(fact: Fact, stated: object) -> tuple[str, str]:
    """What nobody is asked unless they wish it stands under its neutral name where it was taken as not applying: nobody reads in their own
    data when a child died who was never asked for one.
    """
    question = questions().of(fact)
    if question.topic and stated == NONE:
        return str(questions().topics[question.topic]), str(question.taken or NO_SUCH)
    return str(question.asks), fact_said(fact, stated)


def is_noticed(claim: Claim) -> bool:
    """Whether anything of it was ever in public: nobody objects to anything else."""
    return any(claim.at_stage(number).notice for number in range(len(claim.stages)))


def _sum(key: str, told: Json) -> str:
    """The amount with its period; of what has none, the period alone."""
    programme = programme_by(key)
    period = str(programme.words.period) if programme else ""
    if told["amount"] is None:
        return period
    return phrase("amount", language(), amount=value(told["amount"], told["unit"], language()), period=period)


def _shown(told: Json) -> Sequence[Json]:
    """The conditions that failed; where none did, all but those that go without saying."""
    failed = [each for each in told["reasons"] if each["key"] in told["failed"]]
    return failed or [each for each in told["reasons"] if each["key"] not in OF_EVERY_PROGRAMME]


def _because(reason: Json, known: Mapping[str, Fact]) -> Because:
    holds = reason["holds"]
    return Because(
        word=HOLDS[holds],
        mark=MARKS[holds],
        name=said(reason["name"]),
        facts=_("; ").join(_facts(reason["facts"], known)),
        source=_source(reason["source"]),
    )


def _facts(stated: Sequence[Json], known: Mapping[str, Fact]) -> Iterator[str]:
    """Without what the condition itself says, and without what was taken as not applying instead of asking."""
    for each in stated:
        fact = known.get(each["fact"])
        is_said = len(stated) == 1 and fact is not None and fact.kind == TRUTH
        asked = questions().of(fact) if fact else None
        if not is_said and not (asked and each["value"] == NONE and (asked.topic or asked.taken)):
            yield _("%(label)s: %(value)s") % {"label": said(each["label"]), "value": fact_said(fact, each["value"])}


def _source(source: Mapping[str, str]) -> str:
    return str(Source(source["document"], source["article"], date.fromisoformat(source["date"])))


def _note(text: Json) -> str:
    says = _(
        "This rests on the facts that may be used. The text also says “%(name)s”, which this system neither records nor tests."
    )
    return says % {"name": said(text["name"])}


def _years(told: Json) -> Iterator[tuple[str, str]]:
    for span in told["years"]:
        if span["outcome"] == Outcome.ENTITLED and span["amount"] is not None:
            key = "years_on" if span["last"] is None else "year" if span["last"] == span["first"] else "years_to"
            years = phrase(key, language(), first=span["first"], last=span["last"])
            yield years, value(span["amount"], told["unit"], language())
