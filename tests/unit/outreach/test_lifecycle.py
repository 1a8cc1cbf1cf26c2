"""What may happen to an assessment, a run, a letter and a reminder: tables written by hand, compared with those that are obeyed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from chengnuo.outreach.lifecycle import ASSESSMENT, HAND_OVER, LETTER, OPEN_LETTERS, REMIND, REMINDER, RUN
from tests.factories import outreach

TABLES = {
    ASSESSMENT: {
        "": {"draft": "draft"},
        "draft": {"sign": "signed", "withdraw": "withdrawn"},
        "signed": {"withdraw": "withdrawn"},
        "withdrawn": {},
    },
    RUN: {"": {"begin": "running"}, "running": {"stop": "stopped"}, "stopped": {}},
    LETTER: {
        "": {"make": "waiting"},
        "waiting": {
            "carry": "carried", "deliver": "delivered", "try_again": "waiting", "end": "ended", "decline": "declined", "spare": "declined",
            "drop": "dropped",
        },
        "carried": {
            "deliver": "delivered", "try_again": "waiting", "end": "ended", "decline": "declined", "spare": "declined", "drop": "dropped",
        },
        "delivered": {}, "ended": {}, "declined": {}, "dropped": {},
    },
    REMINDER: {
        "": {"owe": "owed"},
        "owed": {"tell": "told", "settle": "settled"},
        "told": {},
        "settled": {},
    },
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_the_table_says_what_may_happen_and_nothing_else(table):
    good = SimpleNamespace(valid_until=outreach.AT.date())
    for status, moves in TABLES[table].items():
        open_now = {move.name: move.target(status) for move in table.open_to(status, good, outreach.AT)}
        assert open_now == moves, status
    assert set(table.statuses) == {status for status in TABLES[table] if status}


def test_an_assessment_that_is_over_is_not_signed():
    over = SimpleNamespace(valid_until=outreach.AT.date() - outreach.DAY)
    assert ASSESSMENT.sign.objection("draft", over, outreach.AT).code == "is_still_good"


def test_whatever_ends_a_letter_or_a_reminder_ends_what_is_owed():
    """What was done is kept; what nobody wants or needs any more is let go, and is no broken promise."""
    for table, kind, done, let_go in (
        (LETTER, HAND_OVER, {"deliver", "end", "decline", "try_again"}, {"spare", "drop"}),
        (REMINDER, REMIND, {"tell"}, {"settle"}),
    ):
        assert {move.name for move in table if kind in move.ends} == done
        assert {move.name for move in table if kind in move.discharges} == let_go
        assert not [move.name for move in table if move.breaks or move.pauses]
    assert {move.name for move in LETTER if HAND_OVER in move.opens} == {"make", "try_again"}, (
        "each attempt has its own clock"
    )


def test_nothing_leaves_an_end_and_no_letter_comes_back():
    assert LETTER.open == OPEN_LETTERS
    assert {status.value for status in LETTER.ends} == {"delivered", "ended", "declined", "dropped"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_the_diagram_shows_every_move(table):
    drawn = table.diagram()
    assert all(f": {move.name}" in drawn for move in table)
