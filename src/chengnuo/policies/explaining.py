"""A determination in plain sentences of one language: the result, every reason with its law, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from chengnuo.core.rules import Determination, Outcome, Reason, Step
from chengnuo.core.rules.outlook import Outlook
from chengnuo.core.rules.parameters import Value as Row
from chengnuo.policies.values import phrase, value

PHRASE_OF = {Outcome.ENTITLED: "entitled", Outcome.NOT_ENTITLED: "not_entitled", Outcome.UNDECIDED: "undecided"}
# said only where they fail
OF_EVERY_PROGRAMME = ("in_force", "in_time", "something_due")
MARKS = {True: "✓", False: "✗", None: "?"}


def explained(found: Determination, ahead: Outlook, language: str) -> Iterator[str]:
    """Its lines: the result, then the rest, set in."""
    words = found.programme.words
    who = phrase("member", language, label=found.programme.who.label.in_language(language), number=found.member + 1)
    name = words.name.in_language(language)
    yield phrase("result", language, name=name, who=who, outcome=outcome(found, language))
    for line in _below(found, ahead, language):
        yield f"  {line}"


def outcome(found: Determination, language: str) -> str:
    """The result in a few words, with the amount."""
    said = phrase(PHRASE_OF[found.outcome], language)
    amount = found.programme.amount
    if found.amount is None or amount is None:
        return said
    sum_ = value(found.amount, amount.node.kind, language)
    period = found.programme.words.period.in_language(language)
    return phrase("comma", language).join((said, phrase("amount", language, amount=sum_, period=period)))


def _below(found: Determination, ahead: Outlook, language: str) -> Iterator[str]:
    words = found.programme.words
    if found.outcome is Outcome.ENTITLED:
        yield phrase("payer", language, payer=words.payer.in_language(language))
        if found.closes is not None:
            yield phrase("closes", language, day=found.closes)
    if found.needs:
        facts = phrase("comma", language).join(fact.label.in_language(language) for fact in found.needs)
        yield phrase("needs", language, facts=facts)
    if len(found.failed) == 1:
        yield phrase("alone", language, name=found.failed[0].condition.name.in_language(language))
    if found.failed and found.failed[0].condition.key == "in_force":
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
    filled = {"label": label, "value": said, "begins": row.begins, "certainty": row.certainty, "source": row.source}
    return phrase("row", language, **filled)


def _open(found: Determination, ahead: Outlook, language: str) -> Iterator[str]:
    """What the law leaves open, what it says besides, and what another year would bring."""
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
    if ahead.then is not None:
        why = [reason.condition.name.in_language(language) for reason in ahead.then.failed]
        yield phrase("later", language, year=ahead.year, outcome=outcome(ahead.then, language))
        yield from (f"  ✗ {name}" for name in why)
