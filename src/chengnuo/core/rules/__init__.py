"""Rules of entitlement: an expression graph that plain Python builds, the law by its days, and one household's result with reasons."""

from chengnuo.core.rules.asked import Asked
from chengnuo.core.rules.determination import Determination, Grounds, Outcome, Reason, Step
from chengnuo.core.rules.determine import Bound
from chengnuo.core.rules.errors import Miswritten
from chengnuo.core.rules.expressions import Day, Perhaps, Truth, Whole
from chengnuo.core.rules.facts import FIGURE, PLACE, Entity, Fact, Household, all_of, any_of, count_of, sum_of
from chengnuo.core.rules.operators import NOT_APPLICABLE, Rounding
from chengnuo.core.rules.parameters import NoValue, Parameters, Source
from chengnuo.core.rules.programme import (
    Condition,
    Gives,
    Programme,
    Untested,
    Words,
    met,
    roots,
)
from chengnuo.core.rules.words import (
    DECEMBER,
    JANUARY,
    NEW_YEARS_DAY,
    TODAY,
    YEAR_ASKED,
    YEARS_END,
    accrued,
    chosen,
    dated,
    dated_day,
    in_force,
    least,
    look_up,
    most,
    share,
    when,
)

__all__ = [
    "DECEMBER",
    "FIGURE",
    "JANUARY",
    "NEW_YEARS_DAY",
    "NOT_APPLICABLE",
    "PLACE",
    "TODAY",
    "YEARS_END",
    "YEAR_ASKED",
    "Asked",
    "Bound",
    "Condition",
    "Day",
    "Determination",
    "Entity",
    "Fact",
    "Gives",
    "Grounds",
    "Household",
    "Miswritten",
    "NoValue",
    "Outcome",
    "Parameters",
    "Perhaps",
    "Programme",
    "Reason",
    "Rounding",
    "Source",
    "Step",
    "Truth",
    "Untested",
    "Whole",
    "Words",
    "accrued",
    "all_of",
    "any_of",
    "chosen",
    "count_of",
    "dated",
    "dated_day",
    "in_force",
    "least",
    "look_up",
    "met",
    "most",
    "roots",
    "share",
    "sum_of",
    "when",
]
