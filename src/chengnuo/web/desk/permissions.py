"""What the gate asks for the desk's addresses; the very case or duty is asked for again behind them.

Serious acts ask for a fresh sign-in by themselves: on the page before anything is typed, and in the operation.
"""

from __future__ import annotations

from chengnuo.web.open import OPEN

DESK: dict[str, str] = {
    "desk:home": OPEN,
    "desk:inbox": "duty.list",
    "desk:print": "duty.list",
    "desk:slips": "day_slip.print",
    "desk:export": "duty.list",
    "desk:answer": "duty.list",
    "desk:discharge": "duty.list",
    "desk:cases": "case.list",
    "desk:hand_out": "case.hand_out",
    "desk:case": "case.list",
    "desk:deed": "case.list",
    "desk:digest": "digest.choose",
    "desk:stop_digest": "digest.stop",
    "desk:calendar": "feed.open",
    "desk:open_calendar": "feed.open",
    "desk:end_calendar": "feed.end",
    "desk:calendar_file": "duty.list",
    # read by a calendar that signs in nowhere: the address itself is the right
    "desk:feed": OPEN,
    "desk:messages": "case.list",
    "desk:photo": "case.list",
    "desk:take_back_photo": "case.list",
    "desk:new_code": "new_code.ask",
    "desk:confirm_code": "new_code.confirm",
    "desk:drop_code": "new_code.drop",
    "desk:print_code": "new_code.hand_out",
    "desk:new_code_done": "new_code.hand_out",
    "desk:confirm_factor": "factor.confirm",
    "desk:ratings": "rating.see",
    "desk:pressed": "pressed.look_into",
    "desk:step": "step.see",
    "desk:step_deed": "step.see",
    "desk:claim": "claim.list",
    "desk:restate": "claim.list",
    "desk:claim_deed": "claim.list",
    "desk:bulks": "bulk.see",
    "desk:draw_bulk": "bulk.draw",
    "desk:open_item": "bulk.draw",
    "desk:bulk": "bulk.see",
    "desk:bulk_deed": "bulk.see",
    "desk:objection": "objection.see",
    "desk:objection_deed": "objection.see",
    "desk:board": "board_sheet.see",
    "desk:board_deed": "board_sheet.see",
    "desk:notices": "notice.see",
    "desk:notice": "notice.see",
    "desk:notice_deed": "notice.see",
    "desk:notice_sheet": "notice.see",
    "desk:notice_proof": "notice.see",
    "desk:counter": "case.list",
    "desk:counter_next": "case.list",
    "desk:counter_done": "case.list",
}
