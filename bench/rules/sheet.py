"""What was measured, as rows of a table that can be pasted into docs/reference/figures.md."""

from __future__ import annotations

from collections.abc import Sequence

MISSED, WITHOUT_POINT = ": **missed**", 100


def table(*heads: str) -> None:
    print(f"\n| {' | '.join(heads)} |\n|{' --- |' * len(heads)}", flush=True)


def row(*cells: str) -> None:
    print(f"| {' | '.join(cells)} |", flush=True)


def at_most(value: float, unit: str, goal: float | None = None) -> str:
    return said(value, unit) + (MISSED if goal is not None and value > goal else "")


def at_least(value: float, unit: str, goal: float | None = None) -> str:
    return said(value, unit) + (MISSED if goal is not None and value < goal else "")


def said(value: float, unit: str) -> str:
    """A number as it is read: three digits that count, thousands apart."""
    number = f"{value:,.0f}" if value >= WITHOUT_POINT else f"{value:.3g}"
    return f"{number}{unit}"


def span(values: Sequence[float], unit: str) -> str:
    """The least and the most of them."""
    return f"{said(min(values), unit)} to {said(max(values), unit)}"
