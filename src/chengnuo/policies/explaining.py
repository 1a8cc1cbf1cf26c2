"""A determination in plain sentences of one language: the result, every reason with its law, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from chengnuo.core.rules import FIGURE, Determination, Outcome, Reason, Step, Words
from chengnuo.core.rules.parameters import Row
from chengnuo.policies.course_words import OF_EVERY_PROGRAMME, then_told, years_told
from chengnuo.policies.outlook import Outlook
from chengnuo.policies.values import doubt, outcome, phrase, value

MARKS = {True: "✓", False: "✗", None: "?"}


def explained(found: Determination, ahead: Outlook, language: str) -> Iterator[str]:
    """Its lines: the result, then the rest, set in."""
    words = found.programme.words
    who = phrase("member", language, label=found.programme.who.label.in_language(language), number=found.member + 1)
    name = words.name.in_language(language)
    yield phrase("result", language, name=name, who=who, outcome=outcome(found, language))
    for line in _below(found, ahead, language):
        yield f"  {line}"


def paid_by(words: Words, language: str) -> str:
    """Who pays, and who does it where that is somebody else."""
    payer = words.payer.in_language(language)
    if words.provider is None:
        return phrase("payer", language, payer=payer)
    return phrase("provided", language, payer=payer, provider=words.provider.in_language(language))


def _below(found: Determination, ahead: Outlook, language: str) -> Iterator[str]:
    words = found.programme.words
    if found.outcome is Outcome.ENTITLED:
        yield paid_by(words, language)
        if found.closes is not None:
            yield phrase("closes", language, day=found.closes)
    for years, due in years_told(found, ahead.course, language):
        yield phrase("fact", language, label=years, value=due)
    if then := then_told(found, ahead.course, language):
        yield then
    if answers := [fact.label.in_language(language) for fact in found.needs if fact is not FIGURE]:
        yield phrase("needs", language, facts=phrase("comma", language).join(answers))
    if found.fails_alone:
        yield phrase("alone", language, name=found.failed[0].condition.name.in_language(language))
    if found.is_over:
        yield from (_row(row, language) for row in found.failed[0].grounds.rows if row.doubt)
        return
    shown = found.failed or tuple(reason for reason in found.reasons if reason.condition.key not in OF_EVERY_PROGRAMME)
    yield from (_reason(reason, language) for reason in shown)
    grounds = [reason.grounds for reason in shown] + ([found.calculation] if found.calculation else [])
    yield from dict.fromkeys(_step(step, language) for each in grounds for step in each.steps)
    yield from dict.fromkeys(_row(row, language) for each in grounds for row in each.rows if not row.options)
    yield from _open(found, ahead, language)
    yield from (note.in_language(language) for note in words.notes)


def _reason(reason: Reason, language: str) -> str:
    condition = reason.condition
    facts = phrase("comma", language).join(
        phrase("fact", language, label=fact.label.in_language(language), value=value(known, fact.kind, language))
        for fact, known in reason.grounds.facts
        if condition.holds.node.data is not fact  # then the condition says it
    )
    filled = {"mark": MARKS[reason.holds], "name": condition.name.in_language(language), "source": condition.source}
    return phrase("reason", language, facts=facts, **filled) if facts else phrase("bare_reason", language, **filled)


def _step(step: Step, language: str) -> str:
    said = value(step.value, step.unit, language)
    return phrase("step", language, label=step.name.in_language(language), value=said)


def _row(row: Row, language: str) -> str:
    said, label = value(row.value, row.unit, language), row.label.in_language(language)
    sure = row.certainty
    if question := doubt(row, language):
        sure = phrase("doubted", language, certainty=sure, doubt=question)
    filled = {"label": label, "value": said, "begins": row.begins, "certainty": sure, "source": row.source}
    return phrase("row", language, **filled)


def _open(found: Determination, ahead: Outlook, language: str) -> Iterator[str]:
    """What the law leaves open, and what it says besides."""
    for row in dict.fromkeys(other.question for other in ahead.otherwise):
        question, taken = row.label.in_language(language), row.options[str(row.value)].in_language(language)
        yield phrase("reading", language, question=question, option=taken)
        for other in ahead.otherwise:
            if other.question == row:
                option = row.options[other.option].in_language(language)
                yield "  " + phrase("otherwise", language, option=option, outcome=outcome(other.found, language))
    if found.outcome is Outcome.ENTITLED:
        for text in found.programme.words.untested:
            yield phrase("untested", language, name=text.name.in_language(language), source=text.source)
