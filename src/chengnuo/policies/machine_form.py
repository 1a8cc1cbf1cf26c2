"""A determination as JSON can carry it: `docs/reference/determination.schema.json` says what each key means."""

from __future__ import annotations

from datetime import date
from typing import Any

from chengnuo.core.rules import NOT_APPLICABLE, Determination, Fact, Grounds, Outcome
from chengnuo.core.rules.parameters import UNFOUND, Row, Source
from chengnuo.core.text3 import Text3
from chengnuo.policies.course import Course
from chengnuo.policies.outlook import Outlook


def data(found: Determination, ahead: Outlook) -> dict[str, Any]:
    words, amount = found.programme.words, found.programme.amount
    return {
        "programme": words.key,
        "name": _texts(words.name),
        "who": {"entity": found.programme.who.name, "number": found.member + 1},
        "gives": found.programme.gives.value,
        "payer": _texts(words.payer),
        "provider": _texts(words.provider or words.payer),
        "outcome": found.outcome.value,
        "amount": found.amount,
        "unit": None if amount is None else amount.node.kind,
        "claim_by": _closes(found),
        "certainty": found.certainty,
        "needs": [str(fact) for fact in found.needs],
        "failed": [reason.condition.key for reason in found.failed],
        "reasons": [
            {
                "key": reason.condition.key,
                "name": _texts(reason.condition.name),
                "holds": reason.holds,
                "source": _source(reason.condition.source),
                **_grounds(reason.grounds),
            }
            for reason in found.reasons
        ],
        "calculation": _grounds(found.calculation) if found.calculation else None,
        "untested": [{"name": _texts(text.name), "source": _source(text.source)} for text in words.untested],
        "otherwise": [
            {
                "question": other.question.name,
                "taken": other.question.value,
                "option": other.option,
                "outcome": other.found.outcome.value,
                "amount": other.found.amount,
            }
            for other in ahead.otherwise
        ],
        "years": _years(ahead.course),
        "ends": ahead.course.ends and [reason.condition.key for reason in ahead.course.ends.failed],
    }


def plain(known: object) -> Any:
    """A value as JSON has it: a day as text, what does not apply as "none", what is unknown or was not found as null."""
    if isinstance(known, date):
        return known.isoformat()
    return "none" if known is NOT_APPLICABLE else None if known is UNFOUND else known


def _closes(found: Determination) -> Any:
    return None if found.outcome is Outcome.NOT_ENTITLED else plain(found.closes)


def _years(course: Course) -> list[dict[str, Any]]:
    return [
        {
            "first": span.first,
            "last": span.last,
            "outcome": span.found.outcome.value,
            "amount": span.found.amount,
            "claim_from": plain(span.opens),
            "claim_by": _closes(span.found),
        }
        for span in course.spans
    ]


def _grounds(grounds: Grounds) -> dict[str, Any]:
    return {
        "facts": [_fact(fact, known) for fact, known in grounds.facts],
        "steps": [{"name": _texts(step.name), "unit": step.unit, "value": plain(step.value)} for step in grounds.steps],
        "law": [_row(row) for row in grounds.rows],
    }


def _fact(fact: Fact, known: object) -> dict[str, Any]:
    return {"fact": str(fact), "label": _texts(fact.label), "value": plain(known)}


def _row(row: Row) -> dict[str, Any]:
    return {
        "parameter": row.name,
        "value": plain(row.value),
        "unit": row.unit,
        "from": row.begins.isoformat(),
        "known_since": row.known_since.isoformat(),
        "certainty": row.certainty,
        "doubt": row.doubt or None,
        "place": row.place,
        "source": _source(row.source),
    }


def _source(source: Source) -> dict[str, str]:
    return {"document": source.document, "article": source.article, "date": source.date.isoformat()}


def _texts(text: Text3) -> dict[str, str]:
    return {"zh-Hans": text.hans, "zh-Hant": text.hant, "en": text.en}
