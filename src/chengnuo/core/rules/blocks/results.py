"""What comes out of a block."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

NOT_ENTITLED, ENTITLED, UNDECIDED = range(3)


class Result(NamedTuple):
    """Of a programme, one row a member whom it is about (of a household's one a household), in the order of the block.

    `outcome`: 0 not entitled, 1 entitled, 2 undecided; `amount`: fen, days or marks, nought unless entitled to one.
    """

    outcome: npt.NDArray[np.uint8]
    amount: npt.NDArray[np.int64]

    @classmethod
    def nothing(cls, rows: int) -> Result:
        return cls(np.zeros(rows, np.uint8), np.zeros(rows, np.int64))

    def part(self, begin: int, end: int) -> Result:
        """Some rows, to be written into."""
        return Result(self.outcome[begin:end], self.amount[begin:end])
