"""Five working days for the one list: after them a request counts as complete since it was received."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chengnuo.cases.operations import handle
from chengnuo.foundation.refused import MoveRefused
from tests.factories import cases, county
from tests.factories.cases import DESK

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("after", "asked"), [(-SECOND, True), (timedelta(), True), (SECOND, False), (timedelta(days=30), False)]
)
def test_the_list_is_in_time_to_the_very_instant(monday, after, asked):
    case = cases.ask()
    at = case.complete_by + after
    if asked:
        assert cases.ask_once(case, at=at).status == "waiting"
        return
    with pytest.raises(MoveRefused) as refused:
        cases.ask_once(case, at=at)
    assert refused.value.facts == {"why": "list_still_in_time"}


def test_the_desk_offers_the_list_only_while_it_is_in_time(monday):
    case = cases.ask()
    assert {"ask_once"} <= cases.buttons(case, DESK)
    assert "ask_late" not in cases.buttons(case, DESK)
    monday.move(case.complete_by - county.MONDAY + SECOND)
    assert "ask_once" not in cases.buttons(case, DESK)
    assert "ask_late" in cases.buttons(case, DESK)


def test_a_page_that_was_open_when_the_time_passed_says_so_and_keeps_what_was_typed(monday):
    case = cases.ask()
    monday.move(case.complete_by - county.MONDAY + SECOND)
    page = cases.at_desk(DESK).send("deed", case.pk, "ask_once", other="照片两张", words="请尽快").content.decode()
    assert "counts as complete since it was received" in page
    assert "照片两张" in page
    assert cases.again(case).status == "received"


def test_the_clock_is_not_set_back_by_silence_of_the_office(monday):
    """Complete from receipt: the deadline is what it was on the first day."""
    case = cases.ask()
    due = cases.duty_of(case).due_at
    at = case.complete_by + SECOND
    cases.does(handle.ask_late, case, DESK, at=at, missing=["照片"], words="")
    assert cases.duty_of(case).due_at == due


def test_a_list_sent_once_is_frozen(monday):
    case = cases.ask_once(cases.ask(), at=county.MONDAY, missing=["户口簿"])
    case = cases.supply(case, at=county.MONDAY)
    with pytest.raises(MoveRefused):
        cases.ask_once(case, at=county.MONDAY, missing=["照片"])
    assert cases.opened(cases.again(case).missing) == "户口簿"
