"""docs/reference/parameters.md: every number, hour and day that a law or an office sets, with its source."""

from __future__ import annotations

from datetime import date

from chengnuo.config.reference import markdown
from chengnuo.core.rules.parameters import UNFOUND, Content, Row
from chengnuo.policies.loader import parameters
from chengnuo.policies.values import doubt

INTRODUCTION = (
    "A value stands from its day until the next one of the same place begins. Certainty: A text read in full, B official, "
    "C secondary, D to be checked by the county's lawyer. They stand in `src/chengnuo/policies/*/parameters/*.yaml`; how to "
    "change one: [a county of your own](../how-to/set-up-a-county.md)."
)
HEADS = ("from", "value", "known since", "certainty", "source", "where")


def page() -> str:
    known = parameters()
    return markdown.page(
        "Dated parameters", INTRODUCTION, *(_section(name, known.history(name)) for name in sorted(known.names()))
    )


def _section(name: str, rows: tuple[Row, ...]) -> str:
    label = rows[0].label
    meaning = (
        f"{label.en.capitalize()} ({label.hans}), in {rows[0].unit}." if not rows[0].options else _question(rows[0])
    )
    return markdown.section(markdown.code(name), meaning, markdown.table(HEADS, map(_row, rows)))


def _question(row: Row) -> str:
    options = "; ".join(f"{markdown.code(key)} {said.en}" for key, said in row.options.items())
    return f"An open reading: {row.label.en} ({row.label.hans}) {options}."


def _row(row: Row) -> tuple[object, ...]:
    return row.begins, _said(row.value), row.known_since, sure(row), row.source, row.place or "everywhere"


def sure(row: Row) -> str:
    """The certainty, and what is still to be checked."""
    return ", ".join(filter(None, (row.certainty, doubt(row, "en"))))


def _said(value: Content | None) -> str:
    if value is None:
        return "none (repealed, or not announced)"
    if isinstance(value, tuple):
        return ", ".join(map(date.isoformat, value))
    return "stands, not found" if value is UNFOUND else str(value)
