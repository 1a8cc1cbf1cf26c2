"""The same rules as a kernel: one loop over the households, written from the graph and compiled, identical to the fen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from chengnuo.core.rules import Asked, Parameters, Programme
from chengnuo.core.rules.blocks import Block, Prepared, Result
from chengnuo.core.rules.blocks.told import told
from chengnuo.population.fused.arguments import Told
from chengnuo.population.fused.cache import compiled
from chengnuo.population.fused.kernels import Kernel, kernel


class Fused:
    """Programmes bound to the law of one question, with the surface of `Blocks`. A kernel is made for each sort of block: with
    unknowns or without, and for the columns that it has.
    """

    def __init__(self, programmes: Iterable[type[Programme]], parameters: Parameters, asked: Asked) -> None:
        self._case = Prepared(tuple(programmes), parameters, asked)
        self.facts = self._case.facts
        self._kernels: dict[Told, Kernel] = {}

    def determine(self, block: Block) -> dict[str, Result]:
        """By the programmes' keys. Raises Unfitting, and NoValue like the scalar evaluator."""
        found = self._case.begun(block)
        beyond = self._run(self._kernel(Told.of(block, self.facts)), block, found)
        if beyond:
            told(self.facts[beyond - 1], block)  # says what is wrong with it
        self._case.refuse_what_hangs(block, found)
        return found

    def _kernel(self, shape: Told) -> Kernel:
        if shape not in self._kernels:
            self._kernels[shape] = kernel(self._case, shape)
        return self._kernels[shape]

    def _run(self, made: Kernel, block: Block, found: Mapping[str, Result]) -> int:
        given = (each.of(block, found) for each in made.arguments)
        return compiled(made.text)(*[each if isinstance(each, int) else np.ascontiguousarray(each) for each in given])
