"""Who may do what to accounts, posts, offices and the calendar."""

from __future__ import annotations

from chengnuo.foundation.gate import ANY, Cell, Relation, Rule
from chengnuo.people.models import AccessToken, Account, AnnouncedDay, Holding, Office
from chengnuo.people.roles import Role

ADMIN: dict[str, Relation | Cell] = {Role.ACCOUNT_ADMIN: ANY.freshly()}

RULES = [
    Rule("people.list", Account, {Role.ACCOUNT_ADMIN: ANY}),
    Rule("people.see", Holding, {Role.ACCOUNT_ADMIN: ANY, Role.AUDITOR: ANY}),
    Rule("people.open_account", None, ADMIN),
    Rule("people.close_account", None, ADMIN),
    Rule("people.fill_post", Holding, ADMIN),
    Rule("people.vacate_post", Holding, ADMIN),
    Rule("people.change_office", Office, ADMIN),
    Rule("people.announce_day", AnnouncedDay, ADMIN),
    Rule("token.list", AccessToken, {Role.ACCOUNT_ADMIN: ANY}),
    Rule("token.issue", None, ADMIN),
    Rule("token.revoke", AccessToken, ADMIN),
    Rule("record.see", None, {Role.AUDITOR: ANY}),
    Rule("backup.see", None, {Role.ACCOUNT_ADMIN: ANY, Role.AUDITOR: ANY}),
]
