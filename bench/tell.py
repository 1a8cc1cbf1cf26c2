"""Saying a figure: what was measured, beside the goal where there is one."""

from __future__ import annotations

MOST_SAID = 20


def figure(what: str, value: float, unit: str = "", *, goal: float | None = None, note: str = "") -> None:
    """One line; the goal is the most that is wanted. A goal that is missed is said, and nothing more happens."""
    number = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"
    verdict = "" if goal is None else f"   goal ≤ {goal:g}{unit and ' '}{unit}: {'met' if value <= goal else 'MISSED'}"
    print(f"  {what:52} {number:>10} {unit:4}{verdict}{note and '   '}{note}", flush=True)


def remark(words: str) -> None:
    print(f"  {words}", flush=True)


def planted(flaw: str, *, found: bool) -> None:
    """That a measure is not blind: what was put there to be found."""
    print(f"  planted, and {'found' if found else 'NOT FOUND'}: {flaw}", flush=True)


def verdict(found: list[str], good: str) -> None:
    """Of a rig that looks for what must never be: one line that all is well, or everything that was found, in large."""
    if not found:
        print(f"  nothing was found: {good}", flush=True)
        return
    print("\n  " + "!" * 100, flush=True)
    for what in found[:MOST_SAID]:
        print(f"  !! FOUND: {what}", flush=True)
    print(f"  !! {len(found)} findings\n  " + "!" * 100, flush=True)
