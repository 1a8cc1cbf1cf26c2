"""The states of a finding (something in a record that does not fit) and of a pair (two entries that may be one person)."""

from __future__ import annotations

from chengnuo.core.lifecycle import START, Lifecycle, Move, Status


class FindingStatus(Status):
    """RIGHT: it is right as it is, with a reason."""

    OPEN = "open"
    MENDED = "mended"
    RIGHT = "right"


class PairStatus(Status):
    """SAME: one person, and one of the two entries counts no longer. APART: two people."""

    OPEN = "open"
    SAME = "same"
    APART = "apart"


# kinds of duty: a record is looked at, two entries are compared
MEND_RECORD, COMPARE = "mend_record", "compare"

OPEN, MENDED, RIGHT = FindingStatus
FINDING = Lifecycle(
    "finding",
    FindingStatus,
    [
        Move("find", START >> OPEN, opens=(MEND_RECORD,)),
        Move("mend", OPEN >> MENDED, ends=(MEND_RECORD,)),
        Move("keep", OPEN >> RIGHT, ends=(MEND_RECORD,)),
    ],
)

P_OPEN, SAME, APART = PairStatus
PAIR = Lifecycle(
    "pair",
    PairStatus,
    [
        Move("find", START >> P_OPEN, opens=(COMPARE,)),
        Move("join", P_OPEN >> SAME, ends=(COMPARE,)),
        Move("part", P_OPEN >> APART, ends=(COMPARE,)),
        # whoever erred decides anew: both entries count again until then
        Move("undo", (SAME | APART) >> P_OPEN, opens=(COMPARE,)),
    ],
)
