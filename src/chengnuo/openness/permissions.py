"""Who may do what to a board sheet: the committee puts it up and takes it down; every officer may see how it stands, as everybody does."""

from __future__ import annotations

from chengnuo.foundation.gate import ANY, Relation, Rule
from chengnuo.openness.models import BoardSheet
from chengnuo.people.relations import OFFICE
from chengnuo.people.roles import OFFICERS, Role

COMMITTEE: dict[str, Relation] = {Role.VILLAGE_OFFICER: OFFICE}
TIME: dict[str, Relation] = {Role.SYSTEM: ANY}

RULES = [
    Rule("board_sheet.see", BoardSheet, dict.fromkeys(OFFICERS, ANY)),
    Rule("board_sheet.put_up", BoardSheet, COMMITTEE),
    Rule("board_sheet.take_down", BoardSheet, COMMITTEE),
    Rule("board_sheet.owe", BoardSheet, TIME),
    Rule("board_sheet.miss", BoardSheet, TIME),
    Rule("board_sheet.expire", BoardSheet, TIME),
    Rule("board_sheet.let_go", BoardSheet, TIME),
]
