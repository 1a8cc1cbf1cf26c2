"""Who may do what: one person assesses, another signs; a letter is seen by the one post in whose hands it is, and by nobody above."""

from __future__ import annotations

from django.db.models import Q

from chengnuo.foundation.gate import ANY, Relation, Rule
from chengnuo.outreach.models import Assessment, Coverage, FinderRun, Letter, NoContact, Reminder
from chengnuo.people.relations import HOLDER, OFFICE
from chengnuo.people.roles import OFFICERS, Role

COUNTY: tuple[str, ...] = (Role.COUNTY_OFFICER, Role.COUNTY_APPROVER)
WROTE = Relation("wrote", "they wrote it themselves", lambda actor, _hat: Q(author=actor.account or 0))
TIME: dict[str, Relation] = {Role.SYSTEM: ANY}
OWN: dict[str, Relation] = dict.fromkeys(COUNTY, OFFICE)
READERS: dict[str, Relation] = dict.fromkeys((*COUNTY, Role.AUDITOR), ANY)
CONTACTS: dict[str, Relation] = dict.fromkeys((Role.VILLAGE_OFFICER, Role.COUNTY_OFFICER, Role.COUNTY_APPROVER), HOLDER)

RULES = [
    Rule("assessment.see", Assessment, READERS),
    Rule("assessment.draft", Assessment, OWN),
    Rule("assessment.sign", Assessment, {Role.COUNTY_APPROVER: OFFICE.freshly()}, never=WROTE),
    Rule("assessment.withdraw", Assessment, OWN),
    Rule("finder_run.see", FinderRun, READERS),
    Rule("finder_run.begin", FinderRun, {Role.COUNTY_APPROVER: OFFICE}),
    # after a restore nobody is written to until the county begins anew
    Rule("finder_run.stop", FinderRun, OWN | TIME),
    Rule("letter.make", Letter, TIME),
    Rule("letter.drop", Letter, TIME),
    Rule("letter.see", Letter, CONTACTS),
    Rule("letter.carry", Letter, CONTACTS),
    Rule("letter.record", Letter, CONTACTS),
    Rule("no_contact.by_code", NoContact, {Role.VISITOR: ANY, **dict.fromkeys(OFFICERS, ANY)}),
    Rule("no_contact.at_counter", NoContact, dict.fromkeys(OFFICERS, ANY)),
    Rule("no_contact.again_by_code", NoContact, {Role.VISITOR: ANY, **dict.fromkeys(OFFICERS, ANY)}),
    Rule("no_contact.again_at_counter", NoContact, dict.fromkeys(OFFICERS, ANY)),
    Rule("reminder.owe", Reminder, TIME),
    Rule("reminder.settle", Reminder, TIME),
    Rule("reminder.see", Reminder, dict.fromkeys(OFFICERS, HOLDER)),
    Rule("reminder.tell", Reminder, dict.fromkeys(OFFICERS, HOLDER)),
    Rule("coverage.freeze", Coverage, TIME),
]
