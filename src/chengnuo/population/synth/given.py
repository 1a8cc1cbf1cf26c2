"""Answers to one question, before some of them are forgotten."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chengnuo.population.synth.draws import Truths, Whole


@dataclass(frozen=True)
class Given:
    """One row a subject: `values` are whole numbers, days since 1970 or truths; `applies`: None where it always does."""

    values: NDArray[np.int64] | NDArray[np.bool_]
    applies: Truths | None = None

    def twice(self) -> Given:
        """For both of each couple."""
        applies = None if self.applies is None else np.concatenate([self.applies, self.applies])
        return Given(np.concatenate([self.values, self.values]), applies)

    def at(self, rows: Whole | Truths) -> Given:
        return Given(self.values[rows], None if self.applies is None else self.applies[rows])
