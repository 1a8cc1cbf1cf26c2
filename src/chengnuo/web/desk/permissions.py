"""What the gate asks for the desk's addresses; the very case or duty is asked for again behind them.

Serious acts ask for a fresh sign-in by themselves: on the page before anything is typed, and in the operation.
"""

from __future__ import annotations

from chengnuo.web.open import OPEN

DESK: dict[str, str] = {
    "desk:home": OPEN,
    "desk:inbox": "duty.list",
    "desk:print": "duty.list",
    "desk:export": "duty.list",
    "desk:answer": "duty.list",
    "desk:discharge": "duty.list",
    "desk:cases": "case.list",
    "desk:case": "case.list",
    "desk:deed": "case.list",
    "desk:promises": "promise.see",
    "desk:found_promise": "promise.found",
    "desk:promise": "promise.see",
    "desk:preview": "promise.see",
    "desk:draft_promise": "promise.draft",
    "desk:change_promise": "promise.change",
    "desk:promise_step": "promise.see",
    "desk:watch": "duty.supervise",
    "desk:record": "record.see",
    "desk:holders": "record.see",
    "desk:looks": "record.see",
    "desk:accounts": "people.list",
    "desk:open_account": "people.list",
    "desk:account": "people.list",
    "desk:close_account": "people.list",
    "desk:offices": "people.list",
    "desk:office": "people.list",
    "desk:name_office": "people.list",
    "desk:fill_post": "people.list",
    "desk:close_post": "people.list",
    "desk:vacate_post": "people.list",
    "desk:holidays": "people.list",
    "desk:announce": "people.list",
    "desk:counter": "case.list",
    "desk:counter_next": "case.list",
    "desk:counter_done": "case.list",
}
