"""What the gate asks for the addresses of whoever keeps the county's promises, accounts, offices and calendar.

Serious acts ask for a fresh sign-in by themselves: on the page before anything is typed, and in the operation.
"""

from __future__ import annotations

COUNTY: dict[str, str] = {
    "county:promises": "promise.see",
    "county:found_promise": "promise.found",
    "county:promise": "promise.see",
    "county:preview": "promise.see",
    "county:draft_promise": "promise.draft",
    "county:change_promise": "promise.change",
    "county:promise_step": "promise.see",
    "county:accounts": "people.list",
    "county:open_account": "people.list",
    "county:account": "people.list",
    "county:open_again": "people.list",
    "county:close_account": "people.list",
    "county:unlock_account": "people.list",
    "county:reset_factor": "people.list",
    "county:offices": "people.list",
    "county:office": "people.list",
    "county:name_office": "people.list",
    "county:reach_office": "people.list",
    "county:fill_post": "people.list",
    "county:close_post": "people.list",
    "county:vacate_post": "people.list",
    "county:tokens": "token.list",
    "county:issue_token": "token.list",
    "county:revoke_token": "token.list",
    "county:backups": "backup.see",
    "county:holidays": "people.list",
    "county:announce": "people.list",
    "county:take_out": "people.list",
    "county:undo_days": "people.list",
}
