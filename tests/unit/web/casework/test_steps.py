"""Steps of other offices in a story: which office, for what, and how it stands; in one look, however many there are."""

from __future__ import annotations

import pytest

from chengnuo.cases.lifecycle import StepStatus
from chengnuo.cases.models.step import StepSort
from chengnuo.cases.operations import steps as asking
from chengnuo.web.casework.steps import SORTS, STATUS, step_rows
from tests.factories import cases, county

pytestmark = pytest.mark.django_db
MONDAY, HOUR, DAY = county.MONDAY, cases.HOUR, cases.DAY
OTHER = "civil-affairs"


@pytest.fixture
def case(monday):
    return cases.ask()


def rows(case, now=MONDAY):
    return [(what, str(word)) for what, word, _day in step_rows(case.steps.all(), now=now)]


def test_every_sort_and_status_has_its_words():
    assert set(SORTS) == set(StepSort)
    assert set(STATUS) == set(StepStatus)
    assert all(str(word) for word in STATUS.values())


def test_where_nobody_was_asked_nothing_is_said_and_nothing_asked(case, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert step_rows([], now=MONDAY) == ()


def test_it_names_the_office_and_what_for(case):
    step = cases.ask_step(case, OTHER, at=MONDAY)
    assert rows(case) == [(f"A step by {step.office}", "on time")]


def test_help_of_the_office_above_is_called_so(case):
    step = cases.does(asking.ask_help, case, cases.DESK, at=MONDAY, words="请指导")
    assert rows(case) == [(f"Help from {step.office}", "on time")]


def test_what_was_done_in_time_is_kept_and_what_was_not_is_late(case):
    step = cases.ask_step(case, OTHER, at=MONDAY)
    assert rows(case, MONDAY + 60 * DAY)[0][1] in ("late", "broken")
    cases.end_step(step, "answer", f"{OTHER}.desk", at=MONDAY + HOUR)
    assert rows(case, MONDAY + 60 * DAY)[0][1] == "kept"


def test_two_offices_are_two_lines_with_their_own_standing_in_one_query(case, django_assert_num_queries):
    done = cases.ask_step(case, OTHER, at=MONDAY)
    cases.end_step(done, "answer", f"{OTHER}.desk", at=MONDAY + HOUR)
    owed = cases.ask_step(case, "health-bureau", at=MONDAY + HOUR)
    asked = list(case.steps.select_related("office__place"))
    with django_assert_num_queries(1):
        step_rows(asked, now=MONDAY + HOUR)
    assert dict(rows(case, MONDAY + HOUR)) == {
        f"A step by {done.office}": "kept",
        f"A step by {owed.office}": "on time",
    }


def test_no_word_of_what_was_asked_or_answered_is_in_a_line(case):
    step = cases.ask_step(case, OTHER, at=MONDAY, words="请核对户口地址")
    cases.end_step(step, "answer", f"{OTHER}.desk", at=MONDAY + HOUR, words="户口在本村")
    said = str([(what, str(word), day) for what, word, day in step_rows(case.steps.all(), now=MONDAY + HOUR)])
    assert "户口" not in said
