"""Tables of deeds: every one is a move of its noun that somebody may make, and an address that names none is not found."""

from __future__ import annotations

import pytest
from django.http import Http404

from chengnuo.cases.lifecycle import CASE
from chengnuo.foundation.gate import gate
from chengnuo.promises.lifecycle import PROMISE
from chengnuo.web.county.promise_acts import STEPS
from chengnuo.web.deeds import kind_of
from chengnuo.web.desk.deeds import DEEDS
from chengnuo.web.family.deeds import DEEDS as OWN

TABLES = [(CASE, DEEDS), (CASE, OWN), (PROMISE, STEPS)]


@pytest.mark.parametrize(("table", "deeds"), TABLES)
def test_every_deed_is_a_move_and_a_line_of_the_gate(table, deeds):
    moves = {move.name for move in table}
    assert set(deeds) <= moves
    assert {f"{table.noun}.{name}" for name in deeds} <= set(gate.rules)


@pytest.mark.parametrize(("_table", "deeds"), TABLES)
@pytest.mark.parametrize("name", ["", "receive", "lapse", "nothing"])
def test_what_is_no_deed_is_not_found(_table, deeds, name):
    with pytest.raises(Http404):
        kind_of(deeds, name)


def test_what_cannot_be_undone_is_grave():
    assert {name for _t, deeds in TABLES for name, kind in deeds.items() if kind.grave} == {
        "refuse", "ask_late", "withdraw", "publish", "end", "discard",
    }  # fmt: skip
