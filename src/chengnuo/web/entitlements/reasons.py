"""Why: every condition with its law, the numbers of law, and what the texts leave open, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from chengnuo.core.rules import NOT_APPLICABLE, Determination, Fact, Outcome, Reason
from chengnuo.core.rules.operators import Value
from chengnuo.core.rules.outlook import Otherwise
from chengnuo.core.rules.parameters import Row
from chengnuo.policies.course_words import OF_EVERY_PROGRAMME
from chengnuo.policies.explaining import MARKS
from chengnuo.policies.questions import questions
from chengnuo.policies.values import doubt, outcome, value
from chengnuo.web.because import HOLDS, Because
from chengnuo.web.named import Named
from chengnuo.web.words import language

TO_CHECK = "D"
SURE = {
    "A": gettext_lazy("read in the text itself"),
    "B": gettext_lazy("from an official source"),
    "C": gettext_lazy("from a secondary source"),
    TO_CHECK: gettext_lazy("still to be checked"),
}


@dataclass(frozen=True, kw_only=True)
class Number(Named):
    """A number of law: since when, how sure, and from which text."""

    label: str
    value: str
    begins: str
    sure: str
    source: str


@dataclass(frozen=True, kw_only=True)
class OpenReading(Named):
    """What the texts leave open. `others`: another reading, and what it would give."""

    question: str
    taken: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Untested(Named):
    name: str
    source: str


def reasons_of(found: Determination) -> tuple[Because, ...]:
    """Those that failed; where none did, all but those that every programme has, and that rest on nothing that was asked."""
    return tuple(map(_because, shown(found)))


def shown(found: Determination) -> tuple[Reason, ...]:
    return found.failed or tuple(
        each
        for each in found.reasons
        if each.condition.key not in OF_EVERY_PROGRAMME and not all(map(_is_unasked, each.grounds.facts))
    )


def numbers_of(found: Determination) -> tuple[Number, ...]:
    grounds = [each.grounds for each in shown(found)] + ([found.calculation] if found.calculation else [])
    rows = dict.fromkeys(row for each in grounds for row in each.rows if not row.options)
    return tuple(map(_number, rows))


def readings_of(others: tuple[Otherwise, ...]) -> tuple[OpenReading, ...]:
    return tuple(_reading(row, others) for row in dict.fromkeys(each.question for each in others))


def untested_of(found: Determination) -> tuple[Untested, ...]:
    if found.outcome is not Outcome.ENTITLED:
        return ()
    return tuple(Untested(name=str(each.name), source=str(each.source)) for each in found.programme.words.untested)


def _because(reason: Reason) -> Because:
    return Because(
        word=HOLDS[reason.holds],
        mark=MARKS[reason.holds],
        name=str(reason.condition.name),
        facts="; ".join(_facts(reason)),
        source=str(reason.condition.source),
    )


def _facts(reason: Reason) -> Iterator[str]:
    for fact, known in reason.grounds.facts:
        if reason.condition.holds.node.data is not fact and not _is_unasked(
            (fact, known)
        ):  # else the condition says it
            none = known is NOT_APPLICABLE
            yield f"{fact.label}: {questions().of(fact).none if none else value(known, fact.kind, language())}"


def _is_unasked(one: tuple[Fact, Value]) -> bool:
    """What was taken as not applying instead of asking is said once, where answers are checked: not in every reason anew."""
    fact, known = one
    question = questions().of(fact)
    return known is NOT_APPLICABLE and bool(question.topic or question.taken)


def _number(row: Row) -> Number:
    return Number(
        label=str(row.label),
        value=value(row.value, row.unit, language()),
        begins=date_format(row.begins, "DATE_FORMAT"),
        sure=_sure(row),
        source=str(row.source),
    )


def _sure(row: Row) -> str:
    """How sure, and what is still to be checked."""
    question = doubt(row, language())
    if not question:
        return str(SURE[row.certainty])
    return question if row.certainty == TO_CHECK else f"{SURE[row.certainty]}; {question}"


def _reading(row: Row, others: tuple[Otherwise, ...]) -> OpenReading:
    found = [each for each in others if each.question == row]
    return OpenReading(
        question=str(row.label),
        taken=str(row.options[str(row.value)]),
        others=tuple((str(row.options[each.option]), outcome(each.found, language())) for each in found),
    )
