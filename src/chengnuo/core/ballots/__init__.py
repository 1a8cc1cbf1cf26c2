"""What makes a meeting valid and a decision adopted: shares of a whole, as pure functions over what was counted."""

from chengnuo.core.ballots.quorum import Condition, Measure, Standing, standing
from chengnuo.core.ballots.shares import Share, ShareError, parse

__all__ = ["Condition", "Measure", "Share", "ShareError", "Standing", "parse", "standing"]
