"""The evaluators of the one graph, by name."""

from __future__ import annotations

from typing import cast

from chengnuo.core.rules.blocks import Blocks
from chengnuo.population.laws import Engine
from chengnuo.population.optional import load
from chengnuo.population.scalar import Scalar

ENGINES = ("blocks", "fused", "scalar", "spark")


def engine(name: str) -> Engine:
    """The evaluator's class; Spark runs blocks. Raises Trouble where what it needs is not installed."""
    if name == "scalar":
        return Scalar
    if name == "fused":
        return cast("Engine", load("chengnuo.population.fused", extra="fast").Fused)
    return Blocks
