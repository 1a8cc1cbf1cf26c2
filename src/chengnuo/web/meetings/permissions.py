"""The public addresses of meetings: anyone may read them, and whoever was there has the minutes corrected. The desk's stand with the desk's."""

from __future__ import annotations

from chengnuo.web.open import OPEN

MEETINGS: dict[str, str] = {
    "meetings:of_place": OPEN,
    "meetings:meeting": OPEN,
    "meetings:correct": OPEN,
    "desk:meetings": "meeting.see",
    "desk:call_meeting": "meeting.call",
    "desk:meeting": "meeting.see",
    "desk:meeting_deed": "meeting.see",
    "desk:meeting_sheet": "meeting.see",
    "desk:meeting_page": "meeting.photograph",
    "desk:correction": "meeting.answer_correction",
    "desk:resolution": "resolution.see",
    "desk:resolution_deed": "resolution.see",
    "desk:law_on_meetings": "confirmation.see",
    "desk:confirm_law": "confirmation.confirm",
}
