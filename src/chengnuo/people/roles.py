"""The roles, in words that a lawyer can check. What each may do stands in the gate's table alone."""

from __future__ import annotations

from enum import StrEnum

from chengnuo.core.messages import N_
from chengnuo.foundation import actor


class Role(StrEnum):
    """Every role there is; the value is its name in tables, fixtures and tests."""

    VISITOR = actor.VISITOR
    RESIDENT = actor.RESIDENT
    VILLAGE_OFFICER = "village_officer"
    TOWNSHIP_OFFICER = "township_officer"
    TOWNSHIP_HEAD = "township_head"
    COUNTY_OFFICER = "county_officer"
    COUNTY_APPROVER = "county_approver"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ACCOUNT_ADMIN = "account_admin"
    OTHER_SYSTEM = "other_system"
    SYSTEM = actor.SYSTEM


OFFICERS = (Role.VILLAGE_OFFICER, Role.TOWNSHIP_OFFICER, Role.TOWNSHIP_HEAD, Role.COUNTY_OFFICER, Role.COUNTY_APPROVER)

DESCRIPTIONS = {
    Role.VISITOR: N_("Anyone, without signing in: reads what is public, asks for a service, complains."),
    Role.RESIDENT: N_("Somebody with a receipt: follows, answers and withdraws their own request."),
    Role.VILLAGE_OFFICER: N_(
        "An officer of a village or residents' committee: receives and handles requests at its counter."
    ),
    Role.TOWNSHIP_OFFICER: N_("An officer of a township: handles what is its own, sees what its villages owe."),
    Role.TOWNSHIP_HEAD: N_("The head of a township's office: answers for what is late, takes over, hands out work."),
    Role.COUNTY_OFFICER: N_("An officer of a county office: handles what is its own, drafts promises."),
    Role.COUNTY_APPROVER: N_("The head of a county office: checks and publishes promises, answers for what is broken."),
    Role.SUPERVISOR: N_(
        "A member of a village supervision committee: sees open and late duties of the village, without names."
    ),
    Role.AUDITOR: N_("Sees that the record is whole and who did what in which post, and changes nothing."),
    Role.ACCOUNT_ADMIN: N_("Opens and closes accounts, fills posts, keeps holidays; sees no case."),
    Role.OTHER_SYSTEM: N_(
        "Another system with a token, such as the county's hotline: hands in requests, and follows those alone."
    ),
    Role.SYSTEM: N_("The system itself: escalates what is late and freezes the figures."),
}
