"""Those of the ways in which every office works that the program itself follows: by these keys a county's pack promises them."""

from __future__ import annotations

from enum import StrEnum


class Procedure(StrEnum):
    MISSING_LIST = "missing-list"
    REDO = "redo-after-not-resolved"
    REPLY_TO_COMPLAINT = "reply-to-complaint"
    ANSWER_TO_ESCALATION = "answer-to-escalation"
    STEP = "step-for-another-office"
    HELP = "help-for-the-office-below"
    PRESSURE = "look-into-pressure"
    MONTHLY_FIGURES = "monthly-figures"
    BOARD_SHEET = "board-sheet"
    BOARD_SHEET_DOWN = "board-sheet-down"
