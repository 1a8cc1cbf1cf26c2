"""docs/reference/states.md: every table of moves, with its picture."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps

from chengnuo.config.reference import markdown
from chengnuo.core.deadlines import Reading
from chengnuo.core.lifecycle import Lifecycle, Move
from chengnuo.foundation.gate import gate
from chengnuo.foundation.models.noun import Noun

INTRODUCTION = (
    "Whatever has states has one table of moves (`lifecycle.py` of its application). Only the mover in "
    "`foundation/acts.py` writes a status, and it obeys these tables; the pages ask them which buttons to show."
)
DUTY_TEXT = (
    "A duty has no status. It stores instants, and how it stands is read from them against now "
    "(`core/deadlines/reading.py`), so that time never writes a row and a sleeping worker never makes an office look good. "
    "An instant that is reached exactly still counts as in time."
)
READINGS = {
    Reading.ON_TIME: "not ended, and not yet due",
    Reading.PAUSED: "not ended, not broken, and the clock stands still for a named reason",
    Reading.LATE: "not ended, past its due, not yet broken",
    Reading.BROKEN: "not ended, past the grace that follows the due",
    Reading.KEPT: "ended by its due",
    Reading.KEPT_LATE: "ended after its due and before it was broken",
    Reading.ENDED_BROKEN: "ended or discharged after it was broken: broken is for ever",
    Reading.DISCHARGED: "no longer owed, before it was broken: withdrawn by the family, or discharged by the office above",
}


def lifecycles() -> Iterator[Lifecycle]:
    """Every table there is, by the name of its noun."""
    nouns = {model.kind: model.lifecycle for model in apps.get_models() if issubclass(model, Noun)}
    yield from (nouns[kind] for kind in sorted(nouns))


def page() -> str:
    readings = markdown.table(("reading", "when"), ((markdown.code(r.value), READINGS[r]) for r in Reading))
    return markdown.page(
        "States and moves",
        INTRODUCTION,
        *(_section(lifecycle) for lifecycle in lifecycles()),
        markdown.section("How a duty stands", DUTY_TEXT, readings),
    )


def _section(lifecycle: Lifecycle) -> str:
    heads = ("move", "from", "to", "not unless", "duties", "who")
    rows = (_row(lifecycle.noun, move) for move in lifecycle)
    picture = f"```mermaid\n{lifecycle.diagram()}\n```"
    return markdown.section(lifecycle.noun.capitalize(), picture, markdown.table(heads, rows))


def _row(noun: str, move: Move) -> tuple[str, ...]:
    sources = ", ".join(sorted(move.passage.sources)) or "(new)"
    return (
        markdown.code(move.name),
        sources,
        move.passage.target or "(stays)",
        ", ".join(markdown.spoken(guard.name) for guard in move.guards),
        "; ".join(_duties(move)),
        _who(f"{noun}.{move.name}"),
    )


def _duties(move: Move) -> Iterator[str]:
    for verb in ("opens", "ends", "pauses", "resumes", "discharges", "breaks"):
        if kinds := getattr(move, verb):
            yield f"{verb} {', '.join(kinds)}"


def _who(action: str) -> str:
    """Who may, where the move is an action of its own; a move inside another act has no line in the gate."""
    rule = gate.rules.get(action)
    return ", ".join(markdown.spoken(role) for role in rule.cells) if rule else "(part of another act)"
