"""A population of a given size: edge cases first, then plausible families, one piece after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from chengnuo.population.synth.block import Block, made_up
from chengnuo.population.synth.edges.told import edges, told
from chengnuo.population.synth.families import persons_in_100_households
from chengnuo.population.synth.forgetting import forgotten

HOUSEHOLDS_A_PIECE = 50_000
ENOUGH = 10_000  # persons; a smaller population would hold little but edge cases


@dataclass(frozen=True)
class Wanted:
    """`persons`: how many, exactly; `year`: at whose end they stand in the register; `unknown`: per cent of answers that are missing."""

    persons: int
    seed: int = 1
    year: int = 2026
    unknown: int = 0

    @property
    def told(self) -> dict[str, str]:
        return {name: str(value) for name, value in vars(self).items()}


def population(wanted: Wanted, piece: int = HOUSEHOLDS_A_PIECE) -> Iterator[Block]:
    """The same households whatever the size of the pieces."""
    missing, number = wanted.persons, 1
    if missing >= ENOUGH:
        odd = told(edges(wanted.year), number)
        missing, number = missing - len(odd.child), number + len(odd.sizes)
        yield odd
    about = wanted.persons * 100 // persons_in_100_households()
    while missing > 0:
        numbers = np.arange(number, number + piece, dtype=np.int64)
        whole = made_up(wanted.seed, numbers, about, wanted.year)
        block = forgotten(whole, wanted.seed, wanted.unknown).first(missing)
        missing -= len(block.child)
        number += piece
        yield block
