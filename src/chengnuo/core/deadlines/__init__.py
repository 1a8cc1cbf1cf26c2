"""Working days, deadlines, pauses, escalation, and how a duty stands."""

from chengnuo.core.deadlines.calendar import Calendar
from chengnuo.core.deadlines.clock import Deadline, Grace, Hours, deadline, end_of, last_day, received_on
from chengnuo.core.deadlines.escalation import escalation
from chengnuo.core.deadlines.pauses import Pause, paused, shifted
from chengnuo.core.deadlines.reading import Instants, Reading, reading
from chengnuo.core.deadlines.rules import (
    AtOnce,
    By,
    CalendarDays,
    Every,
    Rule,
    RuleError,
    WorkingDays,
    described,
    parse,
)

__all__ = [
    "AtOnce",
    "By",
    "Calendar",
    "CalendarDays",
    "Deadline",
    "Every",
    "Grace",
    "Hours",
    "Instants",
    "Pause",
    "Reading",
    "Rule",
    "RuleError",
    "WorkingDays",
    "deadline",
    "described",
    "end_of",
    "escalation",
    "last_day",
    "parse",
    "paused",
    "reading",
    "received_on",
    "shifted",
]
