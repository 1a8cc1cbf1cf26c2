"""Who may do what in the register: whoever sits where somebody lives, and at the county the office that keeps it."""

from __future__ import annotations

from django.db.models import Exists, Q

from chengnuo.foundation.actor import Actor, Hat
from chengnuo.foundation.gate import ANY, NOTHING, Relation, Rule
from chengnuo.people import relations
from chengnuo.people.models import Office
from chengnuo.people.relations import HEAD, HOLDER, OFFICE
from chengnuo.people.roles import OFFICERS, Role
from chengnuo.policies.registers import registers
from chengnuo.registers.models import Finding, Pair, Resident


def _keeps(_actor: Actor, hat: Hat) -> Q:
    keeper = Office.objects.filter(key=registers().keeper)
    return Q(Exists(keeper.filter(pk=hat.office))) if hat.office else NOTHING


LIVES_IN = Relation(
    "lives in their village", "they live in the officer's village", lambda _actor, hat: Q(village=hat.place)
)
LIVES_BELOW = Relation(
    "lives in their township", "they live in the officer's township", lambda _actor, hat: Q(township=hat.place)
)
KEEPS = Relation("keeps the register", "their office keeps the register of the county", _keeps)
TIME: dict[str, Relation] = {Role.SYSTEM: ANY}
COUNTY: tuple[str, ...] = (Role.COUNTY_OFFICER, Role.COUNTY_APPROVER)
SEERS: dict[str, Relation] = {
    Role.VILLAGE_OFFICER: LIVES_IN,
    Role.TOWNSHIP_OFFICER: LIVES_BELOW,
    Role.TOWNSHIP_HEAD: LIVES_BELOW,
    **dict.fromkeys(COUNTY, KEEPS),
}
# who stands above sees what is owed; whoever holds it, or heads the office, looks at it
OWED: dict[str, Relation] = {role: seer | HOLDER for role, seer in relations.SEERS.items()}
MENDERS: dict[str, Relation] = dict.fromkeys(OFFICERS, HOLDER | HEAD)
KEEPERS: dict[str, Relation] = dict.fromkeys(COUNTY, OFFICE)

RULES = [
    Rule("resident.see", Resident, SEERS),
    Rule("resident.put_right", Resident, {role: seer for role, seer in SEERS.items() if role != Role.VILLAGE_OFFICER}),
    # whom a letter or a check of everybody is about: no person reads the register that way
    Rule("resident.reach", Resident, TIME),
    Rule("finding.find", Finding, TIME),
    Rule("finding.see", Finding, OWED),
    Rule("finding.mend", Finding, MENDERS),
    Rule("finding.keep", Finding, MENDERS),
    Rule("pair.find", Pair, TIME),
    Rule("pair.see", Pair, KEEPERS),
    Rule("pair.join", Pair, KEEPERS),
    Rule("pair.part", Pair, KEEPERS),
    Rule("pair.undo", Pair, KEEPERS),
    Rule("records.count", None, dict.fromkeys(OFFICERS, ANY)),
]
