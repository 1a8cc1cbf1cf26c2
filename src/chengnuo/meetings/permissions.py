"""Who may do what to a meeting: the committee that calls it, and nobody above it. Whoever was there corrects the minutes, by the word on
the list of attendance. An office that a meeting asks answers for itself. A row of law is confirmed by the head of a county office.
"""

from __future__ import annotations

from django.db.models import Q

from chengnuo.foundation.gate import ANY, Cell, Relation, Rule
from chengnuo.meetings.models import Confirmation, Meeting, Resolution
from chengnuo.people.relations import OFFICE, SEERS, names_their_office
from chengnuo.people.roles import OFFICERS, Role

COMMITTEE: dict[str, Relation] = {Role.VILLAGE_OFFICER: OFFICE}
FRESHLY: dict[str, Cell] = {Role.VILLAGE_OFFICER: OFFICE.freshly()}
OWN: dict[str, Relation] = dict.fromkeys(OFFICERS, OFFICE)
MEETING_S = Relation(
    "meeting", "it was decided at a meeting of their office", lambda _actor, hat: Q(meeting__office=hat.office)
)
ANYBODY: dict[str, Relation] = dict.fromkeys((Role.VISITOR, Role.RESIDENT, *OFFICERS), ANY)

# whoever writes the minutes does not correct them in the name of those who were there
THEIRS = Relation("theirs", "it is their own committee's", names_their_office("office"))

RULES = [
    Rule("meeting.see", Meeting, SEERS),
    Rule("meeting.call", Meeting, COMMITTEE),
    Rule("meeting.change", Meeting, COMMITTEE),
    Rule("meeting.call_off", Meeting, COMMITTEE),
    Rule("meeting.hold", Meeting, COMMITTEE),
    Rule("meeting.photograph", Meeting, COMMITTEE),
    Rule("meeting.draft", Meeting, COMMITTEE),
    Rule("meeting.decide", Meeting, COMMITTEE),
    Rule("meeting.correct", Meeting, ANYBODY, never=THEIRS),
    Rule("meeting.answer_correction", Meeting, COMMITTEE),
    Rule("meeting.close", Meeting, FRESHLY),
    Rule("meeting.put_up", Meeting, COMMITTEE),
    Rule("resolution.see", Resolution, {role: each | MEETING_S for role, each in OWN.items()}),
    Rule("resolution.resolve", Resolution, {Role.VILLAGE_OFFICER: MEETING_S}),
    Rule("resolution.answer", Resolution, OWN),
    Rule("resolution.let_go", Resolution, {Role.SYSTEM: ANY}),
    Rule("confirmation.see", Confirmation, {Role.COUNTY_APPROVER: ANY, Role.COUNTY_OFFICER: ANY, Role.AUDITOR: ANY}),
    Rule("confirmation.confirm", Confirmation, {Role.COUNTY_APPROVER: ANY.freshly()}),
]
