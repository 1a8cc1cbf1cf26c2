"""Answers to a question that this population was not made for: of a programme that came later. Anything that may be said."""

from __future__ import annotations

from chengnuo.core.rules import Fact
from chengnuo.core.rules.graph import DAY, TRUTH, YEAR
from chengnuo.population.synth.columns import MONEY
from chengnuo.population.synth.days import day, end_of
from chengnuo.population.synth.draws import Draws
from chengnuo.population.synth.given import Given


def invented(fact: Fact, draws: Draws, year: int) -> Given:
    """Half say yes; days and years lie within ten years; money within 5,000 yuan; other numbers are small."""
    question = f"invented {fact}"
    applies = draws.chance(f"applies: {question}", 500) if fact.perhaps else None
    if fact.kind == TRUTH:
        return Given(draws.chance(question, 500), applies)
    low, high = {DAY: (day(year - 9), end_of(year)), YEAR: (year - 9, year)}.get(fact.kind, (0, 4))
    if fact.kind in MONEY:
        return Given(draws.below(question, 5000) * 100, applies)
    return Given(draws.between(question, low, high), applies)
