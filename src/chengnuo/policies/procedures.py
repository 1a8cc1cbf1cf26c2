"""Those of the ways in which every office works that the program itself follows: by these keys a county's pack promises them."""

from __future__ import annotations

from enum import StrEnum


class Procedure(StrEnum):
    MISSING_LIST = "missing-list"
    REDO = "redo-after-not-resolved"
    REPLY_TO_COMPLAINT = "reply-to-complaint"
    ANSWER_TO_ESCALATION = "answer-to-escalation"
    MONTHLY_FIGURES = "monthly-figures"
