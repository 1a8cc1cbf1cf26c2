"""Which office looks into a complaint about how a case was handled: none that had it in its hands, and none that looks on from below."""

from __future__ import annotations

import pytest

from chengnuo.cases.operations import baton
from chengnuo.people.models import Post
from tests.factories import cases, county

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
NOW = county.MONDAY
BUREAU, OUTSIDE = "health-bureau", "outside"


def handed_to(office: str) -> cases.Case:
    """A village's case that lies in the hands of another office's reception."""
    case = cases.ask(at=NOW)
    desk = Post.objects.get(office__key=office, is_reception=True)
    cases.offer(case, desk.key, at=NOW)
    return cases.does(baton.accept, case, desk.key, at=NOW)


def looks_into(case: cases.Case) -> str:
    return cases.complaint(case=case.pk).office.level


@pytest.mark.parametrize(("hands", "looks"), [(None, "township"), (county.TOWNSHIP, "county"), (BUREAU, "city")])
def test_whoever_had_the_case_does_not_judge_nor_does_anybody_below(hands, looks):
    assert looks_into(handed_to(hands) if hands else cases.ask(at=NOW)) == looks
