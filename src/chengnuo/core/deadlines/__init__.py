"""Working days, deadlines, pauses, and how a duty stands."""

from chengnuo.core.deadlines.calendar import Calendar
from chengnuo.core.deadlines.clock import Deadline, Grace, Hours, deadline, escalation, end_of, last_day, paused
from chengnuo.core.deadlines.reading import Instants, Reading, reading
from chengnuo.core.deadlines.rules import Rule, RuleError, described, parse

__all__ = [
    "Calendar",
    "Deadline",
    "Grace",
    "Hours",
    "Instants",
    "Reading",
    "Rule",
    "RuleError",
    "deadline",
    "described",
    "escalation",
    "end_of",
    "last_day",
    "parse",
    "paused",
    "reading",
]
