"""Which office looks into a complaint about how a case was handled: one above every office that ever had it in its hands."""

from __future__ import annotations

import pytest

from chengnuo.cases.operations import baton
from chengnuo.people.models import Post
from tests.factories import cases, county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
BUREAU = "health-bureau"


def handed_to(office: str) -> cases.Case:
    """A village's case that lies in the hands of another office's reception."""
    case = cases.ask(at=NOW)
    desk = Post.objects.get(office__key=office, is_reception=True)
    cases.offer(case, desk.key, at=NOW)
    return cases.does(baton.accept, case, desk.key, at=NOW)


def test_having_passed_it_on_does_not_make_a_judge():
    case = handed_to(county.TOWNSHIP)
    cases.offer(case, cases.DESK, at=NOW, post=cases.TOWNSHIP_DESK)
    cases.does(baton.accept, case, cases.DESK, at=NOW)
    assert looks_into(case) == "county"


def test_a_counter_that_helped_did_not_have_it_in_hand():
    case = cases.ask(by=county.officer(cases.TOWNSHIP_DESK), at=NOW)
    cases.does(baton.accept, case, cases.DESK, at=NOW)
    assert looks_into(case) == "township"


def looks_into(case: cases.Case) -> str:
    return cases.complaint(case=case.pk).office.level


@pytest.mark.parametrize(("hands", "looks"), [(None, "township"), (county.TOWNSHIP, "county"), (BUREAU, "city")])
def test_whoever_had_the_case_does_not_judge_nor_does_anybody_below(hands, looks):
    assert looks_into(handed_to(hands) if hands else cases.ask(at=NOW)) == looks
