"""What becomes of a row, in words: what is secret is shown on no page."""

from __future__ import annotations

from chengnuo.imports.faults import AGAIN, Fault
from chengnuo.imports.lifecycle import BatchStatus
from chengnuo.imports.rehearsal import Planned, Verdict
from chengnuo.web.tables.words import STATUS, VERDICTS, line_of, reason_of
from tests.factories.register import LAYOUT, Register

ID = "11010519491231002X"


def planned(verdict=Verdict.CHANGE, **said):
    return Planned(7, verdict, ID, {"id": ID, "name": "李四"}, **said)


def test_a_change_is_shown_from_what_to_what_and_nobodys_number():
    line = line_of(planned(was={"name": "张三", "id": ID}), Register())
    assert (line.line, line.key, str(line.word)) == (7, "••••", "is changed")
    assert line.says == ("Name: 张三 → 李四", "Identity number: •••• → ••••")


def test_what_was_empty_is_said_to_be_nothing():
    assert line_of(planned(was={"name": ""}), Register()).says == ("Name: nothing → 李四",)


def test_every_fault_stands_beside_its_row_without_the_cell():
    row = planned(Verdict.REFUSE, faults=[Fault("id", AGAIN, {"row": 3}), Fault("", "there is no such office here")])
    said = reason_of(row, LAYOUT)
    assert said == "is not taken in；Identity number: the same as in row 3；there is no such office here"
    assert ID not in said


def test_every_status_and_every_verdict_has_its_words():
    assert set(STATUS) == set(BatchStatus)
    assert set(VERDICTS) == set(Verdict)
