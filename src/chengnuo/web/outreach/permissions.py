"""What the gate asks for the addresses of letters; the very letter, assessment or run is asked for again behind them."""

from __future__ import annotations

from chengnuo.web.open import OPEN

OUTREACH: dict[str, str] = {
    "outreach:home": "finder_run.see",
    "outreach:begin": "finder_run.begin",
    "outreach:halt": "finder_run.stop",
    "outreach:assess": "assessment.draft",
    "outreach:assessment": "assessment.see",
    "outreach:assessment_deed": "assessment.see",
    "outreach:next": "letter.see",
    "outreach:numbered": "letter.record",
    "outreach:print": "letter.see",
    "outreach:letter_deed": "letter.see",
    "outreach:at_counter": "no_contact.at_counter",
    "outreach:again_at_counter": "no_contact.again_at_counter",
    "outreach:next_reminder": "reminder.see",
    "outreach:tell": "reminder.tell",
    "outreach:stop": OPEN,
    "outreach:stopped": OPEN,
    "outreach:again": OPEN,
    "outreach:back": OPEN,
    "outreach:handed_out": OPEN,
    "outreach:coverage": OPEN,
}
