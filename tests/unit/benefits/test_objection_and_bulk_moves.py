"""Objections and bulks move as these tables say, and in no other way; nothing that is answered, done or dropped moves again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.benefits.lifecycle import BULK, OBJECTION, BulkStatus, ObjectionStatus
from tests.factories import county

LIVES = {"objection": OBJECTION, "bulk": BULK}
STATUSES = {"objection": list(ObjectionStatus), "bulk": list(BulkStatus)}
OPEN = {
    ("objection", "open"): {"reply": "open", "uphold": "upheld", "reject": "not_upheld", "withdraw": "withdrawn"},
    ("bulk", "drawn"): {"propose": "proposed", "drop": "dropped"},
    ("bulk", "proposed"): {"confirm": "confirmed", "drop": "dropped"},
    ("bulk", "confirmed"): {"go_on": "done", "drop": "dropped"},
}
MOVES = {
    "objection": ("reply", "uphold", "reject", "withdraw"),
    "bulk": ("propose", "confirm", "go_on", "drop"),
}
pressed = st.lists(st.integers(0, 3), max_size=12)


def open_moves(noun, status):
    """Every move that is open now, with where it leads."""
    life = LIVES[noun]
    moves = {name: getattr(life, name) for name in MOVES[noun]}
    return {
        name: move.target(status) for name, move in moves.items() if move.objection(status, None, county.MONDAY) is None
    }


@pytest.mark.parametrize("noun", LIVES)
def test_from_each_status_these_moves_are_open_and_no_other(noun):
    for status in STATUSES[noun]:
        assert open_moves(noun, status) == OPEN.get((noun, status.value), {}), status


@pytest.mark.parametrize("noun", LIVES)
@given(pressed=pressed)
def test_whatever_is_pressed_in_whatever_order_it_ends_once_and_stays_ended(noun, pressed):
    status = STATUSES[noun][0].value
    walked = [status]
    for number in pressed:
        names = MOVES[noun]
        following = open_moves(noun, status).get(names[number % len(names)])
        if following not in (None, status):
            status = following
            walked.append(status)
    assert len(walked) == len(set(walked)), "no status is reached twice"
    ended = [each for each in walked if (noun, each) not in OPEN]
    assert len(ended) <= 1
    assert not ended or walked[-1] == ended[0]


def test_no_bulk_is_done_without_both_officers():
    """Back from its end there is one way only, and both of their moves are on it."""
    before = {target: {status for (noun, status), moves in OPEN.items() if noun == "bulk" and target in moves.values()}
              for target in ("done", "confirmed", "proposed")}  # fmt: skip
    assert before == {"done": {"confirmed"}, "confirmed": {"proposed"}, "proposed": {"drawn"}}


def test_an_answer_keeps_the_duty_and_a_withdrawal_only_lets_it_go():
    for move in (OBJECTION.uphold, OBJECTION.reject):
        assert (move.ends, move.discharges, move.breaks) == (("objection",), (), ())
    assert (OBJECTION.withdraw.ends, OBJECTION.withdraw.discharges) == ((), ("objection",))
    reply = OBJECTION.reply
    assert not any((reply.opens, reply.ends, reply.discharges, reply.pauses, reply.resumes)), "no clock stands still"
    assert not any(getattr(BULK, name).opens for name in MOVES["bulk"]), "a bulk owes nothing: each of its claims does"
