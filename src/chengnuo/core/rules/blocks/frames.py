"""For whom a line is worked out: households, members of one sort, or pairs of members of several."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from chengnuo.core.rules.blocks.cells import Whole
from chengnuo.core.rules.blocks.columns import Block
from chengnuo.core.rules.blocks.plan import Frame


class Rows:
    """The rows of a frame: for each household every choice of one member of each of its entities, the last changing fastest.

    `offsets`: where the rows of each household begin, and the end.
    """

    def __init__(self, block: Block, frame: Frame) -> None:
        self.frame, self.block = frame, block
        self._sizes = {entity: np.diff(block.members(entity)) for entity in frame}
        each = np.ones(block.households, np.int64)
        for sizes in self._sizes.values():
            each = each * sizes
        self.offsets = block.members(frame[0]) if len(frame) == 1 else np.concatenate([[0], np.cumsum(each)])

    def __len__(self) -> int:
        return int(self.offsets[-1])

    @cached_property
    def households(self) -> Whole:
        """The household of each row."""
        return np.repeat(np.arange(self.block.households), np.diff(self.offsets))

    @cached_property
    def members(self) -> dict[str, Whole]:
        """Which member of its household each row is about, counted from 0."""
        left = np.arange(len(self)) - self.offsets[self.households]
        found = {}
        for entity in reversed(self.frame):
            sizes = self._sizes[entity][self.households]
            found[entity], left = left % sizes, left // sizes
        return found

    def among(self, other: Rows) -> Whole:
        """For each of these rows the row of a frame with fewer entities."""
        if not other.frame:
            return self.households
        within = np.zeros(len(self), np.int64)
        for entity in other.frame:
            within = within * self._sizes[entity][self.households] + self.members[entity]
        return other.offsets[self.households] + within
