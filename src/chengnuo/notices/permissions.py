"""Who may do what to a notice: its own office publishes, hangs and takes down; whoever stands above may recall it as well.

Nobody puts a line into a notice by hand: lines come from claims, through the system.
"""

from __future__ import annotations

from chengnuo.foundation.gate import ANY, Cell, Relation, Rule
from chengnuo.notices.models import Notice
from chengnuo.people.relations import OFFICE, SEERS
from chengnuo.people.roles import OFFICERS, Role

OWN: dict[str, Relation] = dict.fromkeys(OFFICERS, OFFICE)
FRESHLY: dict[str, Cell] = dict.fromkeys(OFFICERS, OFFICE.freshly())
TIME: dict[str, Relation] = {Role.SYSTEM: ANY}

RULES = [
    Rule("notice.see", Notice, SEERS),
    Rule("notice.publish", Notice, FRESHLY),
    Rule("notice.hang", Notice, OWN),
    Rule("notice.recall", Notice, SEERS | TIME),
    Rule("notice.take_down", Notice, OWN),
    Rule("notice.put", Notice, TIME),
    Rule("notice.take_out", Notice, TIME),
    Rule("notice.expire", Notice, TIME),
    Rule("notice.miss", Notice, TIME),
    Rule("notice.let_go", Notice, TIME),
]
