"""The same rules for many households at once, in NumPy: identical to the scalar evaluator to the fen."""

from chengnuo.core.rules.blocks.columns import Block, Column
from chengnuo.core.rules.blocks.determine import Blocks
from chengnuo.core.rules.blocks.errors import Unfitting
from chengnuo.core.rules.blocks.families import household_of, households
from chengnuo.core.rules.blocks.prepared import Prepared
from chengnuo.core.rules.blocks.results import ENTITLED, NOT_ENTITLED, UNDECIDED, Result

__all__ = [
    "ENTITLED",
    "NOT_ENTITLED",
    "UNDECIDED",
    "Block",
    "Blocks",
    "Column",
    "Prepared",
    "Result",
    "Unfitting",
    "household_of",
    "households",
]
